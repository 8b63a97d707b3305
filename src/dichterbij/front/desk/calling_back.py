"""Asking to be called, and calling: by the last day of the term, by whoever of the organisation has time."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q

from dichterbij.delivery.cases import queries as cases
from dichterbij.delivery.cases.domain import UnknownCase
from dichterbij.ground.identity import queries as identity
from dichterbij.ground.identity.domain import Login
from dichterbij.ground.logbook import services as logbook
from dichterbij.ground.logbook.domain import Entry, without_numbers
from dichterbij.ground.logbook.domain import Kind as LineKind
from dichterbij.ground.organisations import keys
from dichterbij.ground.organisations.domain import StaffRole
from dichterbij.kernel import clock
from dichterbij.kernel.access import Permission
from dichterbij.kernel.dates import working_days_after
from dichterbij.kernel.identifiers import Oin
from dichterbij.kernel.problems import Problem

from . import place
from .domain import Person
from .models import CallBack
from .rules import rules
from .sealing import opened, sealed

HOUR = timedelta(hours=1)
PURPOSE = "desk.call"
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


class TooBusy(Problem):
    """Very many people who are not logged in ask to be called: perhaps a machine does."""

    code = "too-busy-to-call"
    title = "Wij kunnen nu geen nieuwe belverzoeken aannemen"
    status = 429


class TakenAlready(Problem):
    """A colleague makes this call."""

    code = "call-taken"
    title = "Een collega belt deze persoon al"
    status = 409


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A request to be called. Name, number and subject are known only after a worker took it.

    `is_taken`: a colleague makes the call; nobody else can take it for a while.
    """

    id: UUID
    call_by: date
    is_late: bool
    is_mine: bool
    is_taken: bool
    tries: int
    name: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    about: str = field(default="", repr=False)
    case: UUID | None = None
    party: UUID | None = None


def ask(login: Login | None, organisation: Oin, *, name: str, phone: str, about: str, case: UUID | None = None) -> date:
    """Ask an organisation to call; returns the last day on which they do. Raises `TooManyCallBacks` and `TooBusy`."""
    party, lookup = login.subject.party if login else None, _lookup(organisation, phone)
    _ensure_few(organisation, party, lookup)
    call_by = working_days_after(clock.today(), rules().call_back_days)
    CallBack.objects.create(
        organisation=organisation.value,
        party=party,
        case=case if case and party and _is_theirs(case, party) else None,
        sealed=sealed(organisation, {"name": name, "phone": phone, "about": without_numbers(about)}),
        lookup=lookup,
        asked_at=clock.now(),
        call_by=call_by,
    )
    return call_by


def waiting(role: StaffRole) -> tuple[Asked, ...]:
    """Return who waits for a call at an organisation, least time first; those of this worker opened."""
    rows = CallBack.objects.filter(organisation=role.organisation.value, done_at__isnull=True)
    return tuple(_asked(row, role) for row in rows.order_by("call_by", "asked_at")[:200])


def take(login: Login, role: StaffRole, number: UUID) -> Asked:
    """Let a worker make a call: from now on they see who and which number; a colleague cannot for a while.

    Raises `UnknownCallBack`, `TakenAlready` and `Denied`.
    """
    row = _row(role, number)
    if not _is_free(row, role):
        raise TakenAlready
    if row.party is not None:
        subject = identity.subject_of(row.party)
        access = place.access(login, role, subject, Permission.HANDLE, WHY)
        logbook.record(access, Entry(kind=LineKind.ACT, subject=subject.bsn, fields=("belverzoek",)))
    as_it_was = CallBack.objects.filter(id=row.id, taken_by=row.taken_by, taken_at=row.taken_at, done_at__isnull=True)
    row.taken_by, row.taken_at = role.audit_ref, clock.now()
    if not as_it_was.update(taken_by=row.taken_by, taken_at=row.taken_at):
        raise TakenAlready
    return _asked(row, role)


def called(role: StaffRole, number: UUID, outcome: str) -> None:
    """Keep how a call went: done, or to be tried again, as often as the rules say. Raises `UnknownCallBack`."""
    row = _row(role, number)
    if row.taken_by != role.audit_ref:
        raise UnknownCallBack
    row.tries += 1
    if outcome != "no-answer" or row.tries >= rules().call_tries:
        row.done_at, row.outcome = clock.now(), outcome
    row.save(update_fields=["tries", "done_at", "outcome"])


def who(role: StaffRole, number: UUID) -> Person:
    """Return who is called, to begin helping them on the phone; raises `UnknownCallBack` for who was not logged in."""
    row = _row(role, number)
    if row.party is None or row.taken_by != role.audit_ref:
        raise UnknownCallBack("Deze persoon was niet ingelogd. Zoek de persoon eerst op.")
    name = opened(role.organisation, row.sealed)["name"]
    return Person(subject=identity.subject_of(row.party), name=identity.name_of(row.party) or name)


def _ensure_few(organisation: Oin, party: UUID | None, lookup: str) -> None:
    """Raise when somebody, or a number, waits for enough calls already, or very many people without a login do."""
    waiting = CallBack.objects.filter(organisation=organisation.value, done_at__isnull=True)
    known = waiting.filter(Q(lookup=lookup) | Q(party=party) if party else Q(lookup=lookup))
    if known.count() >= rules().calls_waiting:
        raise TooManyCallBacks("U vroeg al vaker om te bellen. Wij bellen u zo snel mogelijk.")
    if party is None:
        lately = waiting.filter(party__isnull=True, asked_at__gt=clock.now() - HOUR)
        if lately.count() >= rules().calls_per_hour:
            raise TooBusy(
                "Heel veel mensen vroegen dit net.",
                remedy="Log in en vraag het dan, of vraag ons op een andere manier om hulp.",
            )


def _lookup(organisation: Oin, phone: str) -> str:
    """Return by what a number is known, however it was written: 06, +31 6 and 0031 6 are the same."""
    digits = "".join(sign for sign in phone if sign.isdecimal()).removeprefix("00").removeprefix("31").lstrip("0")
    return keys.keyed_hash(organisation, PURPOSE, digits)


def _is_free(row: CallBack, role: StaffRole) -> bool:
    if row.taken_by in ("", role.audit_ref) or row.taken_at is None:
        return True
    return row.taken_at <= clock.now() - timedelta(minutes=rules().call_held_minutes)


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
        is_taken=not _is_free(row, role),
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
