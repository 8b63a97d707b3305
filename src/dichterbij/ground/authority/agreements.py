"""The yes of somebody else where the law does not let one person act alone.

Law: Burgerlijk Wetboek 1:253a and Paspoortwet 34 (both parents), 7:450 (a child of twelve to sixteen agrees too), 2:130
and 2:240 (directors who act together). A yes is for one product of one person, for a week, and is taken
back at once. Who says it has the authority then; it is gone when a register says they have it no more.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet

from dichterbij.ground.identity.domain import Login
from dichterbij.ground.logbook import services as logbook
from dichterbij.ground.logbook.domain import Entry
from dichterbij.ground.logbook.domain import Kind as LineKind
from dichterbij.kernel import clock
from dichterbij.kernel.access import Access
from dichterbij.kernel.problems import Problem

from . import registers
from .models import Agreement, RegisteredAuthority

HOLDS_FOR = timedelta(days=7)


class CannotAgree(Problem):
    """Somebody agrees to what is not theirs to agree to."""

    code = "cannot-agree"
    title = "U kunt hier geen toestemming voor geven"
    status = 403


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """A yes that was given: for whom, to which product, until which day."""

    represented: UUID
    product: str
    last_day: date


def agree(access: Access, represented: UUID, product: str) -> None:
    """Say yes to a product for somebody over whom authority is shared, or for oneself. Raises `CannotAgree`."""
    party = access.subject.party
    if party != represented and not shared(access).filter(represented=represented).exists():
        raise CannotAgree("Wij weten niet dat u samen met een ander voor deze persoon mag handelen.")
    _record(access, "toestemming")
    now = clock.now()
    Agreement.objects.update_or_create(
        represented=represented, party=party, product=product, defaults={"at": now, "valid_until": now + HOLDS_FOR}
    )


def take_back(access: Access, represented: UUID, product: str) -> None:
    """Take a yes back; what was sent already stays sent."""
    _record(access, "toestemming intrekken")
    Agreement.objects.filter(represented=represented, party=access.subject.party, product=product).delete()


def mine(access: Access) -> tuple[Agreed, ...]:
    """Return what somebody said yes to and still holds."""
    rows = Agreement.objects.filter(party=access.subject.party, valid_until__gt=clock.now()).order_by("product")
    return tuple(
        Agreed(represented=row.represented, product=row.product, last_day=clock.day_of(row.valid_until)) for row in rows
    )


def with_agreement(login: Login, represented: UUID, product: str, at: datetime) -> frozenset[UUID]:
    """Return who else said yes to a product for somebody."""
    rows = Agreement.objects.filter(represented=represented, product=product, valid_until__gt=at)
    return frozenset(rows.exclude(party=login.party).values_list("party", flat=True))


def shared(access: Access) -> "QuerySet[RegisteredAuthority]":
    """Return over whom somebody shares an authority; the registers are asked again when they said so too long ago."""
    rows = RegisteredAuthority.objects.filter(representative=access.subject.party, jointly__gt=0)
    if any(row.valid_until <= clock.now() for row in rows):
        registers.look_up(access)
    return rows.all()


def purge(now: datetime) -> int:
    """Remove what was said and no longer holds; returns how many."""
    return Agreement.objects.filter(valid_until__lte=now).delete()[0]


def _record(access: Access, what: str) -> None:
    logbook.record(access, Entry(kind=LineKind.ACT, subject=access.subject.bsn, fields=(what,)))
