"""From application to letter: the whole path of a case, on the registries of the invented world."""

import io
from dataclasses import replace
from uuid import uuid4

import pikepdf
import pytest

from dichterbij.delivery.cases import queries, services
from dichterbij.delivery.cases.domain import State
from dichterbij.delivery.messages import queries as messages
from dichterbij.delivery.messages.domain import Nature
from dichterbij.delivery.messages.tests.matterhorn import failures
from dichterbij.delivery.messages.tests.reading import text_of_html, text_of_pdf
from dichterbij.ground.assessment.domain import State as Determination
from dichterbij.kernel.access import Permission, Role

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "logbook"])
GRANT = "aanvullende-beurs"


@pytest.fixture
def submitted(citizen):
    access = citizen("student", GRANT)
    draft = services.start(access, GRANT, name="E. Verzonnen", language="nl")
    return services.submit(citizen("student", GRANT), draft.id, draft.key)


def test_the_draft_of_the_student_is_filled_with_what_the_registries_say(citizen):
    access = citizen("student", GRANT)
    draft = services.start(access, GRANT, name="E. Verzonnen", language="nl")
    _, said = queries.draft(access, draft.id)
    assert said is not None and said.state is Determination.DETERMINED
    assert all(fact.source and fact.read_at for fact in said.facts)


def test_an_application_gives_a_receipt_with_a_copy_in_the_box(citizen, submitted):
    access = citizen("student", GRANT)
    (line,) = messages.box(access)
    assert (line.nature, line.case) == (Nature.RECEIPT, submitted.id)
    page = text_of_html(messages.letter(access, line.id).page.decode())
    assert submitted.reference in page
    assert "10 augustus 2026" in page


def test_a_worker_decides_and_the_letter_reaches_the_box(citizen, worker, persona, submitted):
    student = persona("student")
    decision = services.decide(worker(submitted.id, student), submitted.id)
    assert decision.is_granted
    published = services.publish(worker(submitted.id, student), submitted.id)
    access = citizen("student", GRANT)
    case = queries.case(access, submitted.id)
    assert case.line.state is State.PUBLISHED
    assert case.was_on_time() is True
    letter = messages.letter(access, published.message)
    assert letter.line.nature is Nature.DECISION
    pdf = pikepdf.open(io.BytesIO(letter.pdf))
    assert failures(pdf) == []
    assert text_of_pdf(pdf) == text_of_html(letter.page.decode())
    page = text_of_html(letter.page.decode())
    assert "per maand" in page
    assert "27 juli 2026" in page
    assert (
        page.index("Wat u moet doen") < page.index("Uw gegevens") < page.index("niet mee eens") < page.index("De wet")
    )


def test_the_decision_says_that_another_applied_also_when_their_name_is_not_known(citizen, worker, persona):
    access = citizen("student", GRANT)
    draft = services.start(access, GRANT, name="E. Verzonnen", language="nl")
    actor = replace(access.actor, role=Role.REPRESENTATIVE, party=uuid4())
    case = services.submit(replace(access, actor=actor, on_behalf_of="guardian"), draft.id, draft.key)
    services.decide(worker(case.id, persona("student")), case.id)
    published = services.publish(worker(case.id, persona("student")), case.id)
    page = text_of_html(messages.letter(citizen("student", GRANT), published.message).page.decode())
    assert "Iemand die voor u handelt deed deze aanvraag namens u." in page


def test_a_draft_cannot_be_sent_with_the_key_of_another(citizen):
    from dichterbij.delivery.cases.domain import UnknownDraft

    access = citizen("student", GRANT)
    draft = services.start(access, GRANT, name="E. Verzonnen", language="nl")
    with pytest.raises(UnknownDraft):
        services.submit(access, draft.id, uuid4())


def test_permission_for_one_product_sends_no_draft_of_another(citizen):
    from dichterbij.delivery.cases.domain import UnknownDraft

    access = citizen("student", GRANT)
    draft = services.start(access, GRANT, name="E. Verzonnen", language="nl")
    narrow = replace(access, product="studiefinanciering-lening")
    with pytest.raises(UnknownDraft):
        services.submit(narrow, draft.id, draft.key)
    assert services.submit(access, draft.id, draft.key).product == GRANT
    with pytest.raises(UnknownDraft):
        services.submit(narrow, draft.id, draft.key)


def test_the_work_list_shows_the_case_without_a_name(submitted, persona):
    from dichterbij.ground.identity import services as identity
    from dichterbij.ground.organisations.domain import StaffRole, StaffTask

    role = StaffRole(
        organisation=submitted.organisation, unit="studiefinanciering", roles=(StaffTask.HANDLE,), audit_ref="M-0001"
    )
    (line,) = queries.work_list(role, identity.party_for(persona("duo_handler")))
    assert line.line.reference == submitted.reference
    assert line.days_left == 56
    assert "Verzonnen" not in repr(line)
    assert queries.work_list(role, identity.party_for(persona("student"))) == ()


def test_permission_to_handle_is_not_permission_to_decide(worker, persona, submitted):
    from dichterbij.delivery.cases.domain import NotNow

    with pytest.raises(NotNow):
        services.decide(worker(submitted.id, persona("student"), Permission.HANDLE), submitted.id)


def test_two_products_of_one_organisation_are_asked_access_for_apart(citizen, monkeypatch):
    known = queries.catalogue.for_access
    party = citizen("student", GRANT).subject.party
    for product in (GRANT, "zorgtoeslag"):
        services.start(citizen("student", product), product, name="E. Verzonnen", language="nl")
    same = known(GRANT).organisation
    monkeypatch.setattr(queries.catalogue, "for_access", lambda product: replace(known(product), organisation=same))
    assert [each.id for each in queries.where(party)] == [GRANT, "zorgtoeslag"]
