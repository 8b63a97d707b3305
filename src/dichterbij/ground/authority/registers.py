"""Authority by law, as registers told it (`told`), believed for a while and asked again.

What a register said is believed for a quarter of an hour and never past midnight (a child becomes of age then), or
until an event of the register says otherwise; after that it is asked again at the next act.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from dichterbij.ground.identity import queries as identity
from dichterbij.ground.identity import services as identities
from dichterbij.ground.identity.domain import Audience, Login
from dichterbij.ground.organisations import keys
from dichterbij.ground.organisations import queries as organisations
from dichterbij.ground.registry.answers import RegistryUnavailable
from dichterbij.ground.registry.domain import SourceRefused
from dichterbij.kernel import clock
from dichterbij.kernel.access import Access, Matter, Permission, Subject
from dichterbij.kernel.identifiers import Bsn

from . import standing, told
from .domain import ACTING_LEVEL, LOOKING, OWN, Authority, Kind, Scope, Unclear
from .models import RegisteredAuthority, RegistersAsked

BELIEVED = timedelta(minutes=15)
"""How long what a register said is believed: who acts for whom, and that nobody of a mandate has a guardian."""
KEPT = timedelta(days=1)
PURPOSE = "authority.registered"
ESTATE = frozenset({Matter.MONEY})
"""An estate is money: what somebody left, or what creditors share. Care and documents are not part of it."""
MATTERS = {
    Kind.ADMINISTRATOR: frozenset({Matter.MONEY}),
    Kind.MENTOR: frozenset({Matter.CARE}),
    **dict.fromkeys((Kind.EXECUTOR, Kind.HEIR, Kind.CONTACT, Kind.TRUSTEE), ESTATE),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ByLaw:
    """For whom somebody may act by law, as what, and since when, where the register says that.

    `unclear`: why only a human can find that out; `for_child`: also in the name of a child who is heir too.
    """

    kind: Kind
    represented: Subject
    name: str
    is_together: bool
    since: date | None
    unclear: Unclear | None
    for_child: bool

    def __repr__(self) -> str:
        return f"ByLaw({self.kind}, {self.represented.party})"


def look_up(access: Access) -> None:
    """Ask the registers for whom the subject of the access may act, and keep each answer in place of its last one.

    A register that does not answer stops no other, and what it said before stays until that is too old. Raises its
    `RegistryUnavailable` or `SourceRefused` after the others were asked.
    """
    failures = []
    for register, ask in told.SOURCES:
        try:
            found = list(ask(access, access.subject.bsn, _children(access))) if access.subject.bsn else []
        except (RegistryUnavailable, SourceRefused) as failure:
            failures.append(failure)
        else:
            _keep(access, register, found)
    if failures:
        raise failures[0]
    RegistersAsked.objects.update_or_create(party=access.subject.party, defaults={"at": clock.now()})


def _children(access: Access) -> tuple[Bsn, ...]:
    """Return over which children somebody has authority, as the population register was just asked, or not long ago."""
    rows = RegisteredAuthority.objects.filter(representative=access.subject.party, kind=Kind.PARENT)
    parties = set(rows.filter(valid_until__gt=clock.now()).values_list("represented", flat=True))
    return tuple(each.bsn for each in identity.subjects_of(parties).values() if each.bsn)


def _keep(access: Access, register: str, found: list[told.Found]) -> None:
    """Keep for whom somebody may act as a register says, in place of what it said before."""
    now = clock.now()
    until = min(now + BELIEVED, clock.end_of(clock.day_of(now)))
    rows = [
        RegisteredAuthority(
            representative=access.subject.party,
            represented=identities.party_for(each.number),
            kind=each.kind,
            register=register,
            unclear=each.unclear or "",
            speaks_for=[str(identities.party_for(number)) for number in each.speaks_for],
            sealed=name_sealed(each.name),
            age=each.age,
            since=each.since,
            jointly=each.jointly,
            always_jointly=each.always_jointly,
            fetched_at=now,
            valid_until=until,
        )
        for each in found
    ]
    with transaction.atomic():
        RegisteredAuthority.objects.filter(representative=access.subject.party, register=register).delete()
        RegisteredAuthority.objects.bulk_create(rows, ignore_conflicts=True)  # said twice, or asked twice at once


def known(access: Access) -> tuple[ByLaw, ...]:
    """Return for whom somebody may act, as the registers said when they were last asked."""
    rows = list(RegisteredAuthority.objects.filter(representative=access.subject.party).order_by("kind", "id"))
    subjects = identity.subjects_of({row.represented for row in rows})
    return tuple(
        ByLaw(
            kind=Kind(row.kind),
            represented=subjects[row.represented],
            name=name_in(bytes(row.sealed)),
            is_together=row.jointly > 0,
            since=row.since,
            unclear=Unclear(row.unclear) if row.unclear else None,
            for_child=bool(speaks_for(row) - {row.representative}),
        )
        for row in rows
    )


def speaks_for(row: RegisteredAuthority) -> frozenset[UUID]:
    """Return in whose names somebody acts and agrees as an heir; empty: only in their own."""
    return frozenset(UUID(party) for party in row.speaks_for)


def asked_at(party: UUID) -> datetime | None:
    """Return when the registers were last asked for whom somebody may act; None when that was not today."""
    row = asked_of(party).first()
    return row.at if row else None


def asked_of(party: UUID) -> "QuerySet[RegistersAsked]":
    """Return the row that says the registers were asked today for whom somebody may act; none when they were not."""
    return RegistersAsked.objects.filter(party=party, at__gt=clock.now() - KEPT)


def between(one: UUID, other: UUID) -> "QuerySet[RegisteredAuthority]":
    """Return by what one of two people acts for the other by law, as the registers said today."""
    pairs = Q(represented=one, representative=other) | Q(represented=other, representative=one)
    return RegisteredAuthority.objects.filter(pairs)


def source(login: Login, subject: Subject, at: datetime) -> tuple[Authority, ...]:
    """Return what a login may do for another by law; asks the registers again when their answer is too old."""
    if login.audience is not Audience.CITIZEN or subject.party == login.party:
        return ()
    from .portal import own_access  # the portal asks `require`, which asks the sources

    may_ask = login.level >= ACTING_LEVEL
    return of(login.party, subject.party, at, (lambda: own_access(login, Permission.READ)) if may_ask else None)


def of(
    representative: UUID, represented: UUID, at: datetime, access: Callable[[], Access] | None
) -> tuple[Authority, ...]:
    """Return by what one person acts for another by law. `access`: to ask the registers again, where that is needed."""
    rows = _held(representative, represented)
    if access is not None and any(row.valid_until <= at for row in rows):
        _look_up_again(access(), rows)
        rows = rows.all()  # asked anew
    return tuple(_authority(row, at) for row in rows)


def holding(representative: UUID, represented: UUID, access: Callable[[], Access]) -> "QuerySet[RegisteredAuthority]":
    """Return by what one person acts for another now. `access`: to ask the registers again, when that is needed."""
    rows = _held(representative, represented)
    if not rows.filter(valid_until__gt=clock.now()).exists():
        _look_up_again(access(), rows)
    return rows.filter(valid_until__gt=clock.now())


def is_bankrupt(subject: Subject, access: Callable[[], Access]) -> bool:
    """Say whether a company is bankrupt, as believed. `access`: to ask the courts, when that is needed."""
    row = RegistersAsked.objects.filter(party=subject.party, at__gt=clock.now() - BELIEVED).first()
    if row is None and subject.kvk_number is not None:
        said = {"at": clock.now(), "is_bankrupt": bool(standing.bankrupt(access(), (subject.kvk_number,)))}
        row = RegistersAsked.objects.update_or_create(party=subject.party, defaults=said)[0]
    return row is not None and row.is_bankrupt


def forget(party: UUID) -> None:
    """Forget what registers said about somebody, as representative or represented: an event made it old."""
    RegisteredAuthority.objects.filter(representative=party).update(valid_until=clock.now())
    RegisteredAuthority.objects.filter(represented=party).update(valid_until=clock.now())


def purge(now: datetime) -> int:
    """Remove what was said more than a day ago; returns how many."""
    asked = RegistersAsked.objects.filter(at__lte=now - KEPT).delete()[0]
    return asked + RegisteredAuthority.objects.filter(fetched_at__lte=now - KEPT).delete()[0]


def _look_up_again(access: Access, rows: "QuerySet[RegisteredAuthority]") -> None:
    """Ask again; a register that does not answer matters only when no other says that the person may act."""
    try:
        look_up(access)
    except (RegistryUnavailable, SourceRefused):
        if not rows.filter(valid_until__gt=clock.now()).exists():
            raise


def _held(representative: UUID, represented: UUID) -> "QuerySet[RegisteredAuthority]":
    return RegisteredAuthority.objects.filter(representative=representative, represented=represented)


def _authority(row: RegisteredAuthority, at: datetime) -> Authority:
    return Authority(
        kind=Kind(row.kind),
        representative=row.representative,
        represented=row.represented,
        scope=Scope(matters=MATTERS.get(Kind(row.kind))),
        permissions=LOOKING if row.kind == Kind.CONTACT else OWN,
        valid_from=min(row.fetched_at, at),  # fetched because of this very act
        valid_until=row.valid_until,
        source="registers",
        minimum_level=ACTING_LEVEL,
        age=row.age,
        jointly=row.jointly,
        always_jointly=row.always_jointly,
        speaks_for=speaks_for(row),
    )


def name_sealed(name: str) -> bytes:
    """Return a name as it is kept."""
    return keys.seal(organisations.operator().oin, json.dumps(name).encode(), purpose=PURPOSE)


def name_in(sealed: bytes) -> str:
    """Return the name that `name_sealed` keeps."""
    return str(json.loads(keys.open_sealed(organisations.operator().oin, sealed, purpose=PURPOSE)))
