"""Guardianship, as the registers of the courts keep it: who is under guardianship, and who is the guardian.

Nobody of this world is under protective administration, and no child has a guardian.
"""

from datetime import date
from typing import Any

from ..people import Family, Person


def document(person: Person, family: Family, on: date) -> dict[str, Any]:
    """Return the guardians of a person and the persons somebody is guardian of; it ends with a death of either."""
    guardians = [family.person(person.guardian)] if person.guardian else []
    wards = [one for one in family.people if one.guardian == person.bsn]
    return {
        "burgerservicenummer": person.bsn,
        "curatoren": [_entry(one, person) for one in guardians if _runs(person, one, on)],
        "clienten": [{**_entry(one, one), "soort": "curatele"} for one in wards if _runs(one, person, on)],
        "bewindvoerders": [],
        "voogden": [],
    }


def _runs(ward: Person, guardian: Person, on: date) -> bool:
    return ward.guardianship and ward.is_alive(on) and guardian.is_alive(on)


def _entry(named: Person, ward: Person) -> dict[str, Any]:
    grown_up = ward.born_on.replace(year=ward.born_on.year + 18)
    return {"burgerservicenummer": named.bsn, "ingangsdatum": grown_up.isoformat()}
