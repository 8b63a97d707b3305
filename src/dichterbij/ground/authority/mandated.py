"""What a mandate allows now: asked at every act, and asked again of the courts after a quarter of an hour.

Guardianship of who gave a mandate, of who has it, and of who passed it on ends it (Burgerlijk Wetboek 3:72). While who
gave it is bankrupt it covers no money: that goes by the trustee (Burgerlijk Wetboek 3:72, Faillissementswet 23 and 68).
"""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from dichterbij.ground.identity import queries as identity
from dichterbij.ground.identity.domain import Audience, Login, Stated
from dichterbij.kernel import clock
from dichterbij.kernel.access import Access, Matter, Permission, Subject

from . import standing
from .domain import ACTING_LEVEL, LOOKING, OWN, Authority, Kind, Scope
from .mandates import Given, as_given, over, running
from .models import Ending, Mandate
from .registers import BELIEVED, ESTATE

NOT_OF_ESTATE = frozenset(Matter) - ESTATE


def source(login: Login, subject: Subject, at: datetime) -> tuple[Authority, ...]:
    """Return what a login may do for another by mandate; also ended ones, so that the reason can be told."""
    if login.audience is not Audience.CITIZEN or subject.party == login.party:
        return ()
    from .portal import own_access  # the portal asks `require`, which asks the sources

    may_ask = login.level >= ACTING_LEVEL
    return of(login.party, subject.party, at, (lambda: own_access(login, Permission.READ)) if may_ask else None)


def of(
    representative: UUID, represented: UUID, at: datetime, access: Callable[[], Access] | None
) -> tuple[Authority, ...]:
    """Return by what one person acts for another by mandate. `access`: to ask the courts again, where it is needed."""
    rows = Mandate.objects.filter(representative=representative, represented=represented)
    found = [row for row in rows if not _has_died(row)]
    if access is not None and any(_is_to_check(row, at) for row in found):
        _check(access(), found)
        found = list(rows.filter(id__in=[row.id for row in found]))
    return tuple(authority for row in found for authority in _authorities(row, at))


def holding(mandate: UUID, access: Callable[[], Access]) -> Given | None:
    """Return a mandate that holds now, whole; None when it does not. `access`: to ask the courts, when needed."""
    rows = running().filter(id=mandate).exclude(accepted_at=None)
    row = rows.first()
    if row is not None and _is_to_check(row, clock.now()):
        _check(access(), [row])
        row = rows.first()
    return None if row is None or row.is_bankrupt or _has_died(row) else as_given([row])[0]


def stated(ground: str) -> Stated | None:
    """Return what to say elsewhere of the mandate by which somebody acts now; None for another ground, and its end.

    While who gave it is bankrupt nothing is said: what it still covers is for here to judge.
    """
    kind, _, number = ground.partition(":")
    row = (
        running().filter(id=number).exclude(accepted_at=None).first()
        if kind == Kind.MANDATE and _is_id(number)
        else None
    )
    if row is None or row.is_bankrupt:
        return None
    return Stated(
        products=frozenset(row.products),
        is_everything=row.is_everything,
        may_submit=row.may_submit,
        until=row.valid_until,
        reference=str(row.id),
    )


def forget(party: UUID) -> None:
    """Ask the courts again about the mandates of somebody: an event made what they said old."""
    Mandate.objects.filter(represented=party).update(checked_until=clock.now())
    Mandate.objects.filter(representative=party).update(checked_until=clock.now())


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def _is_to_check(row: Mandate, at: datetime) -> bool:
    is_old = row.checked_until is None or row.checked_until <= at
    return is_old and at < row.valid_until and row.ended_at is None and row.accepted_at is not None


def _check(access: Access, rows: list[Mandate]) -> None:
    """Ask who of these mandates has a guardian now, and end what they gave, have and passed on; ask who is bankrupt."""
    subjects = identity.subjects_of({party for row in rows for party in _people(row)})
    numbers = {subject.bsn: party for party, subject in subjects.items() if subject.bsn is not None}
    for bsn in standing.with_guardian(access, tuple(numbers)):
        over(Mandate.objects.filter(represented=numbers[bsn]), because=Ending.REPRESENTED)
        over(Mandate.objects.filter(representative=numbers[bsn]), because=Ending.REPRESENTATIVE)
    bankrupt = standing.bankrupt(access, tuple(numbers))
    for row in rows:
        is_bankrupt = subjects[row.represented].bsn in bankrupt
        until = clock.now() + BELIEVED
        Mandate.objects.filter(id=row.id).update(checked_until=until, is_bankrupt=is_bankrupt)


def _people(row: Mandate) -> list[UUID]:
    """Return who gave a mandate, who has it, and who passed it on."""
    before = Mandate.objects.filter(id=row.passed_on_from).first() if row.passed_on_from else None
    found = (row.represented, row.representative, before.representative if before else None)
    return [party for party in found if party is not None]


def _has_died(row: Mandate) -> bool:
    return any(identity.has_died(party) for party in _people(row))


def _authorities(row: Mandate, at: datetime) -> tuple[Authority, ...]:
    """Return what a mandate allows: for everything that is each product, also a later one, and the general pages."""
    matters = NOT_OF_ESTATE if row.is_bankrupt else frozenset(Matter)
    scopes = [Scope(products=frozenset(row.products), matters=matters if row.is_bankrupt else None)]
    if row.is_everything:
        scopes.append(Scope(matters=matters))
    return tuple(_authority(row, scope, at) for scope in scopes)


def _authority(row: Mandate, scope: Scope, at: datetime) -> Authority:
    return Authority(
        kind=Kind.MANDATE,
        representative=row.representative or row.represented,
        represented=row.represented,
        scope=scope,
        permissions=OWN if row.may_submit else LOOKING,
        valid_from=row.accepted_at or row.valid_until,
        valid_until=min(row.valid_until, row.ended_at, at) if row.ended_at else row.valid_until,  # by this very act
        source="mandates",
        reference=str(row.id),
        minimum_level=ACTING_LEVEL,
    )
