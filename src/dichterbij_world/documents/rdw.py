"""Vehicles in somebody's name, as the vehicle register keeps them. They stay there after a death."""

from datetime import date
from typing import Any

from ..people import Family, Person


def document(person: Person, _family: Family, on: date) -> dict[str, Any]:
    """Return the vehicles of a person; an empty list for who has none."""
    vehicles = [
        {"kenteken": one.plate, "voertuigsoort": one.kind, "merk": one.make, "tenaamstelling": one.since.isoformat()}
        for one in person.vehicles
        if one.since <= on
    ]
    return {"burgerservicenummer": person.bsn, "voertuigen": vehicles}
