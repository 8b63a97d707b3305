"""Businesses in which somebody has a function, as the business register keeps them."""

from datetime import date
from typing import Any

from ..people import Business, Family, Home, Person

PROXY = "gevolmachtigde"


def document(person: Person, _family: Family, on: date) -> dict[str, Any]:
    """Return the functions of a person; an empty list for who has none."""
    functions = [_function(business) for business in person.businesses if business.since <= on]
    return {"burgerservicenummer": person.bsn, "functies": functions}


def profiles(person: Person, family: Family, on: date) -> dict[str, dict[str, Any]]:
    """Return the public profile of each business that is somebody's or that they direct, by its number."""
    homes = {home.id: home for home in family.homes}
    own = [each for each in person.businesses if each.since <= on and each.share != PROXY]
    return {business.kvk_number: _profile(business, homes.get(person.home)) for business in own}


def _function(business: Business) -> dict[str, Any]:
    return {
        "kvkNummer": business.kvk_number,
        "naam": business.name,
        "functie": business.share,
        "bevoegdheid": business.power,
        "ingangsdatum": business.since.isoformat(),
    } | _end(business)


def _profile(business: Business, home: Home | None) -> dict[str, Any]:
    """Return a profile; in this world every business is at the home of who directs it."""
    code, _, description = business.activity.partition(" ")
    return {
        "kvkNummer": business.kvk_number,
        "naam": business.name,
        "rechtsvorm": business.form,
        "formeleRegistratiedatum": business.since.isoformat(),
        "sbiActiviteiten": [{"sbiCode": code, "sbiOmschrijving": description, "indHoofdactiviteit": "Ja"}],
        "materieleRegistratie": {"datumAanvang": business.since.isoformat()},
        "_embedded": {"hoofdvestiging": {"adressen": [_address(home)] if home else []}},
    } | _end(business)


def _address(home: Home) -> dict[str, Any]:
    return {
        "type": "bezoekadres",
        "straatnaam": home.street,
        "huisnummer": home.number,
        "postcode": home.postcode,
        "plaats": home.place,
        "land": "Nederland",
    }


def _end(business: Business) -> dict[str, Any]:
    return {"einddatum": business.until.isoformat()} if business.until else {}
