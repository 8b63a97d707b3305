"""What somebody owes the court who looks after the money or the care of an adult, and by which day.

Law: Burgerlijk Wetboek 1:436 and 1:445 (administrator: inventory, and accounts each year unless the court chose other
times), 1:386 (guardian: as the court says), 1:459 (mentor: a report when the court asks). Each tells the court every
five years how it goes and whether it must go on: 1:385 lid 2, 1:446a, 1:459 lid 2. The four months for the
inventory are what the courts ask (bewind.info, "De taken van de bewindvoerder", 2024); a court may give longer.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from dichterbij.kernel.dates import add_months

from .domain import Kind

INVENTORY_MONTHS = 4
YEARS_BETWEEN_EVALUATIONS = 5


class What(StrEnum):
    """What is owed."""

    INVENTORY = "inventory"
    ACCOUNTS = "accounts"
    ACCOUNTS_WHEN_ASKED = "accounts-when-asked"
    REPORT_WHEN_ASKED = "report-when-asked"
    EVALUATION = "evaluation"


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """One duty for one client. `by`: the day it is due; None when only the court says when."""

    what: What
    by: date | None = None


def duties(kind: Kind, since: date | None, today: date) -> tuple[Duty, ...]:
    """Return what is owed for one client, the first due first; of who began on an unknown day without days.

    >>> [(each.what.value, str(each.by)) for each in duties(Kind.ADMINISTRATOR, date(2025, 3, 1), date(2026, 6, 15))]
    [('accounts', '2027-03-01'), ('evaluation', '2030-03-01')]
    """
    evaluation = Duty(what=What.EVALUATION, by=_next(since, YEARS_BETWEEN_EVALUATIONS, today))
    match kind:
        case Kind.ADMINISTRATOR:
            found = (*_inventory(since, today), Duty(what=What.ACCOUNTS, by=_next(since, 1, today)), evaluation)
        case Kind.GUARDIAN:
            found = (Duty(what=What.ACCOUNTS_WHEN_ASKED), evaluation)
        case Kind.MENTOR:
            found = (Duty(what=What.REPORT_WHEN_ASKED), evaluation)
        case _:
            found = ()
    return tuple(sorted(found, key=lambda duty: duty.by or date.max))


def _inventory(since: date | None, today: date) -> tuple[Duty, ...]:
    by = add_months(since, INVENTORY_MONTHS) if since else None
    return (Duty(what=What.INVENTORY, by=by),) if by is None or today <= by else ()


def _next(since: date | None, years: int, today: date) -> date | None:
    """Return the first day, a number of years or a multiple of it after a beginning, that is not over."""
    if since is None:
        return None
    times = max(1, (today.year - since.year) // years)
    return next(day for n in (times, times + 1) if (day := add_months(since, 12 * years * n)) >= today)
