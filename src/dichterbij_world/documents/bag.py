"""The address object at which somebody is registered: what the BAG and the municipality know of it."""

from datetime import date
from typing import Any

from ..people import Family, Home, Person


def document(person: Person, family: Family, _on: date) -> dict[str, Any]:
    """Return the address object; nothing for who lives abroad or has a letter address only."""
    home = family.home(person.home)
    if home is None or person.letter_address:
        return {"burgerservicenummer": person.bsn}
    return {"burgerservicenummer": person.bsn, "verblijfsobject": _object(home)}


def _object(home: Home) -> dict[str, Any]:
    return {
        "identificatie": home.id,
        "nummeraanduiding": home.number_id,
        "gebruiksdoel": "woonfunctie",
        "zelfstandigeWoning": home.independent,
        "oppervlakte": home.floor_area,
        "oorspronkelijkBouwjaar": home.built_in,
    }
