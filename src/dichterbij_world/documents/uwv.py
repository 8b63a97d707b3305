"""Wages, benefits and pensions per month, hours and work history, as UWV keeps them from payroll returns. Euro cents.

Wages of a month are known once the month has ended; benefits and pensions are known for the current month.
"""

from datetime import date, timedelta
from typing import Any

from ..livelihood import AOW_YEAR_CENTS
from ..people import Family, Income, Person
from .svb import pension_day

_CENTS_PER_HOUR = 1_800
_WEEKS_PER_MONTH = 4.333
_FULL_WEEK = 40
_FREE_CENTS = 160_000  # tax credits take away the tax on about this much wage a month
_FIRST_YEAR_KNOWN = 2022


def document(person: Person, _family: Family, on: date) -> dict[str, Any]:
    """Return every income relation with its periods, the work history, and benefits for illness or disability."""
    rows = [row for income in person.incomes if income.year <= on.year for row in _rows(income, person, on)]
    return {
        "burgerservicenummer": person.bsn,
        "inkomstenverhoudingen": rows,
        "arbeidsverleden": _history(person, on),
        "uitkeringen": [],
    }


def _rows(income: Income, person: Person, on: date) -> list[dict[str, Any]]:
    wage, benefit = income.wage_cents // 12, income.benefit_cents // 12
    pension = max(0, benefit - AOW_YEAR_CENTS * person.aow_percentage // 1200)
    kinds = (
        ("loon", wage, _net_wage(wage)),
        ("uitkering", benefit - pension, (benefit - pension) * 95 // 100),
        ("pensioen", pension, pension * 80 // 100),
    )
    return [_row(kind, (gross, net), income.year, person, on) for kind, gross, net in kinds if gross > 0]


def _row(kind: str, amounts: tuple[int, int], year: int, person: Person, on: date) -> dict[str, Any]:
    gross, net = amounts
    last = _last_day(year, on, is_wage=kind == "loon", died_on=person.died_on)
    row = {
        "soort": kind,
        "ingangsdatum": date(year, 1, 1).isoformat(),
        "einddatum": last.isoformat(),
        "brutoPerMaand": gross,
        "nettoPerMaand": net,
    }
    if kind == "loon":
        row |= {"urenPerWeek": _hours(gross), "lopend": year == on.year and person.is_alive(on)}
    return row


def _last_day(year: int, on: date, *, is_wage: bool, died_on: date | None) -> date:
    """Return the last day of a year of which the income is known on a day."""
    last = date(year, 12, 31)
    if year == on.year:
        month_end = (on.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
        last = on.replace(day=1) - timedelta(days=1) if is_wage else month_end
    return min(last, died_on) if died_on else last


def _net_wage(gross: int) -> int:
    return gross - max(0, gross - _FREE_CENTS) * 40 // 100


def _hours(gross: int) -> int:
    return max(1, min(_FULL_WEEK, round(gross / (_CENTS_PER_HOUR * _WEEKS_PER_MONTH))))


def _history(person: Person, on: date) -> dict[str, Any]:
    """Return calendar years of work: counted since 2022, and as many before as somebody of this age can have had."""
    hours = {one.year: _hours(one.wage_cents // 12) * 52 for one in person.incomes if one.wage_cents > 0}
    years = [{"jaar": year, "uren": count} for year, count in sorted(hours.items()) if year < on.year]
    begins = max(person.born_on.year + 18, (person.immigrated_on or person.born_on).year)
    ends = min(_FIRST_YEAR_KNOWN, pension_day(person.born_on).year)
    works = bool(hours) or pension_day(person.born_on) <= on
    before = range(begins, ends) if works else range(0)
    return {
        "jarenTot2016": len([year for year in before if year < 2016]),
        "jaren2016Tot2022": len([year for year in before if year >= 2016]),
        "urenPerJaar": years,
    }
