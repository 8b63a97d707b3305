"""Take back what a worker did with the person at the counter or on the phone: by the person, for a while.

Or by whoever may send something for them, a worker who helps them too: on their word, written down as such.
"""

from uuid import UUID

from django.db import transaction

from dichterbij.delivery.catalogue import queries as catalogue
from dichterbij.delivery.catalogue.domain import Channel
from dichterbij.kernel import clock
from dichterbij.kernel.access import Access, Permission
from dichterbij.kernel.dates import term_end

from .. import models, rows, undoing
from ..domain import Case, Happened, NotNow, State, Step, helped, suspended_days
from .asking import ANSWER_WEEKS
from .handling import withdraw
from .steps import record_act, write_down


class TooLateToUndo(NotNow):
    """The time to take something back is over, or what came after rests on it."""

    code = "too-late-to-undo"
    title = "U kunt dit niet meer ongedaan maken"


def undo(access: Access, case: UUID, number: int) -> None:
    """Take back one step of a case that a worker took with the person; raises `TooLateToUndo` and `UnknownCase`.

    An application is withdrawn, an answer taken back so that the question waits again, an objection or a withdrawal
    no longer counts.
    """
    if access.permission is not Permission.SUBMIT:
        raise NotNow("Alleen de aanvrager kan dit ongedaan maken.")
    found = rows.whole(rows.case_row(access, case))
    step = _ensure_may(found, number)
    _ensure_in_writing(access, step)
    record_act(access, "ongedaan maken")
    if step.step is Step.SUBMIT:
        withdraw(access, case)
    with transaction.atomic():
        row = rows.case_row(access, case, lock=True)
        if step.step is not Step.SUBMIT:
            _ensure_may(rows.whole(row), number)
            _take_back(row, step.step)
        staff, by = access.actor.staff_reference, access.actor.role
        write_down(row, Step.UNDO, by=by, staff=staff, note=str(number), with_help=helped(access))


def _ensure_in_writing(access: Access, step: Happened) -> None:
    """Raise `NotNow` on the phone for an objection: it is withdrawn in writing (Awb 6:21)."""
    by = helped(access)
    if step.step is Step.OBJECT and by is not None and by.how == Channel.CALL:
        raise NotNow(
            "Een bezwaar intrekken kan niet aan de telefoon: de wet vraagt het schriftelijk.",
            remedy="Het kan wel op deze site, met een brief of aan de balie.",
        )


def _ensure_may(case: Case, number: int) -> Happened:
    step = next((each for each in case.history if each.number == number), None)
    if step is None or undoing.until(case, step) is None:
        raise TooLateToUndo(
            "De tijd daarvoor is voorbij, of er is daarna al iets gebeurd.",
            remedy="Bent u het ergens niet mee eens? Vraag ons om hulp, of maak bezwaar als er een besluit is.",
        )
    return step


def _take_back(row: models.Case, step: Step) -> None:
    if step is Step.OBJECT:
        row.objections.filter(ruled_on__isnull=True).delete()
        return
    if step is Step.ANSWER:
        _ask_again(row)
    else:
        row.state = State.IN_HANDLING if row.handler else State.SUBMITTED
        row.finished_on = None
    row.save(update_fields=["state", "finished_on", "waiting_since", "suspended_days", "decide_by"])


def _ask_again(row: models.Case) -> None:
    """Let the last answered question wait for an answer again; the term stands still from when it was asked."""
    question = row.questions.filter(answered_at__isnull=False).latest("answered_at")
    row.suspended_days -= suspended_days(question.asked_on, question.ended_on or question.asked_on)
    row.decide_by = catalogue.product(row.product).term.last_day(row.term_from or row.received_on, row.suspended_days)
    row.state, row.waiting_since = State.WAITING_FOR_CITIZEN, question.asked_on
    question.ended_on = question.answered_at = question.answer_sealed = None
    question.answer_by = max(question.answer_by, term_end(clock.today(), weeks=ANSWER_WEEKS))
    question.save(update_fields=["ended_on", "answered_at", "answer_sealed", "answer_by"])
