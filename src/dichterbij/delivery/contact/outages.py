"""When this site could not be reached, and what that does to the last day of a citizen.

Law: Awb 2:21, third paragraph (Wmebv, Kamerstukken 35 261): when the electronic way was down for a while before the end
of a term, being late is not held against who cannot be blamed for it. The law names no new last day. Our rule, so that
everybody can count on it: a term that ends while the site is down goes on after it, for as many days as it was down, to
a working day.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet

from dichterbij.kernel import clock
from dichterbij.kernel.dates import next_working_day
from dichterbij.kernel.identifiers import Oin
from dichterbij.kernel.problems import Problem

from . import models


class NoSuchOutage(Problem):
    """An outage ends before it begins, lies in the future, or overlaps another one."""

    code = "no-such-outage"
    title = "Deze storing kan zo niet worden vastgelegd"
    status = 409


@dataclass(frozen=True, slots=True, kw_only=True)
class Outage:
    """That citizens could not reach an organisation here. `ended_at` None: they still cannot."""

    organisation: Oin
    began_at: datetime
    ended_at: datetime | None

    @property
    def first_day(self) -> date:
        """Return the legal day on which it began."""
        return clock.day_of(self.began_at)

    def last_day(self) -> date:
        """Return the legal day on which it ended; today while it lasts."""
        return clock.day_of(self.ended_at) if self.ended_at else clock.today()


def extended(last_day: date, began_on: date, ended_on: date) -> date:
    """Return the last day of a term after an outage; the day itself when the term does not end in it.

    >>> extended(date(2026, 6, 16), date(2026, 6, 15), date(2026, 6, 17))
    datetime.date(2026, 6, 22)
    >>> extended(date(2026, 6, 18), date(2026, 6, 15), date(2026, 6, 17))
    datetime.date(2026, 6, 18)
    """
    if not began_on <= last_day <= ended_on:
        return last_day
    return next_working_day(ended_on + (ended_on - began_on) + timedelta(days=1))


def record(organisation: Oin, began_at: datetime, ended_at: datetime | None) -> bool:
    """Write an outage down, within the caller's transaction; False when it was recorded already.

    The same beginning with an end ends an outage that lasted until now. Raises `NoSuchOutage`.
    """
    latest = ended_at or clock.now()
    if not began_at <= latest <= clock.now():
        raise NoSuchOutage("Het einde ligt voor het begin, of in de toekomst.")
    rows = models.Outage.objects.select_for_update().filter(organisation=organisation.value)
    known = rows.filter(began_at=began_at).first()
    if known is not None and (known.ended_at == ended_at or ended_at is None):
        return False
    others = rows.exclude(pk=known.pk) if known else rows
    if _overlapping(others, began_at, latest).exists() or (known and known.ended_at):
        raise NoSuchOutage("Er is al een storing vastgelegd die hier deels mee samenvalt. Leg alleen de rest vast.")
    values = {"ended_at": ended_at, "recorded_at": clock.now()}
    models.Outage.objects.update_or_create(organisation=organisation.value, began_at=began_at, defaults=values)
    return True


def recorded() -> tuple[Outage, ...]:
    """Return all outages, the newest first."""
    rows = models.Outage.objects.order_by("-began_at", "organisation")
    return tuple(
        Outage(organisation=Oin(row.organisation), began_at=row.began_at, ended_at=row.ended_at) for row in rows
    )


def still_down() -> tuple[str, ...]:
    """Return the numbers of organisations that cannot be reached now: no term of theirs lapses meanwhile."""
    return tuple(models.Outage.objects.filter(ended_at=None).values_list("organisation", flat=True))


def _overlapping(rows: "QuerySet[models.Outage]", began_at: datetime, ended_at: datetime) -> "QuerySet[models.Outage]":
    return rows.filter(Q(ended_at=None) | Q(ended_at__gt=began_at), began_at__lt=ended_at)
