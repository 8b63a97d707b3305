"""The yes of somebody else where the law does not let one person act alone.

Law: Burgerlijk Wetboek 1:253a and Paspoortwet 34 (both parents), 7:450 (a child of twelve to sixteen agrees too), 2:130
and 2:240 (directors who act together). A yes is for one thing that is sent about one product of one person, within a
week, and is taken back at once. Whether who said it still has the authority is asked again at the act itself.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from dichterbij.ground.identity import queries as identity
from dichterbij.ground.identity.domain import Login
from dichterbij.ground.logbook import services as logbook
from dichterbij.ground.organisations import queries as organisations
from dichterbij.ground.registry import activities
from dichterbij.kernel import clock
from dichterbij.kernel.access import VALID_FOR, Access
from dichterbij.kernel.problems import Problem

from . import registers
from .domain import Kind
from .models import Agreement

ACTIVITY = "portaal.toestemming"
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
    if party != represented and not _shares(access, represented):
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
    """Return in whose names others said yes to a product for somebody, and may say it now."""
    rows = Agreement.objects.filter(represented=represented, product=product, valid_until__gt=at)
    others = rows.exclude(party=login.party).values_list("party", flat=True)
    return frozenset(each for party in others for each in _in_whose_names(party, represented))


def others(access: Access) -> tuple[UUID, ...]:
    """Return who else said yes to what is being sent: told to who decides elsewhere, which asks who has a say."""
    said = Agreement.objects.filter(represented=access.subject.party, product=access.product)
    found = said.filter(valid_until__gt=clock.now()).values_list("party", flat=True)
    return tuple(party for party in found if party != access.actor.party)


def take_over(represented: UUID, product: str, parties: Iterable[UUID]) -> None:
    """Keep who said yes elsewhere, as a portal tells, for as long as an access holds."""
    now = clock.now()
    for party in parties:
        said = {"represented": represented, "party": party, "product": product}
        Agreement.objects.get_or_create(**said, defaults={"at": now, "valid_until": now})
        Agreement.objects.filter(**said, valid_until__lt=now + VALID_FOR).update(valid_until=now + VALID_FOR)


def use(access: Access) -> None:
    """Use up who said yes to what is being sent; what is sent again while the access holds is the same thing."""
    said = Agreement.objects.filter(represented=access.subject.party, product=access.product)
    until = access.at + VALID_FOR
    said.filter(valid_until__gt=until).update(valid_until=until)


def purge(now: datetime) -> int:
    """Remove what was said and no longer holds; returns how many."""
    return Agreement.objects.filter(valid_until__lte=now).delete()[0]


def _shares(access: Access, represented: UUID) -> bool:
    return bool(_names(access.subject.party, represented, lambda: access))


def _in_whose_names(party: UUID, represented: UUID) -> frozenset[UUID]:
    """Return for whom a yes counts now: who said it and shares the authority, and the children they speak for."""
    if party == represented:
        return frozenset({party})
    from .services import on_duty  # the services ask who agreed

    def own() -> Access:
        subject = identity.subjects_of({party})[party]
        return on_duty(organisations.operator().oin, activities.activity(ACTIVITY), "toestemming nagaan", subject)

    return frozenset() if identity.has_died(party) else _names(party, represented, own)


def _names(party: UUID, represented: UUID, access: Callable[[], Access]) -> frozenset[UUID]:
    """Return in whose names somebody holds an authority with others; one that a human must determine is none."""
    found = registers.holding(party, represented, access).filter(jointly__gt=0).exclude(kind=Kind.UNDETERMINED)
    return frozenset(name for row in found for name in registers.speaks_for(row) or {party})


def _record(access: Access, what: str) -> None:
    logbook.record_act(access, what)
