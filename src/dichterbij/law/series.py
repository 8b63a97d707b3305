"""The calendar of amounts: which law files end when, and what an operator adds as data for the period after it.

A file that fills delegated terms is a series of amounts: a new period is a copy with new amounts. Any other file with
a last day holds rules that somebody checked up to that day: check them again and move the day.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from dichterbij.kernel.dates import add_months

from .calendar_rules import day, months_between
from .document import Raw
from .lawset import LawSet
from .model import LawVersion

LONGEST_PERIOD: Final = 12


@dataclass(frozen=True, slots=True)
class Amount:
    """A value somebody fills in: its article, name, present value and where that was found."""

    article: str
    name: str
    value: Raw
    source: str


@dataclass(frozen=True, slots=True)
class Ending:
    """The last version of a regulation with a last day. `amounts`: empty for a file of rules."""

    law: str
    name: str
    valid_from: date
    last_day: date
    file: str
    amounts: tuple[Amount, ...]

    @property
    def first_day(self) -> date:
        """Return the first day that has no version yet."""
        return self.last_day + timedelta(days=1)

    @property
    def next_last_day(self) -> date:
        """Return the last day of the next period when it is as many months as the last one, but at most a year."""
        months = months_between(self.valid_from, self.first_day)
        return add_months(self.first_day, min(max(months, 1), LONGEST_PERIOD)) - timedelta(days=1)

    @property
    def next_file(self) -> str:
        """Return the file to add: a copy of the last one, named after its first day."""
        return str(Path(self.file).with_name(f"{self.first_day.isoformat()}.yaml"))


def endings(laws: LawSet) -> tuple[Ending, ...]:
    """Return the last version of every regulation that ends, the first to end first."""
    last = (versions[0] for versions in laws.laws.values() if versions[0].valid_to)
    return tuple(sorted(map(_ending, last), key=lambda ending: (ending.last_day, not ending.amounts, ending.law)))


def _ending(version: LawVersion) -> Ending:
    fills = any(article.implements for article in version.articles)
    amounts = tuple(_amounts(version)) if fills or not _has_rules(version) else ()
    first = day(version.valid_from)
    return Ending(version.id, version.name, first, day(version.valid_to), version.file, amounts)


def _has_rules(version: LawVersion) -> bool:
    return any(isinstance(action.expression, dict) for article in version.articles for action in article.actions)


def _amounts(version: LawVersion) -> Iterator[Amount]:
    for article in version.articles:
        for name, definition in article.definitions.items():
            source = definition.declared.legal_basis.get("explanation", "")
            yield Amount(article.number, name, definition.value, source)
        for action in article.actions:
            if not isinstance(action.expression, dict | list) and not str(action.expression).startswith("$"):
                source = action.legal_basis.get("explanation", "")
                yield Amount(article.number, action.output, action.expression, source)
