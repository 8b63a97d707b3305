"""What somebody owes the court who looks after the money or the care of an adult, and by which day.

Law: Burgerlijk Wetboek 1:436 and 1:445 (administrator: inventory, and accounts each year unless the court chose other
times), 1:386 (guardian: as the court says), 1:459 (mentor: a report when the court asks). The four months for the
inventory are what the courts ask (bewind.info, "De taken van de bewindvoerder", 2024); a court may give longer.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from dichterbij.kernel.dates import add_months

from .domain import Kind

INVENTORY_MONTHS = 4


class What(StrEnum):
    """What is owed."""

    INVENTORY = "inventory"
    ACCOUNTS = "accounts"
    ACCOUNTS_WHEN_ASKED = "accounts-when-asked"
    REPORT_WHEN_ASKED = "report-when-asked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """One duty for one client. `by`: the day it is due; None when only the court says when."""

    what: What
    by: date | None = None


def duties(kind: Kind, since: date | None, today: date) -> tuple[Duty, ...]:
    """Return what is owed for one client, the first due first; of who began on an unknown day without days.

    >>> duties(Kind.ADMINISTRATOR, date(2025, 3, 1), date(2026, 6, 15))
    (Duty(what=<What.ACCOUNTS: 'accounts'>, by=datetime.date(2027, 3, 1)),)
    """
    match kind:
        case Kind.ADMINISTRATOR:
            return _of_administrator(since, today)
        case Kind.GUARDIAN:
            return (Duty(what=What.ACCOUNTS_WHEN_ASKED),)
        case Kind.MENTOR:
            return (Duty(what=What.REPORT_WHEN_ASKED),)
        case _:
            return ()


def _of_administrator(since: date | None, today: date) -> tuple[Duty, ...]:
    if since is None:
        return (Duty(what=What.INVENTORY), Duty(what=What.ACCOUNTS))
    inventory, years = add_months(since, INVENTORY_MONTHS), max(1, today.year - since.year)
    if add_months(since, 12 * years) < today:
        years += 1
    accounts = Duty(what=What.ACCOUNTS, by=add_months(since, 12 * years))
    return (Duty(what=What.INVENTORY, by=inventory), accounts) if today <= inventory else (accounts,)
