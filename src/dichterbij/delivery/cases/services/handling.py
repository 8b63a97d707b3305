"""Take a case in hand, give it to another unit, or take an application back."""

from uuid import UUID

from django.db import transaction

from dichterbij.ground.organisations import queries as organisations
from dichterbij.ground.outbox import services as outbox
from dichterbij.kernel import clock
from dichterbij.kernel.access import Access, Permission, Role

from .. import rows
from ..domain import AGAIN_ON_PAPER, ON_PAPER, Case, CaseLine, NotNow, State, Step, UnknownUnit
from ..events import CaseWithdrawn
from .asking import end_question
from .steps import ensure_may_follow, ensure_worker, organisation, record_act, stepped, write_down


def take(access: Access, case: UUID) -> CaseLine:
    """Let a worker have a case; taking it twice changes nothing, taking it over from a colleague is written down."""
    ensure_worker(access, Permission.HANDLE)
    row = rows.case_row(access, case)
    if row.handler == access.actor.staff_reference:
        return rows.line(row)
    record_act(access, "behandeling")
    with transaction.atomic():
        row = rows.case_row(access, case, lock=True)
        if row.state == State.SUBMITTED:
            row = stepped(access, case, Step.TAKE)
        row.handler = access.actor.staff_reference
        row.save(update_fields=["state", "handler"])
    return rows.line(row)


def move(access: Access, case: UUID, unit: str) -> None:
    """Give a case to another unit of the organisation, with all that happened to it; raises `NotNow`, `UnknownUnit`."""
    ensure_worker(access, Permission.HANDLE)
    row = rows.case_row(access, case)
    ensure_may_follow(State(row.state), Step.MOVE)
    if unit == row.unit or unit not in organisations.organisation(access.organisation).units:
        raise UnknownUnit
    record_act(access, "overdracht")
    with transaction.atomic():
        row = stepped(access, case, Step.MOVE, note=unit)
        row.unit, row.handler = unit, ""
        row.save(update_fields=["unit", "handler"])


def join_paper(access: Access, case: UUID) -> None:
    """Write down that what runs already was applied for on paper too; the paper goes with the case."""
    record_act(access, "aanvraag")
    with transaction.atomic():
        row = rows.case_row(access, case, lock=True)
        write_down(row, Step.SUBMIT, by=access.actor.role, staff=access.actor.staff_reference, note=AGAIN_ON_PAPER)


def note_unanswered_paper(access: Access, case: UUID) -> None:
    """Write down once that nobody sent what was asked about paper: its organisation goes on with what can be read."""
    with transaction.atomic():
        row = rows.case_row(access, case, lock=True)
        if not row.steps.filter(step=Step.LET_GO, note=ON_PAPER).exists():
            write_down(row, Step.LET_GO, by=Role.SYSTEM, note=ON_PAPER)


def _ensure_undecided(case: Case) -> None:
    ensure_may_follow(case.line.state, Step.WITHDRAW)
    if case.has_made_known:
        raise NotNow("Er is al een besluit. Wij bekijken dat opnieuw.")


def withdraw(access: Access, case: UUID) -> CaseLine:
    """Take an application back. Only the person, or who acts for them, can; not after the decision."""
    if access.permission is not Permission.SUBMIT:
        raise NotNow("Alleen de aanvrager kan de aanvraag intrekken.")
    _ensure_undecided(rows.whole(rows.case_row(access, case)))
    record_act(access, "intrekking")
    with transaction.atomic():
        row = stepped(access, case, Step.WITHDRAW)
        end_question(row, clock.today())
        row.finished_on = clock.today()
        row.save(update_fields=["state", "finished_on", "waiting_since", "suspended_days", "decide_by"])
        outbox.emit(
            CaseWithdrawn(case=row.id, party=row.party, organisation=organisation(row), product=row.product),
            person=str(row.party),
        )
    return rows.line(row)
