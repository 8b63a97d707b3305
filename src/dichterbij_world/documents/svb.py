"""State pension, survivor's benefit and child benefit, as the social insurance bank keeps them."""

from datetime import date
from typing import Any

from ..livelihood import AOW_AGE
from ..people import Family, Person
from .households import children_at_home, partners_at_home


def document(person: Person, family: Family, on: date) -> dict[str, Any]:
    """Return the insurance and the benefits of a person on a day."""
    is_resident = person.abroad is None
    return {
        "burgerservicenummer": person.bsn,
        "verzekering": {"anw": is_resident, "aow": is_resident, "akw": is_resident},
        "aow": _pension(person, family, on),
        "anw": {"uitkering": bool(person.survivor_benefit_since and person.is_alive(on))},
        "kinderbijslag": _child_benefit(person, family, on),
    }


def _pension(person: Person, family: Family, on: date) -> dict[str, Any]:
    starts = pension_day(person.born_on)
    pension: dict[str, Any] = {
        "uitkering": starts <= on and person.is_alive(on) and person.aow_percentage > 0,
        "opbouwpercentage": person.aow_percentage,
        "leeftijdBereiktOp": starts.isoformat(),
    }
    if starts <= on and person.aow_percentage:
        pension |= {"ingangsdatum": starts.isoformat(), "soort": _level(person, family, on)}
        if person.has_died(on) and person.died_on:
            pension["einddatum"] = person.died_on.isoformat()
    return pension


def pension_day(born_on: date) -> date:
    """Return the day somebody reaches pension age, by the table of the AOW (article 7a) as far as the world needs it.

    >>> pension_day(date(1947, 2, 3)), pension_day(date(1958, 5, 1))
    (datetime.date(2012, 2, 3), datetime.date(2025, 5, 1))
    """
    years, months = next((age for until, age in _AGES if born_on < until), (AOW_AGE, 3))
    month = born_on.month - 1 + months
    return date(born_on.year + years + month // 12, month % 12 + 1, min(born_on.day, 28))


# born before this day: pension age in years and months
_AGES = (
    (date(1948, 1, 1), (65, 0)),
    (date(1948, 12, 1), (65, 1)),
    (date(1949, 11, 1), (65, 2)),
    (date(1950, 10, 1), (65, 3)),
    (date(1951, 7, 1), (65, 6)),
    (date(1952, 4, 1), (65, 9)),
    (date(1953, 1, 1), (66, 0)),
    (date(1955, 9, 1), (66, 4)),
    (date(1956, 6, 1), (66, 7)),
    (date(1957, 3, 1), (66, 10)),
    (date(1961, 1, 1), (67, 0)),
)


def _level(person: Person, family: Family, on: date) -> str:
    partners = (family.person(union.partner) for union in person.unions if not union.ended_on)
    return "gehuwd" if any(partner.is_alive(on) for partner in partners) else "alleenstaand"


def _child_benefit(person: Person, family: Family, on: date) -> dict[str, Any]:
    """Return who gets child benefit, and the children for whom it is paid to this person or their partner at home."""
    quarter = date(on.year, 3 * ((on.month - 1) // 3) + 1, 1)
    young = [child.bsn for child in children_at_home(person, family, on) if child.age(quarter) < 18]
    children = young if person.is_alive(on) and person.age(on) >= 18 else []
    others = any(other.sex == "V" for other in partners_at_home(person, family, on))
    receives = bool(children) and (person.child_benefit or person.sex == "V" or not others)
    return {"uitkering": receives, "kinderen": children, "dubbel": False}
