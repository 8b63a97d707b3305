"""Help somebody at the counter or on the phone: begin, hand over, end. It is in the person's log before it begins."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.db.models import Q

from dichterbij.ground.identity import queries as identity
from dichterbij.ground.identity import services as identities
from dichterbij.ground.identity.domain import Login
from dichterbij.ground.logbook import services as logbook
from dichterbij.ground.logbook.domain import Entry
from dichterbij.ground.logbook.domain import Kind as LineKind
from dichterbij.ground.organisations.domain import StaffRole, StaffTask
from dichterbij.ground.outbox import services as outbox
from dichterbij.kernel import clock
from dichterbij.kernel.access import Access, Permission
from dichterbij.kernel.problems import Problem

from . import place, reviewing
from .domain import Document, Ended, Help, How, NotHelping, Person, Presence, Shown, allowed_by_phone
from .events import HelpEnded
from .models import Assist
from .rules import rules
from .sealing import help_of, sealed

ACTS = {How.COUNTER: "hulp aan de balie", How.CALL: "hulp aan de telefoon", How.ABSENT: "noodopening"}
EVERYTHING = frozenset({Permission.READ, Permission.PREPARE, Permission.SUBMIT, Permission.RECEIVE})


class NotEnough(Problem):
    """Something is missing to begin: a reason from the list, why it is an emergency, the end of a document's number."""

    code = "not-enough"
    title = "Er ontbreekt nog iets"
    status = 422


def begin(login: Login, role: StaffRole, person: Person, shown: Shown, *, reason: str, because: str = "") -> Help:
    """Begin to help a person, for a reason of the list; `because`: why it is an emergency, in words.

    Whoever the worker was helping is left. Raises `Denied` for oneself and family, and `NotEnough`.
    """
    _ensure_enough(shown, reason, because)
    how = _how(shown.presence)
    told = because.strip() or rules().reason(reason, "nl")
    access = place.access(login, role, person.subject, Permission.HANDLE, told)
    logbook.record_act(access, ACTS[how])
    now = clock.now()
    lasts = rules().emergency_minutes if how is How.ABSENT else rules().help_minutes
    row = Assist(
        id=uuid4(),
        organisation=role.organisation.value,
        unit=role.unit,
        worker=login.party,
        staff=role.audit_ref,
        party=person.subject.party,
        how=how,
        presence=shown.presence,
        reason="" if because.strip() else reason,
        permissions=sorted(_permissions(shown)),
        sealed=sealed(
            role.organisation, {"name": person.name, "document": _document(shown), "because": because.strip()}
        ),
        opened_at=now,
        until=now + timedelta(minutes=lasts),
    )
    return _written(login, role, row, told)


def take_over(login: Login, help_id: UUID) -> Help:
    """Go on with the help of a colleague of the same unit, without asking everything again; raises `NotHelping`."""
    row = _of_unit(login, help_id)
    role = next(each for each in login.roles_with(StaffTask.DESK) if each.organisation.value == row.organisation)
    before = help_of(row)
    if not before.is_running(clock.now()) or row.worker == login.party:
        raise NotHelping
    subject = identity.subject_of(row.party)
    told = before.because or rules().reason(before.reason, "nl")
    access = place.access(login, role, subject, Permission.HANDLE, told)
    logbook.record(access, Entry(kind=LineKind.ACT, subject=subject.bsn, fields=("hulp overgenomen",)))
    new = Assist(
        id=uuid4(),
        organisation=row.organisation,
        unit=role.unit,
        worker=login.party,
        staff=role.audit_ref,
        party=row.party,
        how=row.how,
        presence=row.presence,
        reason=row.reason,
        permissions=row.permissions,
        sealed=row.sealed,
        opened_at=clock.now(),
        until=row.until,
        took_over=row.id,
    )
    return _written(login, role, new, told, also=row.id)


def end(login: Login, why: Ended) -> None:
    """End what the worker is helping with, if anything; the person gets in writing what was done."""
    found = place.running(login)
    if found is not None:
        _ended(found.id, why)


def stop(access: Access, help_id: UUID) -> None:
    """Let the person end help that they no longer want; raises `NotHelping`."""
    mine = Assist.objects.filter(id=help_id, party=access.subject.party)
    if not access.is_own() or not mine.exists():
        raise NotHelping
    if not mine.filter(ended_at__isnull=True).exists():
        return
    logbook.record_act(access, "hulp gestopt")
    _ended(help_id, Ended.STOPPED)


def end_overdue() -> int:
    """End help whose time is over; returns how many."""
    over = Assist.objects.filter(ended_at__isnull=True, until__lte=clock.now()).values_list("id", flat=True)
    return sum(_ended(each, Ended.OVER) for each in over[:100])


@dataclass(frozen=True, slots=True, kw_only=True)
class Elsewhere:
    """Help that a colleague is giving: who is helped is known only after taking it over, which is recorded."""

    id: UUID
    staff: str
    how: How
    opened_at: datetime


def of_colleagues(login: Login) -> tuple[Elsewhere, ...]:
    """Return the help that colleagues of the same unit are giving now: one of them may have to leave."""
    units = Q(pk__in=[])
    for role in login.roles_with(StaffTask.DESK):
        units |= Q(organisation=role.organisation.value, unit=role.unit)
    rows = Assist.objects.filter(units, ended_at__isnull=True, until__gt=clock.now()).exclude(worker=login.party)
    return tuple(
        Elsewhere(id=row.id, staff=row.staff, how=How(row.how), opened_at=row.opened_at)
        for row in rows.order_by("opened_at")[:20]
    )


def _ensure_enough(shown: Shown, reason: str, because: str) -> None:
    if shown.presence is Presence.EMERGENCY:
        if len(because.split()) < 3:
            raise NotEnough("Schrijf in een paar woorden waarom dit niet kan wachten.")
        return
    if reason not in rules().reasons:
        raise NotEnough("Kies een reden uit de lijst.")
    if shown.presence is Presence.DOCUMENT and (shown.document is None or not shown.document_end):
        raise NotEnough("Schrijf op welk document u zag, en de laatste tekens van het nummer.")


def _how(presence: Presence) -> How:
    return {Presence.QUESTIONS: How.CALL, Presence.EMERGENCY: How.ABSENT}.get(presence, How.COUNTER)


def _permissions(shown: Shown) -> frozenset[Permission]:
    match shown.presence:
        case Presence.EMERGENCY:
            return frozenset({Permission.READ})
        case Presence.QUESTIONS:
            return allowed_by_phone(shown.right, rules().right)
        case _:
            return EVERYTHING


def _document(shown: Shown) -> str:
    return f"{shown.document}:{shown.document_end}" if isinstance(shown.document, Document) else ""


def _written(login: Login, role: StaffRole, row: Assist, told: str, also: UUID | None = None) -> Help:
    left = place.running(login)
    if left is not None:
        end(login, Ended.REPLACED)
    try:
        with transaction.atomic():
            if also is not None and not _ended(also, Ended.HANDED_OVER):
                raise NotHelping("Een andere collega nam deze hulp net over.")
            row.save(force_insert=True)
            reviewing.opened_by(
                login, role, row.party, told, assist=row.id, is_emergency=row.presence == Presence.EMERGENCY
            )
    except IntegrityError:  # the same worker began with somebody else in another window at the same moment
        raise NotHelping("U bent in een ander venster al met iemand bezig.") from None
    place.forget()
    return help_of(row)


def _of_unit(login: Login, help_id: UUID) -> Assist:
    row = Assist.objects.filter(id=help_id).first()
    units = {(role.organisation.value, role.unit) for role in login.roles_with(StaffTask.DESK)}
    if row is None or (row.organisation, row.unit) not in units:
        raise NotHelping
    return row


def _ended(help_id: UUID, why: Ended) -> bool:
    """Write down that help ended and tell it, and take the person's matters from the screen of the worker.

    Returns whether it was still going on. The letter follows from what is told: nothing about it can stop the ending.
    """
    with transaction.atomic():
        running = Assist.objects.filter(id=help_id, ended_at__isnull=True)
        is_ended = bool(running.update(ended_at=clock.now(), ended=why))
        if is_ended:
            row = Assist.objects.get(id=help_id)
            outbox.emit(HelpEnded(help=row.id, party=row.party), person=str(row.party))
            identities.end_helping(row.worker)
    place.forget()
    return is_ended
