"""How often data were looked at, in numbers that betray nobody: per organisation and task, per whole month, in tens."""

from datetime import date, datetime, time

from django.db.models import Count

from dichterbij.kernel.clock import AMSTERDAM, today
from dichterbij.kernel.problems import Problem

from .domain import Kind, Log, month_bounds
from .models import Line

STEP = 10
"""Counts are rounded down to tens, so that no cell under ten is told and none follows from a difference."""


class MonthNotOver(Problem):
    """Numbers are told of whole months only: from two moments in one month somebody could subtract."""

    code = "month-not-over"
    title = "Deze maand is nog niet voorbij"
    status = 400


def looks(month: date) -> dict[tuple[str, str], int]:
    """Return per organisation and processing activity how many looks there were in a month that is over.

    Only of the open log; no totals, and cells under ten are left out. Raises `MonthNotOver`.
    """
    first, following = month_bounds(month)
    if following > today():
        raise MonthNotOver
    begin, end = (datetime.combine(day, time.min, AMSTERDAM) for day in (first, following))
    rows = Line.objects.filter(log=Log.OPEN, kind__in=(Kind.READ, Kind.VIEW), at__gte=begin, at__lt=end)
    counted = rows.values("organisation", "activity").annotate(count=Count("id")).order_by("organisation", "activity")
    return {(row["organisation"], row["activity"]): rounded(row["count"]) for row in counted if rounded(row["count"])}


def rounded(count: int) -> int:
    """Return a count as it may be told.

    >>> [rounded(count) for count in (0, 9, 10, 19)]
    [0, 0, 10, 10]
    """
    return count // STEP * STEP
