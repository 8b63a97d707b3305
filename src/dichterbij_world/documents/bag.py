"""The address object at which somebody is registered, with its value: what municipality, BAG and WOZ know of it."""

from datetime import date
from typing import Any

from ..people import Family, Home, Person


def document(person: Person, family: Family, on: date) -> dict[str, Any]:
    """Return the address object; nothing for who lives abroad or has a letter address only."""
    home = family.home(person.home)
    if home is None or person.letter_address:
        return {"burgerservicenummer": person.bsn}
    return {"burgerservicenummer": person.bsn, "verblijfsobject": _object(home, on)}


def _object(home: Home, on: date) -> dict[str, Any]:
    return {
        "identificatie": home.id,
        "nummeraanduiding": home.number_id,
        "gebruiksdoel": "woonfunctie",
        "zelfstandigeWoning": home.independent,
        "oppervlakte": home.floor_area,
        "oorspronkelijkBouwjaar": home.built_in,
        "woz": {"waardepeildatum": f"{on.year - 1}-01-01", "vastgesteldeWaarde": home.value_cents // 100},
    }
