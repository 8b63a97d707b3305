"""Terms of law: the Algemene termijnenwet (BWBR0002448), its only implementation.

Recognised holidays are computed (article 3 paragraphs 1 and 2). Days equated by royal decree (paragraph 3) are
data in `equated_days.csv`, with the decree beside each; where no decree is known yet we refuse to name a last day.
"""

import calendar
import csv
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from importlib.resources import files

from .problems import TermNotCovered

# The decrees that are known cover whole years; see the data file.
COVERED_FROM, COVERED_UNTIL = date(2023, 1, 1), date(2028, 12, 31)


def easter(year: int) -> date:
    """Return Easter Sunday of a year, by the Gregorian computus (anonymous algorithm, Meeus 1991, chapter 8).

    >>> easter(2026)
    datetime.date(2026, 4, 5)
    """
    golden, century, rest = year % 19, year // 100, year % 100
    leap_century, century_rest = divmod(century, 4)
    moon = (19 * golden + century - leap_century - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    leap, leap_rest = divmod(rest, 4)
    weekday = (32 + 2 * century_rest + 2 * leap - moon - leap_rest) % 7
    shift = (golden + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * shift + 114, 31)
    return date(year, month, day + 1)


@cache
def _equated_days() -> dict[date, str]:
    text = files("dichterbij.kernel").joinpath("equated_days.csv").read_text(encoding="utf-8")
    return {date.fromisoformat(row["day"]): row["reason"] for row in csv.DictReader(text.splitlines())}


def _kings_day(year: int) -> date:
    birthday = date(year, 4, 27)
    return birthday - timedelta(days=1) if birthday.weekday() == calendar.SUNDAY else birthday


@cache
def _holidays(year: int) -> dict[date, str]:
    sunday = easter(year)
    return {
        date(year, 1, 1): "Nieuwjaarsdag",
        sunday - timedelta(days=2): "Goede Vrijdag",
        sunday + timedelta(days=1): "Tweede Paasdag",
        _kings_day(year): "Koningsdag",
        date(year, 5, 5): "Bevrijdingsdag",
        sunday + timedelta(days=39): "Hemelvaartsdag",
        sunday + timedelta(days=50): "Tweede Pinksterdag",
        date(year, 12, 25): "Eerste Kerstdag",
        date(year, 12, 26): "Tweede Kerstdag",
    }


def holiday_name(day: date) -> str | None:
    """Return the Dutch name of the recognised holiday (article 3), or the reason why the day is equated to one."""
    return _holidays(day.year).get(day) or _equated_days().get(day)


def is_working_day(day: date) -> bool:
    """Say whether a day is no Saturday, Sunday, recognised holiday or equated day.

    >>> is_working_day(date(2026, 5, 15)), is_working_day(date(2026, 5, 18))
    (False, True)
    """
    return day.weekday() < calendar.SATURDAY and holiday_name(day) is None


def next_working_day(day: date) -> date:
    """Return the day itself when it is a working day, otherwise the first working day after it."""
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def add_months(day: date, months: int) -> date:
    """Return the same day so many months later; the last day of the month where that day does not exist.

    >>> add_months(date(2026, 1, 31), 1)
    datetime.date(2026, 2, 28)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _with_two_working_days(after: date, last: date) -> date:
    while sum(is_working_day(after + timedelta(days=n)) for n in range(1, (last - after).days + 1)) < 2:
        last += timedelta(days=1)
    return last


def _is_long(*, days: int, weeks: int, months: int) -> bool:
    """Article 4: terms of more than 90 days, 12 weeks or 3 months, and terms in years, are not extended."""
    return days > 90 or weeks > 12 or months > 3


def term_end(after: date, *, days: int = 0, weeks: int = 0, months: int = 0) -> date:
    """Return the last day of a statutory term that begins on the day after `after`.

    Exactly one of days, weeks, months is positive. Articles 1 (the end moves to a working day), 2 (a term of at
    least three days holds two working days) and 4 (long terms are not extended). Raises `TermNotCovered` beyond
    the equated days that are known.

    >>> term_end(date(2026, 4, 13), weeks=6)
    datetime.date(2026, 5, 26)
    """
    if sorted((days, weeks, months))[:2] != [0, 0] or max(days, weeks, months) <= 0:
        raise ValueError("a term is a positive number of days, weeks or months")
    last = add_months(after, months) if months else after + timedelta(days=days, weeks=weeks)
    if _is_long(days=days, weeks=weeks, months=months):
        return last
    if after < COVERED_FROM or last > COVERED_UNTIL:
        raise TermNotCovered
    if days == 0 or days >= 3:
        last = _with_two_working_days(after, last)
    return next_working_day(last)


def working_days_after(start: date, number: int) -> date:
    """Return the so-many-th working day after a day (burial: the sixth, Wet op de lijkbezorging article 16).

    >>> working_days_after(date(2026, 6, 8), 6)
    datetime.date(2026, 6, 16)
    """
    step: Callable[[date], date] = lambda day: next_working_day(day + timedelta(days=1))  # noqa: E731
    for _ in range(number):
        start = step(start)
    return start
