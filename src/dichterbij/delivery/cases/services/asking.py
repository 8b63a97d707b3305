"""Ask the citizen something: the term to decide stands still until the answer (Awb 4:15). Both see it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from django.db import transaction

from dichterbij.delivery.catalogue import queries as catalogue
from dichterbij.delivery.contact import outages
from dichterbij.delivery.messages import services as messages
from dichterbij.delivery.messages.document import Document
from dichterbij.delivery.messages.domain import Envelope, Nature
from dichterbij.ground.outbox import services as outbox
from dichterbij.kernel import clock
from dichterbij.kernel.access import Access, Permission, Role
from dichterbij.kernel.dates import term_end

from .. import letters, models, rows
from ..domain import Json, NotComplete, NotNow, State, Step, Value, after, suspended_days
from ..events import QuestionAnswered, QuestionAsked
from ..sealing import closed
from .addressing import paper_address
from .steps import ensure_may_follow, ensure_worker, organisation, record_act, stepped, write_down

ANSWER_WEEKS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ask:
    question: UUID
    text: str
    fact: str
    asked_on: date
    answer_by: date


def ask(access: Access, case: UUID, text: str, *, fact: str = "", weeks: int = ANSWER_WEEKS) -> UUID:
    """Ask the citizen a question by letter in their box; returns the question. The term stops today.

    `fact`: the fact that the answer supplies, when it is one that only the applicant knows. `weeks`: time to answer.
    """
    ensure_worker(access, Permission.HANDLE)
    if not text.strip():
        raise NotComplete("Schrijf op wat u wilt weten.")
    ensure_may_follow(State(rows.case_row(access, case).state), Step.ASK)
    address = paper_address(access)
    record_act(access, "vraag")
    while True:
        today = clock.today()
        asked = _Ask(question=uuid4(), text=text, fact=fact, asked_on=today, answer_by=term_end(today, weeks=weeks))
        letter = messages.render(_letter(access, case, asked, address))
        with transaction.atomic():
            if clock.today() == today:
                row = _write(access, case, asked)
                messages.send(_envelope(access, row, asked), letter)
                return asked.question


def _letter(access: Access, case: UUID, asked: _Ask, address: tuple[str, ...]) -> Document:
    found = rows.whole(rows.case_row(access, case))
    return letters.question(found, text=asked.text, asked_on=asked.asked_on, answer_by=asked.answer_by, address=address)


def _write(access: Access, case: UUID, asked: _Ask) -> models.Case:
    row = stepped(access, case, Step.ASK)
    row.waiting_since = asked.asked_on
    row.handler = row.handler or access.actor.staff_reference
    row.save(update_fields=["state", "waiting_since", "handler"])
    row.questions.create(
        id=asked.question,
        organisation=row.organisation,
        sealed=closed(organisation(row), {"text": asked.text, "fact": asked.fact}),
        asked_at=clock.now(),
        asked_on=asked.asked_on,
        answer_by=asked.answer_by,
    )
    outbox.emit(
        QuestionAsked(
            case=row.id, party=row.party, organisation=organisation(row), product=row.product, answer_by=asked.answer_by
        ),
        person=str(row.party),
    )
    return row


def _envelope(access: Access, row: models.Case, asked: _Ask) -> Envelope:
    return Envelope(
        cause=asked.question,
        party=row.party,
        organisation=access.organisation,
        activity=access.activity.id,
        level=catalogue.product(row.product).level,
        nature=Nature.QUESTION,
        product=row.product,
        matter=catalogue.product(row.product).matter,
        case=row.id,
        expects_reaction=True,
        react_by=asked.answer_by,
    )


def answer(access: Access, case: UUID, question: UUID, given: Value) -> None:
    """Give the answer of the citizen; the term goes on from today. The same answer again changes nothing.

    `given` None: the citizen does not know. That is an answer too, and no fact.
    """
    if access.permission is not Permission.SUBMIT:
        raise NotNow("Alleen de aanvrager kan antwoord geven.")
    if isinstance(given, str) and not given.strip():
        raise NotComplete("Schrijf uw antwoord op.")
    row = rows.case_row(access, case)
    if row.questions.filter(id=question, answered_at__isnull=False).exists():
        return
    ensure_may_follow(State(row.state), Step.ANSWER)
    record_act(access, "antwoord")
    with transaction.atomic():
        row = stepped(access, case, Step.ANSWER)
        end_question(row, clock.today(), {"answer": given})
        row.save(update_fields=["state", "waiting_since", "suspended_days", "decide_by"])
        outbox.emit(
            QuestionAnswered(case=row.id, party=row.party, organisation=organisation(row), product=row.product),
            person=str(row.party),
        )


def end_question(row: models.Case, ended_on: date, given: Mapping[str, Json] | None = None) -> None:
    """Close the open question of a locked case, if there is one, and move the term by the days it stood still.

    `given`: the answer; None when there was none.
    """
    found = row.questions.filter(ended_on__isnull=True).first()
    if found is None:
        return
    found.ended_on = ended_on
    if given is not None:
        found.answered_at = clock.now()
        found.answer_sealed = closed(organisation(row), given)
    found.save(update_fields=["ended_on", "answered_at", "answer_sealed"])
    row.suspended_days += suspended_days(found.asked_on, ended_on)
    term = catalogue.product(row.product).term
    row.decide_by = term.last_day(row.term_from or row.received_on, row.suspended_days)
    row.waiting_since = None


def let_go_of_unanswered() -> int:
    """Let the term go on in every case whose question was not answered in time; returns how many there were."""
    late = models.Question.objects.filter(ended_on__isnull=True, answer_by__lt=clock.today())
    late = late.exclude(organisation__in=outages.still_down())  # nobody could answer: Awb 2:21
    return sum(_let_go(case) for case in late.values_list("case", flat=True))


def _let_go(case: UUID) -> bool:
    with transaction.atomic():
        row = models.Case.objects.select_for_update().get(id=case)
        found = row.questions.filter(ended_on__isnull=True, answer_by__lt=clock.today()).first()
        if found is None or row.state != State.WAITING_FOR_CITIZEN:
            return False
        row.state = after(State.WAITING_FOR_CITIZEN, Step.LET_GO)
        end_question(row, found.answer_by)
        row.save(update_fields=["state", "waiting_since", "suspended_days", "decide_by"])
        write_down(row, Step.LET_GO, by=Role.SYSTEM)
        return True
