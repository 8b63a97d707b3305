"""When an organisation is late, what the person can do then, and since when it pays for it. Pure.

Law: Awb 4:17 (two weeks after a written notice of default the organisation pays for each day), 7:14 (that holds for the
decision on an objection too) and 6:12 (then one can go to court).
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from dichterbij.kernel.clock import day_of
from dichterbij.kernel.dates import term_end

from .case import Case
from .states import OPEN_STATES, State, Step

WEEKS_OF_GRACE = 2
"""Awb 4:17, third paragraph, and 6:12, second: two weeks after the notice was received."""


class On(StrEnum):
    """On what the organisation is late to decide; the note of a notice of default."""

    APPLICATION = "application"
    OBJECTION = "objection"


@dataclass(frozen=True, slots=True, kw_only=True)
class Late:
    """An organisation that did not decide in time. `noticed_on`: when the person held it to that, None: not yet.

    `pays_from`: the first day for which it pays, if it has not decided then. `days`: how many days that is by now.
    """

    on: On
    last_day: date
    noticed_on: date | None = None
    pays_from: date | None = None
    days: int = 0


def late(case: Case, today: date) -> Late | None:
    """Return on what an organisation is late: the objection when there is one that was not too late to count."""
    on, last_day, known_on = _term(case)
    if last_day is None or (known_on or today) <= last_day:
        return None
    noticed_on = _noticed(case, on, last_day)
    if noticed_on is None:
        return Late(on=on, last_day=last_day) if known_on is None else None
    pays_from = term_end(noticed_on, weeks=WEEKS_OF_GRACE) + timedelta(days=1)
    days = max(0, ((known_on or today) - pays_from).days)
    return Late(on=on, last_day=last_day, noticed_on=noticed_on, pays_from=pays_from, days=days)


def _term(case: Case) -> tuple[On, date | None, date | None]:
    """Return what runs or ran last, its last day, and the day on which it was decided, if it was."""
    made = case.objection
    if made is not None:
        return On.OBJECTION, made.decide_by, made.ruled.on if made.ruled else None
    runs = case.line.state in (*OPEN_STATES, State.DECIDED) and case.waiting_since is None
    if not runs and case.line.state is not State.PUBLISHED:
        return On.APPLICATION, None, None
    known = [day_of(each.at) for each in case.history if each.step is Step.PUBLISH]
    return On.APPLICATION, case.line.decide_by, None if runs else max(known, default=None)


def _noticed(case: Case, on: On, last_day: date) -> date | None:
    given = (day_of(each.at) for each in case.history if each.step is Step.DEFAULT and each.note == on)
    return next((day for day in given if day > last_day), None)
