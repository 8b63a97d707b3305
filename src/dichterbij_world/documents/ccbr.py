"""The registers of the courts: guardianship, administration, mentors, estates of who died, and bankruptcies.

Nobody of this world is bankrupt, and no child has a guardian; a company is.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from ..people import Family, Person

Row = dict[str, Any]
ALONE, TOGETHER, NONE = "alleen", "gezamenlijk", "geen"


def document(person: Person, family: Family, on: date) -> Row:
    """Return the guardians of a person and the persons somebody is guardian of; it ends with a death of either.

    Also in whose estates a person has a part, and of which bankruptcies they are the trustee.
    """
    guardians = [family.person(person.guardian)] if person.guardian else []
    wards = [one for one in family.people if one.guardian == person.bsn]
    return {
        "burgerservicenummer": person.bsn,
        "curatoren": [_entry(one, person) for one in guardians if _runs(person, one, on)],
        "clienten": [
            *({**_entry(one, one), "soort": "curatele"} for one in wards if _runs(one, person, on)),
            *_clients(person, family, on),
        ],
        "bewindvoerders": _protectors(person, "bewind", on),
        "mentoren": _protectors(person, "mentorschap", on),
        "voogden": [],
        "nalatenschappen": [row for one in family.people if one.has_died(on) for row in _parts(person, one, family)],
        "insolventies": [],
        "faillissementen": [
            {"kvkNummer": each.kvk_number, "naam": each.name, "ingangsdatum": each.since.isoformat()}
            for each in person.bankruptcies
            if each.since <= on
        ],
    }


def of_companies(person: Person, on: date) -> dict[str, Row]:
    """Return what is known of each company of whose bankruptcy somebody is the trustee, by its number."""
    running = [each for each in person.bankruptcies if each.since <= on]
    return {
        each.kvk_number: {
            "kvkNummer": each.kvk_number,
            "insolventies": [{"soort": "faillissement", "ingangsdatum": each.since.isoformat()}],
        }
        for each in running
    }


def _protectors(person: Person, kind: str, on: date) -> list[Row]:
    """Return who look after the money or the care of a person."""
    running = [each for each in person.protected_by if each.kind == kind and each.since <= on and person.is_alive(on)]
    return [{"burgerservicenummer": each.by, "ingangsdatum": each.since.isoformat()} for each in running]


def _clients(person: Person, family: Family, on: date) -> Iterator[Row]:
    """Give for whom a person looks after the money or the care."""
    for one in family.people:
        for each in one.protected_by:
            if each.by == person.bsn and each.since <= on and one.is_alive(on) and person.is_alive(on):
                since = each.since.isoformat()
                yield {"burgerservicenummer": one.bsn, "ingangsdatum": since, "soort": each.kind}


def _parts(person: Person, dead: Person, family: Family) -> Iterator[Row]:
    """Give what somebody is in the estate of another."""
    if dead.estate is None or dead.died_on is None:
        return
    known = {"burgerservicenummer": dead.bsn, "ingangsdatum": dead.died_on.isoformat()}
    if person.bsn == dead.estate.executor:
        yield known | {"rol": "executeur", "bevoegdheid": ALONE}
    if person.bsn == dead.estate.contact:
        yield known | {"rol": "contactpersoon", "bevoegdheid": ALONE}
    heirs = [one for one in family.people if one.bsn in dead.estate.heirs]
    if person in heirs:
        others = len(heirs) - 1
        part = {"rol": "erfgenaam", "bevoegdheid": _power(person, dead, heirs), "medeErfgenamen": others}
        yield known | part


def _power(person: Person, dead: Person, heirs: list[Person]) -> str:
    """Return how far an heir may act: not while an executor does (Burgerlijk Wetboek 4:145), else with the others.

    Who was married to the dead got everything by law when the other heirs are their children, and acts alone (4:13).
    """
    if dead.estate and dead.estate.executor:
        return NONE
    widowed = [one for one in heirs if any(union.partner == dead.bsn for union in one.unions)]
    if widowed and all(one in widowed or one.bsn in dead.children for one in heirs):
        return ALONE if person in widowed else NONE
    return TOGETHER if len(heirs) > 1 else ALONE


def _runs(ward: Person, guardian: Person, on: date) -> bool:
    return ward.guardianship and ward.is_alive(on) and guardian.is_alive(on)


def _entry(named: Person, ward: Person) -> Row:
    grown_up = ward.born_on.replace(year=ward.born_on.year + 18)
    return {"burgerservicenummer": named.bsn, "ingangsdatum": grown_up.isoformat()}
