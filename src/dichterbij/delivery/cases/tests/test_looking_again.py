"""Decisions that would be others now become work, by a corrected law file or datum. None changes by itself."""

from dataclasses import replace
from io import StringIO
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings as known
from django.core.management import call_command

from dichterbij.delivery.cases import queries, services
from dichterbij.delivery.cases.domain import CaseLine, NotComplete, NotNow, State, Step, Why
from dichterbij.delivery.cases.events import DatumCorrected
from dichterbij.delivery.cases.services import compare_with_corrected_datum
from dichterbij.delivery.messages import queries as messages
from dichterbij.delivery.messages.tests.reading import text_of_html
from dichterbij.ground.organisations import queries as organisations
from dichterbij.ground.organisations.domain import StaffRole, StaffTask
from dichterbij.ground.outbox import services as outbox
from dichterbij.kernel.identifiers import Oin

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "logbook"])
ALLOWANCE = "zorgtoeslag"
PREMIUM = "regeling_standaardpremie/2026-01-01.yaml"


@pytest.fixture
def decided(citizen) -> CaseLine:
    draft = services.start(citizen("student", ALLOWANCE), ALLOWANCE, name="E. Verzonnen", language="nl")
    line = services.submit(citizen("student", ALLOWANCE), draft.id, draft.key)
    outbox.run_once()
    return line


@pytest.fixture
def corrected_law(decided, settings, tmp_path) -> None:
    """Let the amount of a law file have been wrong: ten euros a year less, in a file with the same first day."""
    shipped = (Path(known.SHIPPED_DATA) / "laws/nl" / PREMIUM).read_text(encoding="utf-8")
    file = tmp_path / "laws/nl" / PREMIUM
    file.parent.mkdir(parents=True)
    file.write_text(shipped.replace("value: 211900", "value: 210900"), encoding="utf-8")
    settings.DATA_FOLDERS = [*settings.DATA_FOLDERS, tmp_path]


def recheck() -> str:
    said = StringIO()
    call_command("recheck", stdout=said)
    return said.getvalue()


def on_the_list(of: Oin) -> list[bool]:
    role = StaffRole(organisation=of, unit="toeslagen", roles=frozenset({StaffTask.HANDLE}), audit_ref="M-0001")
    return [each.has_second_look for each in queries.work_list(role, uuid4())]


def test_while_no_law_file_changed_nothing_is_compared(decided):
    assert recheck() == ""
    assert on_the_list(decided.organisation) == []


def test_a_corrected_law_file_makes_work_of_what_it_changes_once(decided, corrected_law):
    name = organisations.organisation(decided.organisation).name
    for _ in range(2):
        said = recheck()
        assert said.startswith(f"{name}: 1 decisions of other law files, 1 would differ\n")
        assert f"{ALLOWANCE}, zorgtoeslag_per_maand: 1, by -100 to -100" in said
    assert on_the_list(decided.organisation) == [True]


def test_nothing_decided_changes_by_itself(citizen, decided, corrected_law):
    before = queries.case(citizen("student", ALLOWANCE), decided.id)
    recheck()
    now = queries.case(citizen("student", ALLOWANCE), decided.id)
    assert now.is_doubted
    assert replace(now, is_doubted=False) == before


def test_a_worker_decides_again_and_the_person_hears_why(citizen, worker, persona, decided, corrected_law):
    recheck()
    services.decide_again(worker(decided.id, persona("student")), decided.id)
    found = queries.case(citizen("student", ALLOWANCE), decided.id)
    assert (found.line.state, found.history[-1].step, found.history[-1].note) == (
        State.IN_HANDLING,
        Step.REOPEN,
        Why.LAW,
    )
    (newest, *_) = messages.box(citizen("student", ALLOWANCE))
    letter = text_of_html(messages.letter(citizen("student", ALLOWANCE), newest.id).page.decode())
    assert "Daarbij rekenden wij met een regel die niet klopte." in letter
    assert "Ons besluit van 15 juni 2026 blijft gelden tot u een nieuw besluit krijgt." in letter
    services.decide(worker(decided.id, persona("student")), decided.id)
    services.publish(worker(decided.id, persona("student")), decided.id)
    assert recheck() == ""
    assert on_the_list(decided.organisation) == []


def test_a_decision_may_stand_for_a_reason(citizen, worker, persona, decided, corrected_law):
    recheck()
    access = worker(decided.id, persona("student"))
    with pytest.raises(NotComplete):
        services.let_stand(access, decided.id, " ")
    services.let_stand(access, decided.id, "Het verschil is in het voordeel van de aanvrager.")
    recheck()
    assert on_the_list(decided.organisation) == []
    assert queries.case(citizen("student", ALLOWANCE), decided.id).line.state is State.PUBLISHED
    for act in (services.decide_again, lambda *given: services.let_stand(*given, "Nog eens.")):
        with pytest.raises(NotNow):
            act(access, decided.id)


def test_a_corrected_datum_makes_work_of_the_decisions_that_rest_on_it(worker, persona, decided):
    party = queries.place(decided.id).party
    for source, name in (("brp", "geboortedatum"), ("duo", "onderwijssoort")):
        outbox.emit(DatumCorrected(party=party, source=source, name=name), person=str(party))
    for _ in range(2):
        outbox.run_once()
    access = worker(decided.id, persona("student"))
    (look,) = queries.second_looks(access, queries.case(access, decided.id))
    assert (look.why, look.about) == (Why.DATUM, "brp.geboortedatum")


@pytest.fixture
def not_yet_sent(citizen, worker, persona) -> CaseLine:
    """A decision that a worker took and did not make known yet."""
    draft = services.start(citizen("student", ALLOWANCE), ALLOWANCE, name="E. Verzonnen", language="nl")
    line = services.submit(citizen("student", ALLOWANCE), draft.id, draft.key)
    services.decide(worker(line.id, persona("student")), line.id)
    return line


def test_a_decision_that_is_not_sent_yet_is_looked_at_too_and_not_sent_as_it_is(worker, persona, not_yet_sent):
    compare_with_corrected_datum(queries.place(not_yet_sent.id).party, "brp", "geboortedatum", "test")
    access = worker(not_yet_sent.id, persona("student"))
    assert on_the_list(not_yet_sent.organisation) == [True]
    assert len(queries.second_looks(access, queries.case(access, not_yet_sent.id))) == 1
    with pytest.raises(NotNow, match="Besluit eerst opnieuw"):
        services.publish(access, not_yet_sent.id)
    services.decide(access, not_yet_sent.id)
    services.publish(access, not_yet_sent.id)
    assert on_the_list(not_yet_sent.organisation) == []


def test_a_decision_that_is_not_sent_yet_may_stand_for_a_reason(worker, persona, not_yet_sent):
    compare_with_corrected_datum(queries.place(not_yet_sent.id).party, "brp", "geboortedatum", "test")
    access = worker(not_yet_sent.id, persona("student"))
    services.let_stand(access, not_yet_sent.id, "De geboortedatum verandert niets.")
    services.publish(access, not_yet_sent.id)


def test_what_decides_by_itself_decides_again_on_what_was_corrected_before_it_was_sent(citizen, not_yet_sent):
    compare_with_corrected_datum(queries.place(not_yet_sent.id).party, "brp", "geboortedatum", "test")
    outbox.run_once()
    found = queries.case(citizen("student", ALLOWANCE), not_yet_sent.id)
    assert (found.line.state, found.is_doubted) == (State.PUBLISHED, False)


def test_a_datum_of_somebody_else_makes_no_work(citizen, decided):
    other = citizen("widow", ALLOWANCE).subject.party
    outbox.emit(DatumCorrected(party=other, source="brp", name="geboortedatum"), person=str(other))
    outbox.run_once()
    assert on_the_list(decided.organisation) == []
