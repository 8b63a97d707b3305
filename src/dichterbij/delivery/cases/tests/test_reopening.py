"""What rested on an event that did not happen: drafts go, cases come back, nothing decides by itself."""

from datetime import date
from uuid import uuid4

import pytest

from dichterbij.delivery.cases import queries, services
from dichterbij.delivery.cases.domain import CaseLine, NotDecidable, NotNow, State, Step, UnknownDraft
from dichterbij.delivery.messages import queries as messages
from dichterbij.delivery.messages.tests.reading import text_of_html
from dichterbij.ground.outbox import services as outbox
from dichterbij.kernel.access import Permission

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "logbook"])
VEHICLE, ALLOWANCE = "voertuig-na-overlijden", "zorgtoeslag"
CAUSE = "death:somebody"
TOLD = {"overlijdensdatum": "2026-06-08", "relatie_tot_overledene": "kind"}


@pytest.fixture
def submit(citizen):
    def submitted(product: str, cause: str = CAUSE) -> CaseLine:
        draft = services.start(
            citizen("student", product), product, name="E. Verzonnen", language="nl", supplied=TOLD, cause=cause
        )
        return services.submit(citizen("student", product), draft.id, draft.key)

    return submitted


def test_a_case_is_asked_again_without_what_came_with_the_event(citizen, worker, persona, submit):
    case = submit(VEHICLE)
    services.undo_cause(CAUSE, uuid4())
    found = queries.case(citizen("student", VEHICLE), case.id)
    assert (found.line.state, found.line.decide_by) == (State.IN_HANDLING, case.decide_by)
    assert found.history[-1].step is Step.REOPEN
    with pytest.raises(NotDecidable) as problem:
        services.decide(worker(case.id, persona("student"), key="rdw_handler"), case.id)
    assert "relatie_tot_overledene" in problem.value.missing


def test_a_decision_that_was_made_known_stays_until_a_worker_decides_again(citizen, worker, persona, submit):
    case = submit(ALLOWANCE)
    outbox.run_once()
    services.undo_cause(CAUSE, uuid4())
    found = queries.case(citizen("student", ALLOWANCE), case.id)
    assert found.decision is not None and found.has_made_known
    assert (found.line.state, found.finished_on, found.term_from) == (State.IN_HANDLING, None, date(2026, 6, 15))
    outbox.run_once()
    assert queries.case(citizen("student", ALLOWANCE), case.id).line.state is State.IN_HANDLING
    services.decide(worker(case.id, persona("student")), case.id)
    published = services.publish(worker(case.id, persona("student")), case.id)
    assert queries.case(citizen("student", ALLOWANCE), case.id).line.state is State.PUBLISHED
    letter = messages.letter(citizen("student", ALLOWANCE), published.message).page.decode()
    assert "Dit besluit komt in de plaats van ons besluit van 15 juni 2026." in text_of_html(letter)


def test_what_is_decided_can_not_be_taken_back_while_it_is_looked_at_again(citizen, submit):
    case = submit(ALLOWANCE)
    outbox.run_once()
    services.undo_cause(CAUSE, uuid4())
    with pytest.raises(NotNow):
        services.withdraw(citizen("student", ALLOWANCE), case.id)


def test_undoing_twice_tells_it_once(citizen, submit):
    submit(VEHICLE)
    event = uuid4()
    services.undo_cause(CAUSE, event)
    before = len(messages.box(citizen("student", VEHICLE)))
    services.undo_cause(CAUSE, event)
    assert len(messages.box(citizen("student", VEHICLE))) == before == 2


def test_a_question_that_was_open_is_closed(citizen, worker, persona, submit):
    case = submit(VEHICLE)
    services.ask(worker(case.id, persona("student"), Permission.HANDLE), case.id, "Welk voertuig?")
    services.undo_cause(CAUSE, uuid4())
    found = queries.case(citizen("student", VEHICLE), case.id)
    assert (found.line.state, found.open_question, found.waiting_since) == (State.IN_HANDLING, None, None)


def test_a_draft_with_the_cause_goes_and_another_stays(citizen, submit):
    mine = services.start(citizen("student", VEHICLE), VEHICLE, name="E.", language="nl", supplied=TOLD, cause=CAUSE)
    other = services.start(citizen("student", ALLOWANCE), ALLOWANCE, name="E.", language="nl")
    services.undo_cause(CAUSE, uuid4())
    with pytest.raises(UnknownDraft):
        services.submit(citizen("student", VEHICLE), mine.id, mine.key)
    assert services.submit(citizen("student", ALLOWANCE), other.id, other.key).state is State.SUBMITTED


def test_a_case_that_began_otherwise_is_left_alone(citizen, submit):
    case = submit(VEHICLE, cause="")
    services.undo_cause(CAUSE, uuid4())
    assert queries.case(citizen("student", VEHICLE), case.id).line.state is State.SUBMITTED
