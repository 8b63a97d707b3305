"""Dates as the law files write them: texts `YYYY-MM-DD`, canonical, compared by calendar."""

import calendar
from datetime import date, timedelta
from functools import lru_cache

from dichterbij.kernel.dates import add_months

from .errors import LawError


@lru_cache(maxsize=65_536)
def day(text: str) -> date:
    """Return the date a text writes; raises InvalidDate unless it is exactly `YYYY-MM-DD`."""
    try:
        if len(text) != 10:
            raise ValueError
        return date.fromisoformat(text)
    except ValueError:
        raise LawError("InvalidDate", f"Invalid date '{text}': expected YYYY-MM-DD") from None


def is_day(text: str) -> bool:
    """Say whether a text is a canonical date."""
    try:
        day(text)
    except LawError:
        return False
    return True


def age(born: date, on: date) -> int:
    """Return complete years; who is born on 29 February has a birthday on 28 February in other years.

    >>> age(date(2008, 2, 29), date(2026, 2, 28))
    18
    """
    return years_between(born, on)


def months_between(start: date, end: date) -> int:
    """Return complete months, negative when `end` is before `start`; 31 January to 28 February is one month.

    >>> months_between(date(2025, 1, 31), date(2025, 2, 28))
    1
    """
    if end < start:
        return -months_between(end, start)
    months = (end.year - start.year) * 12 + end.month - start.month
    return months - (add_months(start, months) > end)


def years_between(start: date, end: date) -> int:
    """Return complete years, negative when `end` is before `start`."""
    if end < start:
        return -years_between(end, start)
    years = end.year - start.year
    return years - (add_months(start, 12 * years) > end)


def moved(start: date, *, years: int = 0, months: int = 0, weeks: int = 0, days: int = 0) -> date:
    """Return the date so much later: years, months (end of month kept within the month), weeks, days in order."""
    try:
        return add_months(add_months(start, 12 * years), months) + timedelta(weeks=weeks, days=days)
    except (ValueError, OverflowError, calendar.IllegalMonthError):
        raise LawError("InvalidDate", "The date lies outside the calendar") from None
