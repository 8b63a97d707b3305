"""A second pair of eyes: where a product asks it, nothing goes out before another worker looked at it."""

from threading import Barrier, Thread

import pytest
from django.db import connections
from django.test import Client

from dichterbij.delivery.cases import models
from dichterbij.delivery.cases.domain import CaseLine, Cosign, State
from dichterbij.front.desk import barring
from dichterbij.ground.identity.services import party_for
from dichterbij.ground.organisations import models as staff
from dichterbij.kernel.identifiers import Bsn, Oin

from .talking import read

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "logbook"])
PENSION, WHY = "nabestaandenuitkering", {"kind": "handle"}
JUDGED = {"overlijden_was_te_verwachten": "no", "overlijden_was_te_verwachten_reason": "Het was een ongeluk."}


def _at(case: CaseLine, act: str = "") -> str:
    return f"/desk/cases/{case.id}" + (f"/{act}" if act else "")


@pytest.fixture
def first(log_in) -> Client:
    return log_in("svb_handler")


@pytest.fixture
def second(log_in) -> Client:
    return log_in("svb_jurist")


@pytest.fixture
def proposed(first, second, apply) -> CaseLine:
    """A decision that rests on a judgement; both workers opened the case."""
    case = apply("widow", PENSION)
    for worker in (first, second):
        worker.post(_at(case), WHY)
    assert first.post(_at(case, "decision"), JUDGED).status_code == 302
    return case


def _look(worker: Client, case: CaseLine, **said: str) -> int:
    decision = models.Decision.objects.get(case=case.id, is_replaced=False)
    return worker.post(_at(case, "second-worker"), {"decision": str(decision.id), **said}).status_code


def _state(case: CaseLine) -> State:
    return State(models.Case.objects.get(id=case.id).state)


def test_nothing_goes_out_before_a_second_worker_agreed_and_the_citizen_reads_that_one_did(
    first, second, proposed, log_in
):
    assert "Besluit bekendmaken" not in read(first.get(_at(proposed)))
    assert first.post(_at(proposed, "publication")).status_code == 409
    assert _look(first, proposed, agree="1") == 403
    assert "een tweede medewerker kijkt mee" in read(second.get("/desk"))
    assert _look(second, proposed, agree="1") == 302
    assert first.post(_at(proposed, "publication")).status_code == 302
    assert "Een tweede medewerker keek mee" in read(log_in("widow").get(f"/applications/{proposed.id}"))


def test_what_is_sent_back_has_a_reason_and_is_decided_anew_before_somebody_looks_again(first, second, proposed):
    assert _look(second, proposed, otherwise=" ") == 422
    assert _look(second, proposed, otherwise="Vraag naar de verklaring van de arts.") == 302
    assert _state(proposed) is State.IN_HANDLING
    assert "Vraag naar de verklaring van de arts." in read(first.get(_at(proposed)))
    assert first.post(_at(proposed, "publication")).status_code == 409
    assert first.post(_at(proposed, "decision"), JUDGED).status_code == 302
    assert first.post(_at(proposed, "publication")).status_code == 409
    assert _look(second, proposed, agree="1") == 302


def test_who_decided_is_the_same_person_under_another_appointment(first, proposed, world):
    party = party_for(Bsn(world.persona("svb_handler").bsn))
    row = staff.Staff.objects.get(party=party)
    staff.Staff.objects.create(
        party=party, unit=row.unit, roles=row.roles, first_on="2026-06-01", audit_ref="M-NIEUW0000001"
    )
    row.last_on = "2026-06-14"
    row.save()
    assert _look(first, proposed, agree="1") == 403


def test_who_is_kept_from_the_applicant_is_no_second_worker(second, proposed, world):
    worker = party_for(Bsn(world.persona("svb_jurist").bsn))
    organisation = Oin(models.Case.objects.get(id=proposed.id).organisation)
    barring.bar(organisation, worker, Bsn(world.persona("widow").bsn), barring.Why.FAMILY)
    assert _look(second, proposed, agree="1") == 403


def test_a_decision_that_was_replaced_while_somebody_read_it_is_not_agreed_to(first, second, proposed):
    old = models.Decision.objects.get(case=proposed.id, is_replaced=False)
    first.post(_at(proposed, "decision"), JUDGED)
    answer = second.post(_at(proposed, "second-worker"), {"decision": str(old.id), "agree": "1"})
    assert answer.status_code == 409
    assert models.Decision.objects.get(case=proposed.id, is_replaced=False).cosign == Cosign.ASKED


def test_of_two_browsers_at_once_one_agrees_or_sends_back(second, proposed):
    together, answers = Barrier(2), []

    def look(**said: str) -> None:
        together.wait()
        answers.append(_look(second, proposed, **said))
        connections.close_all()

    threads = [Thread(target=look, kwargs=said) for said in ({"agree": "1"}, {"otherwise": "Nog eens."})]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [302, 409]
    looked = models.CaseStep.objects.filter(case=proposed.id, step__in=("cosign", "send_back"))
    assert looked.count() == 1


def test_a_product_that_asks_none_has_no_second_worker(log_in, apply):
    worker, case = log_in("duo_handler"), apply()
    worker.post(_at(case), WHY)
    worker.post(_at(case, "decision"))
    assert worker.post(_at(case, "publication")).status_code == 302
