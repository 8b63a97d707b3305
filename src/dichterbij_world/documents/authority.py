"""Authority over children, in the words of the register's own service (Burgerlijk Wetboek 1:245 and further)."""

from datetime import date
from typing import Any

from ..people import Family, Person, Union
from .naming import full_name

Document = dict[str, Any]
ADULT = 18
NOBODY = "TijdelijkGeenGezag"


def authority(person: Person, family: Family, on: date) -> list[Document]:
    """Return the relations of authority in which a person stands on a day: as a minor, or over minors."""
    if person.has_died(on):
        return []
    if person.age(on) < ADULT:
        return [_over(person, family, on)]
    minors = (family.person(bsn) for bsn in person.children)
    over = (_over(child, family, on) for child in minors if child.is_alive(on) and child.age(on) < ADULT)
    return [each for each in over if person.bsn in _holders(each) or each["type"] == NOBODY]


def _over(child: Person, family: Family, on: date) -> Document:
    minor = {"burgerservicenummer": child.bsn, "naam": {"volledigeNaam": full_name(child)}, "leeftijd": child.age(on)}
    parents = [family.person(parent.bsn) for parent in child.parents if parent.bsn]
    holders = parents if child.joint_authority else parents[:1]
    living = [_person(parent) for parent in holders if parent.is_alive(on) and not parent.guardianship]
    match living:
        case [first, second]:
            return {"type": "GezamenlijkOuderlijkGezag", "minderjarige": minor, "ouders": [first, second]}
        case [only]:
            return {"type": "EenhoofdigOuderlijkGezag", "minderjarige": minor, "ouder": only}
        case _:
            why = "De ouders met gezag zijn overleden of niet bevoegd."
            return {"type": NOBODY, "minderjarige": minor, "toelichting": why}


def _person(parent: Person) -> Document:
    return {"burgerservicenummer": parent.bsn, "naam": {"volledigeNaam": full_name(parent)}}


def _holders(relation: Document) -> set[str]:
    parents = [*relation.get("ouders", ()), *([relation["ouder"]] if "ouder" in relation else [])]
    return {parent["burgerservicenummer"] for parent in parents}


def authority_entry(child: Person, family: Family) -> Document | None:
    """Return what the authority register holds of a child: an entry where both or one have it, against the law's rule.

    By law both have it who are or were married (BW 1:251), and who recognised the child from 2023 on (BW 1:251b).
    """
    parents = [family.person(parent.bsn) for parent in child.parents if parent.bsn]
    if len(parents) < 2:
        return None
    first, second = parents
    married = any(union.partner == second.bsn and not _ended_before(union, child) for union in first.unions)
    if child.joint_authority is (married or child.born_on >= _CERTAINLY_RECOGNISED_LATER):
        return None
    return _BOTH if child.joint_authority else _ONE


def _ended_before(union: Union, child: Person) -> bool:
    return union.ended_on is not None and union.ended_on < child.born_on


_CERTAINLY_RECOGNISED_LATER = date(2023, 10, 1)
_BOTH: Document = {"code": "12", "omschrijving": "ouder1 en ouder2 hebben het gezag"}
_ONE: Document = {"code": "1", "omschrijving": "ouder1 heeft het gezag"}
