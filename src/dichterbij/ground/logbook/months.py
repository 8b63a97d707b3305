"""The log by month: a line belongs to the month in which it was signed, so that a month ends at a signed stand."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max
from django.db.models.functions import TruncMonth

from dichterbij.kernel import clock

from . import removals
from .domain import Log
from .models import Head


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """A month of a log: its first day, its positions from `first` up to and including `last`, signed when."""

    log: Log
    begins: date
    first: int
    last: int
    sealed_at: datetime

    @property
    def name(self) -> str:
        """Return year and month."""
        return self.begins.isoformat()[:7]

    @property
    def lines(self) -> int:
        """Return how many lines it has."""
        return self.last - self.first + 1


def months(log: Log) -> tuple[Month, ...]:
    """Return the months whose lines are still here, also the present one, the oldest first."""
    month = TruncMonth("sealed_at", tzinfo=clock.AMSTERDAM)
    rows = Head.objects.filter(log=log).annotate(month=month).values("month")
    found, after = list[Month](), removals.last_removed(log)
    for row in rows.annotate(last=Max("size"), sealed_at=Max("sealed_at")).order_by("month"):
        if row["last"] > after:
            begins, last = row["month"].date(), row["last"]
            youngest = removals.youngest_head(log, last)  # a clock that was set back makes no line older
            found.append(Month(log=log, begins=begins, first=after + 1, last=last, sealed_at=youngest))
            after = last
    return tuple(found)


def is_over(month: Month) -> bool:
    """Say whether no more lines can be signed in a month."""
    return clock.today().replace(day=1) > month.begins
