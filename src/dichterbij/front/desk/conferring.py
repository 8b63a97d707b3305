"""A case conference: who helps a person brings in the organisation that decides on one of their cases.

The one who helps sees what the person sees; the one who decides opens their own case with their own task and reason.
Both see the words of the conference and nothing more of each other's work; both stand in the person's log.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import transaction

from dichterbij.delivery.cases import queries as cases
from dichterbij.ground.authority.services import for_staff, require
from dichterbij.ground.identity import queries as identity
from dichterbij.ground.identity.domain import Login
from dichterbij.ground.logbook import services as logbook
from dichterbij.ground.organisations import queries as organisations
from dichterbij.ground.organisations.domain import StaffTask
from dichterbij.kernel import clock
from dichterbij.kernel.access import Access, Permission
from dichterbij.kernel.identifiers import Oin
from dichterbij.kernel.problems import Problem

from . import place
from .domain import Help, NotHelping
from .models import Conference, Said
from .sealing import opened, sealed

DECIDES = frozenset({StaffTask.HANDLE, StaffTask.DECIDE})


class NoConference(Problem):
    """There is no such conference for this worker, or it is over."""

    code = "no-conference"
    title = "Dit overleg is er niet"
    status = 404


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What one side said, and when; the worker has no name."""

    organisation: str
    at: datetime
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """A conference as both sides see it."""

    id: UUID
    case: UUID
    asked_by: str
    invited: str
    product: str
    asked_at: datetime
    is_over: bool
    words: tuple[Words, ...] = ()


def ask(login: Login, case: UUID, words: str) -> UUID:
    """Bring in the organisation that decides on a case of who is being helped; raises `NotHelping` and `Denied`."""
    helped, at = ensure_may_ask(login, case), cases.place(case)
    access = require(login, at.product, Permission.READ, subject=identity.subject_of(at.party), case=case)
    logbook.record_act(access, "overleg")
    with transaction.atomic():
        row, _is_new = Conference.objects.get_or_create(
            case=case,
            organisation=helped.organisation.value,
            ended_at=None,
            defaults={
                "invited": at.product.organisation.value,
                "assist_id": helped.id,
                "party": at.party,
                "asked_at": clock.now(),
            },
        )
        _write(row, helped.organisation, helped.staff, words)
    return row.id


def ensure_may_ask(login: Login, case: UUID) -> Help:
    """Return who is being helped; raises `NotHelping` unless it is their case at another organisation."""
    helped, at = place.running(login), cases.place(case)
    if helped is None or at.party != helped.party or at.product.organisation == helped.organisation:
        raise NotHelping("Overleg gaat over een aanvraag bij een andere organisatie, van wie u nu helpt.")
    return helped


def about(helped: Help) -> tuple[Shared, ...]:
    """Return what the organisation that helps somebody asked others about their cases, whichever worker asked."""
    rows = Conference.objects.filter(party=helped.party, organisation=helped.organisation.value)
    return tuple(_shared(row, with_words=True) for row in rows.prefetch_related("words").order_by("asked_at"))


def in_talks(party: UUID, talks: Collection[UUID]) -> dict[UUID, list[Shared]]:
    """Return what was asked and answered in each of these talks, for the person whose talks they were."""
    found: dict[UUID, list[Shared]] = {talk: [] for talk in talks}
    rows = Conference.objects.filter(assist_id__in=talks, party=party).prefetch_related("words")
    for row in rows.order_by("asked_at"):
        found[row.assist_id].append(_shared(row, with_words=True))
    return found


def waiting(login: Login) -> tuple[Shared, ...]:
    """Return the conferences to which the units of a worker are invited, without their words."""
    units = {(role.organisation.value, role.unit) for role in login.staff if DECIDES & set(role.roles)}
    rows = Conference.objects.filter(invited__in=[body for body, _unit in units], ended_at__isnull=True)
    found = (row for row in rows.exclude(party=login.party).order_by("asked_at")[:100])
    return tuple(_shared(row, with_words=False) for row in found if _has(units, row))


def _has(units: set[tuple[str, str]], row: Conference) -> bool:
    unit = cases.place(row.case).unit
    return not unit or (row.invited, unit) in units


def join(login: Login, conference: UUID) -> tuple[Shared, Access]:
    """Return a conference for who decides on its case; their look is recorded. Raises `NoConference`, `Denied`."""
    row = Conference.objects.prefetch_related("words").filter(id=conference).first()
    if row is None:
        raise NoConference
    at = cases.place(row.case)
    why = f"Overleg met {organisations.organisation(Oin(row.organisation)).name}"
    access = for_staff(
        login,
        at.product,
        Permission.READ,
        subject=identity.subject_of(row.party),
        case=row.case,
        reason=why,
        unit=at.unit,
    )
    logbook.record_view(access, "overleg")
    return _shared(row, with_words=True), access


def answer(login: Login, conference: UUID, words: str) -> None:
    """Say something as who decides; raises `NoConference` and `Denied`."""
    shared, access = join(login, conference)
    if shared.is_over:
        raise NoConference
    row = Conference.objects.get(id=conference)
    _write(row, access.organisation, access.actor.staff_reference, words)


def end(login: Login, conference: UUID) -> None:
    """End a conference, as who decides; raises `NoConference` and `Denied`."""
    join(login, conference)
    Conference.objects.filter(id=conference, ended_at__isnull=True).update(ended_at=clock.now())


def _write(row: Conference, organisation: Oin, staff: str, words: str) -> None:
    Said.objects.create(
        conference=row,
        organisation=organisation.value,
        staff=staff,
        said_at=clock.now(),
        sealed=sealed(organisation, {"words": words}),
    )


def _shared(row: Conference, *, with_words: bool) -> Shared:
    said = sorted(row.words.all(), key=lambda each: each.said_at) if with_words else ()
    return Shared(
        id=row.id,
        case=row.case,
        asked_by=organisations.organisation(Oin(row.organisation)).name,
        invited=organisations.organisation(Oin(row.invited)).name,
        product=cases.place(row.case).product.id,
        asked_at=row.asked_at,
        is_over=row.ended_at is not None,
        words=tuple(_words(each) for each in said),
    )


def _words(row: Said) -> Words:
    organisation = Oin(row.organisation)
    return Words(
        organisation=organisations.organisation(organisation).name,
        at=row.said_at,
        text=opened(organisation, row.sealed)["words"],
    )
