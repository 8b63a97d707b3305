"""Health insurance, as the reference index of health insurers keeps it."""

from datetime import date
from typing import Any

from ..people import Family, Person


def document(person: Person, _family: Family, on: date) -> dict[str, Any]:
    """Return the insurance of a person; it ends with the day of death (Zorgverzekeringswet 6)."""
    if person.insured_since is None:
        return {"burgerservicenummer": person.bsn, "verzekeringen": []}
    insurance = {"soort": "zvw", "verzekeraar": person.insurer, "ingangsdatum": person.insured_since.isoformat()}
    if person.has_died(on) and person.died_on:
        insurance["einddatum"] = person.died_on.isoformat()
    return {"burgerservicenummer": person.bsn, "verzekeringen": [insurance]}
