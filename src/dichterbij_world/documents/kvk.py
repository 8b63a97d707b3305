"""Businesses in which somebody has a function, as the business register keeps them."""

from datetime import date
from typing import Any

from ..people import Business, Family, Person


def document(person: Person, _family: Family, on: date) -> dict[str, Any]:
    """Return the functions of a person; an empty list for who has none."""
    functions = [_function(business) for business in person.businesses if business.since <= on]
    return {"burgerservicenummer": person.bsn, "functies": functions}


def profiles(person: Person, on: date) -> dict[str, dict[str, Any]]:
    """Return the public profile of each business, by its number."""
    return {business.kvk_number: _profile(business) for business in person.businesses if business.since <= on}


def _function(business: Business) -> dict[str, Any]:
    return {
        "kvkNummer": business.kvk_number,
        "naam": business.name,
        "functie": business.share,
        "bevoegdheid": business.power,
        "ingangsdatum": business.since.isoformat(),
    } | _end(business)


def _profile(business: Business) -> dict[str, Any]:
    code, _, description = business.activity.partition(" ")
    return {
        "kvkNummer": business.kvk_number,
        "naam": business.name,
        "rechtsvorm": business.form,
        "formeleRegistratiedatum": business.since.isoformat(),
        "sbiActiviteiten": [{"sbiCode": code, "sbiOmschrijving": description, "indHoofdactiviteit": "Ja"}],
        "materieleRegistratie": {"datumAanvang": business.since.isoformat()},
    } | _end(business)


def _end(business: Business) -> dict[str, Any]:
    return {"einddatum": business.until.isoformat()} if business.until else {}
