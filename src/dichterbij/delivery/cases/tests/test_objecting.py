"""Objection by click: once per decision, confirmed, its term counted; late is answered and not refused."""

from datetime import UTC, date, datetime

import pytest

from dichterbij.delivery.cases import queries, services
from dichterbij.delivery.cases.domain import NotComplete, NotNow, Step
from dichterbij.delivery.messages import queries as messages
from dichterbij.delivery.messages.tests.reading import text_of_html
from dichterbij.ground.organisations.domain import StaffRole
from dichterbij.kernel import clock
from dichterbij.kernel.access import Permission

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "logbook"])
GRANT = "aanvullende-beurs"
WHY = "Mijn vader verdient minder dan u denkt."


@pytest.fixture
def submitted(citizen):
    draft = services.start(citizen("student", GRANT), GRANT, name="E. Verzonnen", language="nl")
    return services.submit(citizen("student", GRANT), draft.id, draft.key)


@pytest.fixture
def decided(worker, persona, submitted):
    services.decide(worker(submitted.id, persona("student")), submitted.id)
    services.publish(worker(submitted.id, persona("student")), submitted.id)
    return submitted


def _on(day: date):
    return clock.frozen(datetime(day.year, day.month, day.day, 10, tzinfo=UTC))


def test_an_objection_is_kept_with_the_case_and_its_term_runs_after_the_term_to_object(citizen, decided):
    made = services.object_to(citizen("student", GRANT), decided.id, WHY)
    assert (made.is_late, made.decide_by) == (False, date(2026, 9, 7))
    found = queries.case(citizen("student", GRANT), decided.id)
    assert found.objection == made
    assert found.history[-1].step is Step.OBJECT
    letters = messages.box(citizen("student", GRANT))
    receipt = next(each for each in letters if each.title.startswith("Wij hebben uw bezwaar ontvangen"))
    text = text_of_html(messages.letter(citizen("student", GRANT), receipt.id).page.decode())
    assert WHY in text
    assert "7 september 2026" in text


def test_objecting_twice_is_objecting_once(citizen, decided):
    first = services.object_to(citizen("student", GRANT), decided.id, WHY)
    assert services.object_to(citizen("student", GRANT), decided.id, "Nog eens.") == first


def test_the_last_day_is_in_time_and_the_day_after_is_late_and_gets_a_clear_answer(citizen, decided):
    with _on(date(2026, 7, 28)):
        with pytest.raises(NotComplete):
            services.object_to(citizen("student", GRANT), decided.id, WHY)
        made = services.object_to(citizen("student", GRANT), decided.id, WHY, late_because="Ik lag in het ziekenhuis.")
        assert made.is_late
        receipt = messages.box(citizen("student", GRANT))[0]
        text = text_of_html(messages.letter(citizen("student", GRANT), receipt.id).page.decode())
    assert "Uw bezwaar kwam te laat" in text
    assert "27 juli 2026" in text


def test_on_the_last_day_no_reason_is_asked(citizen, decided):
    with _on(date(2026, 7, 27)):
        assert not services.object_to(citizen("student", GRANT), decided.id, WHY).is_late


def test_nobody_objects_to_what_is_not_decided_or_without_words(citizen, submitted, worker, persona):
    with pytest.raises(NotNow):
        services.object_to(citizen("student", GRANT), submitted.id, WHY)
    services.decide(worker(submitted.id, persona("student")), submitted.id)
    with pytest.raises(NotNow, match="de brief is nog niet verstuurd"):
        services.object_to(citizen("student", GRANT), submitted.id, WHY)
    services.publish(worker(submitted.id, persona("student")), submitted.id)
    with pytest.raises(NotComplete):
        services.object_to(citizen("student", GRANT), submitted.id, "  ")


def test_a_worker_does_not_object_for_somebody_and_sees_the_objection_on_the_list(citizen, worker, persona, decided):
    with pytest.raises(NotNow):
        services.object_to(worker(decided.id, persona("student"), Permission.HANDLE), decided.id, WHY)
    made = services.object_to(citizen("student", GRANT), decided.id, WHY)
    role = StaffRole(organisation=decided.organisation, unit="studiefinanciering", roles=(), audit_ref="M-0001")
    (line,) = queries.objections(role, worker=decided.id)
    assert (line.case.id, line.decide_by) == (decided.id, made.decide_by)
    assert queries.objections(role, worker=citizen("student", GRANT).subject.party) == ()
