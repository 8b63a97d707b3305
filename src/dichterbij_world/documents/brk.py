"""What the land register knows of a person: the parcels they own, in the words of BRK bevragen 2.0 (Kadaster)."""

from datetime import date
from typing import Any

from ..people import Family, Home, Person


def document(person: Person, family: Family, on: date) -> dict[str, Any]:
    """Return what somebody owns; who died stays the owner until the heirs have it put in their names."""
    owned = [home for home in family.homes if not home.rented and person in owners(home, family, on)]
    return {"burgerservicenummer": person.bsn, "kadastraalOnroerendeZaken": [_parcel(home) for home in owned]}


def owners(home: Home, family: Family, on: date) -> tuple[Person, ...]:
    """Return who owns a home that is not rented: the adults who live or lived there, without their children."""
    living = [one for one in family.people if one.home == home.id and one.age(on) >= 18 and not one.letter_address]
    numbers = {one.bsn for one in living}
    return tuple(one for one in living if not numbers & {parent.bsn for parent in one.parents})


def parcel_number(home: Home) -> str:
    """Return the identification of the parcel of a home: fifteen digits, the last four are those of a whole parcel."""
    return f"{home.municipality}{home.id[-7:]}0000"


def _parcel(home: Home) -> dict[str, Any]:
    return {
        "identificatie": parcel_number(home),
        "domein": "NL.IMKAD.KadastraalObject",
        "type": "perceel",
        "kadastraleAanduiding": f"{home.place} A {int(home.id[-7:])}",
        "adressen": [address(home)],
    }


def address(home: Home) -> dict[str, Any]:
    """Return the address of a home as the land register and the register of values write it."""
    parts = {
        "straat": home.street,
        "huisnummer": home.number,
        "huisletter": home.letter,
        "huisnummertoevoeging": home.addition,
        "postcode": home.postcode,
        "woonplaats": home.place,
        "nummeraanduidingIdentificatie": home.number_id,
        "adresseerbaarObjectIdentificatie": home.id,
    }
    return {name: value for name, value in parts.items() if value}
