"""The contract of an organisation, in process and over HTTP: same questions, same answers, same refusals."""

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from dichterbij.delivery.cases import services as handling
from dichterbij.delivery.cases.domain import (
    Correction,
    NotNow,
    State,
    UnknownCase,
    UnknownDraft,
)
from dichterbij.delivery.catalogue import queries as catalogue
from dichterbij.delivery.messages.domain import Nature, UnknownMessage
from dichterbij.ground.assessment.domain import Request
from dichterbij.ground.assessment.domain import State as Determination
from dichterbij.ground.registry.answers import UnknownActivity
from dichterbij.kernel.access import Permission
from dichterbij.kernel.periods import Period

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "logbook"])
GRANT, WIDOW = "aanvullende-beurs", "nabestaandenuitkering"


@pytest.fixture
def student(citizen):
    return citizen("student", GRANT)


def _request(product=GRANT):
    found = catalogue.product(product)
    return Request(law=found.law, outputs=found.outputs, period=Period.month(2026, 7), decided_on=date(2026, 6, 15))


def _submitted(provider, access):
    draft = provider.start(access, GRANT, name="E. Verzonnen", language="nl")
    return provider.submit(access, draft.id, draft.key)


def test_the_law_is_asked_with_everything_that_explains_the_answer(provider, student):
    (found,) = provider.assess(student, (_request(),), {})
    assert (found.state, found.organisation) == (Determination.DETERMINED, student.organisation)
    assert found.request == _request()
    assert found.outputs
    assert found.receipt
    assert all(each.source and each.read_at for each in found.facts)
    assert found.explanation("pap").steps


def test_an_activity_of_another_organisation_is_refused(provider, student, elsewhere):
    other = replace(student, activity=elsewhere(student, "zorgtoeslag").activity)
    with pytest.raises(UnknownActivity):
        provider.assess(other, (_request(),), {})


def test_an_application_goes_from_draft_to_letter(provider, student, worker, persona):
    draft = provider.start(student, GRANT, name="E. Verzonnen", language="nl", supplied={}, cause="")
    assert (draft.product, draft.application.name) == (GRANT, "E. Verzonnen")
    found, said = provider.draft(student, draft.id)
    assert found == draft
    assert said.state is Determination.DETERMINED
    fact = said.facts[0]
    correction = Correction(person=fact.person, fact=fact.fact, says="Dat klopt niet")
    filled = provider.fill(student, draft.id, corrections=(correction,), remark="Graag snel")
    assert (filled.application.corrections, filled.application.remark) == ((correction,), "Graag snel")
    assert provider.overview(student).drafts == (filled,)
    line = provider.submit(student, draft.id, draft.key)
    assert provider.running(student, GRANT) == line
    assert provider.running(student, WIDOW) is None

    handling.decide(worker(line.id, persona("student")), line.id)
    handling.publish(worker(line.id, persona("student")), line.id)
    case = provider.case(student, line.id)
    assert (case.line.state, case.party) == (State.PUBLISHED, student.subject.party)
    assert provider.determination(student, case).id == case.decision.assessment
    assert provider.overview(student).cases == (case.line,)

    box = provider.box(student)
    assert {each.nature for each in box} == {Nature.DECISION, Nature.RECEIPT}
    assert provider.box(student, line.id) == box
    opened = provider.message(student, case.decision.message)
    assert "per maand" in opened.page
    assert provider.box(student, line.id)[0].read_at is not None
    paper = provider.document(student, case.decision.message)
    assert (len(paper.pdf), paper.pdf[:5]) == (opened.size, b"%PDF-")
    assert abs(paper.sent_at - opened.line.sent_at).total_seconds() < 1


def test_the_same_key_gives_the_same_case(provider, student):
    draft = provider.start(student, GRANT, name="E. Verzonnen", language="nl")
    first = provider.submit(student, draft.id, draft.key)
    assert provider.submit(student, draft.id, draft.key) == first
    assert provider.overview(student).cases == (first,)


def test_a_question_is_answered_once_and_the_answer_again_changes_nothing(provider, student, worker, persona):
    line = _submitted(provider, student)
    question = handling.ask(worker(line.id, persona("student"), Permission.HANDLE), line.id, "Waar woont u?")
    provider.answer(student, line.id, question, "Bij mijn vader")
    provider.answer(student, line.id, question, "Bij mijn vader")
    (asked,) = provider.case(student, line.id).questions
    assert (asked.answer, asked.is_open) == ("Bij mijn vader", False)


def test_an_application_can_be_taken_back_once(provider, student):
    line = _submitted(provider, student)
    provider.withdraw(student, line.id)
    assert provider.case(student, line.id).line.state is State.WITHDRAWN
    with pytest.raises(NotNow):
        provider.withdraw(student, line.id)


def test_nobody_objects_before_there_is_a_decision(provider, student):
    line = _submitted(provider, student)
    with pytest.raises(NotNow):
        provider.object_to(student, line.id, "Ik ben het er niet mee eens.")


def test_a_draft_can_be_thrown_away(provider, student):
    draft = provider.start(student, GRANT, name="E. Verzonnen", language="nl")
    provider.discard(student, draft.id)
    with pytest.raises(UnknownDraft):
        provider.draft(student, draft.id)


def test_paper_is_chosen_per_sender(provider, student):
    _submitted(provider, student)
    (receipt,) = provider.box(student)
    provider.choose_post(student, receipt.id, by_post=True)
    assert provider.message(student, receipt.id).by_post
    provider.choose_post(student, receipt.id, by_post=False)
    assert not provider.message(student, receipt.id).by_post


def test_somebody_without_anything_has_nothing_and_is_not_made_known(provider, citizen):
    neutral = citizen("neutral", GRANT)
    assert provider.overview(neutral).cases == provider.box(neutral) == ()


def test_what_is_of_somebody_else_does_not_exist(provider, student, citizen):
    line = _submitted(provider, student)
    (receipt,) = provider.box(student)
    draft = provider.start(student, GRANT, name="E. Verzonnen", language="nl")
    other = citizen("widow", GRANT)
    for unknown, ask in (
        (UnknownCase, lambda: provider.case(other, line.id)),
        (UnknownCase, lambda: provider.withdraw(other, line.id)),
        (UnknownCase, lambda: provider.object_to(other, line.id, "x")),
        (UnknownCase, lambda: provider.answer(other, line.id, uuid4(), "x")),
        (UnknownDraft, lambda: provider.draft(other, draft.id)),
        (UnknownDraft, lambda: provider.fill(other, draft.id, remark="x")),
        (UnknownDraft, lambda: provider.submit(other, draft.id, draft.key)),
        (UnknownMessage, lambda: provider.message(other, receipt.id)),
        (UnknownMessage, lambda: provider.document(other, receipt.id)),
    ):
        with pytest.raises(unknown):
            ask()
    assert provider.overview(other).cases == provider.box(other) == ()


def test_what_is_of_another_organisation_does_not_exist_there(provider, student, elsewhere):
    line = _submitted(provider, student)
    (receipt,) = provider.box(student)
    other = elsewhere(student, "zorgtoeslag")
    with pytest.raises(UnknownCase):
        provider.case(other, line.id)
    with pytest.raises(UnknownMessage):
        provider.message(other, receipt.id)
    assert provider.overview(other).cases == provider.box(other) == ()


def test_what_was_never_there_does_not_exist(provider, student):
    for unknown, ask in (
        (UnknownCase, provider.case),
        (UnknownDraft, lambda access, number: provider.submit(access, number, uuid4())),
        (UnknownMessage, provider.document),
    ):
        with pytest.raises(unknown):
            ask(student, uuid4())
