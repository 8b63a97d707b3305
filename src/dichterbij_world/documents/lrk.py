"""Child care contracts with providers in the national register, as providers report them each month. Euro cents."""

from datetime import date
from typing import Any

from ..people import Family, Person
from .households import children_at_home, partners_at_home

_RATES = {"dagopvang": (1_040, 1_199), "bso": (890, 1_060), "gastouder": (720, 860)}
_SCHOOL_AGE, _LAST_AGE, _FIRST_DAYS = 4, 12, 70


def document(person: Person, family: Family, on: date) -> dict[str, Any]:
    """Return the care of this person as a child, and the children for whom they or their partner have a contract."""
    children = [child.bsn for child in children_at_home(person, family, on) if _kind(child, family, on)]
    care: dict[str, Any] = {"kinderen": children if person.age(on) >= 18 else []}
    kind = _kind(person, family, on)
    if kind:
        care |= {"geregistreerd": True, kind: _contract(person, kind)}
    return {"burgerservicenummer": person.bsn, "opvang": care}


def _kind(child: Person, family: Family, on: date) -> str:
    """Return which care a child has; none when a parent at home does not work."""
    age = child.age(on)
    if age >= _LAST_AGE or not child.is_alive(on) or (on - child.born_on).days < _FIRST_DAYS:
        return ""
    parents = [parent.bsn for parent in child.parents if parent.bsn]
    at_home = [one for one in family.residents(child.home, on) if one.bsn in parents]
    at_home += [one for parent in at_home for one in partners_at_home(parent, family, on) if one not in at_home]
    if not at_home or not all(_works(parent, on) for parent in at_home):
        return ""
    if int(child.bsn[-2]) == 0:
        return "gastouder"
    return "dagopvang" if age < _SCHOOL_AGE else "bso"


def _works(person: Person, on: date) -> bool:
    return any(income.wage_cents > 0 for income in person.incomes if income.year == on.year)


def _contract(child: Person, kind: str) -> dict[str, int]:
    """Return hours and hourly rate: different per child, the same every time."""
    lowest, highest = _RATES[kind]
    serial = int(child.bsn)
    hours = 40 + serial % 5 * 10 if kind == "bso" else 80 + serial % 9 * 10
    return {"urenPerMaand": hours, "uurtarief": lowest + serial % (highest - lowest)}
