"""Stretches of whole days, both ends included."""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from .problems import Problem


class InvalidPeriod(Problem):
    """A period is written in a way we do not know, or ends before it begins."""

    code = "invalid-period"
    title = "Deze periode klopt niet"
    status = 400


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """From the first day up to and including the last.

    >>> Period.parse("2026-02")
    Period(first=datetime.date(2026, 2, 1), last=datetime.date(2026, 2, 28))
    >>> str(Period.quarter(2026, 2)), str(Period.year(2026))
    ('2026-04-01/2026-06-30', '2026')
    """

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise InvalidPeriod("De laatste dag ligt voor de eerste dag.")

    @classmethod
    def day(cls, day: date) -> "Period":
        """Return the period of one day."""
        return cls(day, day)

    @classmethod
    def month(cls, year: int, month: int) -> "Period":
        """Return a calendar month (1-12)."""
        return cls(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]))

    @classmethod
    def month_of(cls, day: date) -> "Period":
        """Return the calendar month in which a day falls."""
        return cls.month(day.year, day.month)

    @classmethod
    def quarter(cls, year: int, quarter: int) -> "Period":
        """Return a calendar quarter (1-4)."""
        return cls(date(year, 3 * quarter - 2, 1), cls.month(year, 3 * quarter).last)

    @classmethod
    def year(cls, year: int) -> "Period":
        """Return a calendar year."""
        return cls(date(year, 1, 1), date(year, 12, 31))

    @classmethod
    def parse(cls, text: str) -> "Period":
        """Read `2026`, `2026-06`, `2026-06-15` or `2026-04-01/2026-06-30`; raises `InvalidPeriod`."""
        try:
            if "/" in text:
                first, last = text.split("/")
                return cls(date.fromisoformat(first), date.fromisoformat(last))
            if re.fullmatch(r"\d{4}", text):
                return cls.year(int(text))
            if re.fullmatch(r"\d{4}-\d{2}", text):
                return cls.month(int(text[:4]), int(text[5:]))
            return cls.day(date.fromisoformat(text))
        except (ValueError, calendar.IllegalMonthError):
            raise InvalidPeriod("Schrijf een jaar, een maand of een dag, zoals 2026-06.") from None

    def __str__(self) -> str:
        if self.first == self.last:
            return self.first.isoformat()
        if self == Period.year(self.first.year):
            return f"{self.first:%Y}"
        if self == Period.month_of(self.first):
            return f"{self.first:%Y-%m}"
        return f"{self.first}/{self.last}"

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    @property
    def days(self) -> int:
        """Return the number of days."""
        return (self.last - self.first + timedelta(days=1)).days
