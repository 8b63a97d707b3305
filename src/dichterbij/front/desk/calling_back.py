"""Asking to be called, and calling: by the last day of the term, by whoever of the organisation has time."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from dichterbij.delivery.cases import queries as cases
from dichterbij.delivery.cases.domain import UnknownCase
from dichterbij.ground.identity import queries as identity
from dichterbij.ground.identity.domain import Login
from dichterbij.ground.logbook import services as logbook
from dichterbij.ground.logbook.domain import Entry, without_numbers
from dichterbij.ground.logbook.domain import Kind as LineKind
from dichterbij.ground.organisations.domain import StaffRole
from dichterbij.kernel import clock
from dichterbij.kernel.access import Permission, Subject
from dichterbij.kernel.dates import working_days_after
from dichterbij.kernel.identifiers import Oin
from dichterbij.kernel.problems import Problem

from . import place
from .domain import Person
from .models import CallBack
from .rules import rules
from .sealing import opened, sealed

MOST_TRIES = 3
MOST_WAITING = 3
WHY = "U vroeg ons om te bellen"


class UnknownCallBack(Problem):
    """There is no such request here, or it is done."""

    code = "unknown-call-back"
    title = "Dit belverzoek is er niet meer"
    status = 404


class TooManyCallBacks(Problem):
    """Somebody asked to be called already."""

    code = "too-many-call-backs"
    title = "Wij hebben uw verzoek al"
    status = 409


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A request to be called. Name, number and subject are known only after a worker took it."""

    id: UUID
    call_by: date
    is_late: bool
    is_mine: bool
    tries: int
    name: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    about: str = field(default="", repr=False)
    case: UUID | None = None
    party: UUID | None = None


def ask(login: Login | None, organisation: Oin, *, name: str, phone: str, about: str, case: UUID | None = None) -> date:
    """Ask an organisation to call; returns the last day on which they do. Raises `TooManyCallBacks`."""
    party = login.subject.party if login else None
    waiting = CallBack.objects.filter(organisation=organisation.value, party=party, done_at__isnull=True)
    if party and waiting.count() >= MOST_WAITING:
        raise TooManyCallBacks("U vroeg al drie keer om te bellen. Wij bellen u zo snel mogelijk.")
    call_by = working_days_after(clock.today(), rules().call_back_days)
    CallBack.objects.create(
        organisation=organisation.value,
        party=party,
        case=case if case and party and _is_theirs(case, party) else None,
        sealed=sealed(organisation, {"name": name, "phone": phone, "about": without_numbers(about)}),
        asked_at=clock.now(),
        call_by=call_by,
    )
    return call_by


def waiting(role: StaffRole) -> tuple[Asked, ...]:
    """Return who waits for a call at an organisation, least time first; those of this worker opened."""
    rows = CallBack.objects.filter(organisation=role.organisation.value, done_at__isnull=True)
    return tuple(_asked(row, role) for row in rows.order_by("call_by", "asked_at")[:200])


def take(login: Login, role: StaffRole, number: UUID) -> Asked:
    """Let a worker make a call: from now on they see who and which number. Raises `UnknownCallBack`, `Denied`."""
    row = _row(role, number)
    if row.party is not None:
        subject = Subject(party=row.party, bsn=identity.bsn_of(row.party))
        access = place.access(login, role, subject, Permission.HANDLE, WHY)
        logbook.record(access, Entry(kind=LineKind.ACT, subject=subject.bsn, fields=("belverzoek",)))
    CallBack.objects.filter(id=row.id).update(taken_by=role.audit_ref)
    row.taken_by = role.audit_ref
    return _asked(row, role)


def called(role: StaffRole, number: UUID, outcome: str) -> None:
    """Keep how a call went: done, or to be tried again, at most three times. Raises `UnknownCallBack`."""
    row = _row(role, number)
    if row.taken_by != role.audit_ref:
        raise UnknownCallBack
    row.tries += 1
    if outcome != "no-answer" or row.tries >= MOST_TRIES:
        row.done_at, row.outcome = clock.now(), outcome
    row.save(update_fields=["tries", "done_at", "outcome"])


def who(role: StaffRole, number: UUID) -> Person:
    """Return who is called, to begin helping them on the phone; raises `UnknownCallBack` for who was not logged in."""
    row = _row(role, number)
    if row.party is None or row.taken_by != role.audit_ref:
        raise UnknownCallBack("Deze persoon was niet ingelogd. Zoek de persoon eerst op.")
    name = opened(role.organisation, row.sealed)["name"]
    return Person(
        subject=Subject(party=row.party, bsn=identity.bsn_of(row.party)), name=identity.name_of(row.party) or name
    )


def _row(role: StaffRole, number: UUID) -> CallBack:
    row = CallBack.objects.filter(id=number, organisation=role.organisation.value, done_at__isnull=True).first()
    if row is None:
        raise UnknownCallBack
    return row


def _asked(row: CallBack, role: StaffRole) -> Asked:
    is_mine = row.taken_by == role.audit_ref
    said = opened(role.organisation, row.sealed) if is_mine else {}
    return Asked(
        id=row.id,
        call_by=row.call_by,
        is_late=row.call_by < clock.today(),
        is_mine=is_mine,
        tries=row.tries,
        case=row.case if is_mine else None,
        party=row.party if is_mine else None,
        **said,
    )


def _is_theirs(case: UUID, party: UUID) -> bool:
    try:
        return cases.place(case).party == party
    except UnknownCase:
        return False
