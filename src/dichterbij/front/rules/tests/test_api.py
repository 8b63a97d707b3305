"""The API of the law: what it answers, what it refuses, and that it keeps and logs nothing."""

import logging
import time
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.test import Client, RequestFactory

from dichterbij.front.rules import api, limits
from dichterbij.ground.assessment.laws import current_laws
from dichterbij.ground.assessment.models import Determination, GuestAnswers
from dichterbij.law import Facts
from dichterbij.law.receipt import replay
from dichterbij.web import pace
from dichterbij.web.api import contract, written

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "logbook"])
PERSON = {
    "geboortedatum": "1990-06-01",
    "verzekerd_zvw": True,
    "rechtmatig_verblijf": True,
    "partner": None,
    "samenwonende": None,
    "toetsingsinkomen": 2400000,
    "rendementsgrondslag": 0,
}
QUESTION = {"law": "wet_op_de_zorgtoeslag", "period": "2026-07", "persons": {"p1": PERSON}}


def test_the_committed_contract_is_what_the_code_says():
    committed = Path(api.__file__).with_name("openapi.json").read_text(encoding="utf-8")
    assert committed == written(contract(api.api)), "run `dichterbij contracts`"


def test_the_contract_is_published(organisations):
    answer = Client().get("/api/law/v1/openapi.json")
    paths = answer.json()["paths"]
    assert sorted(paths) == ["/evaluate", "/explain", "/questions", "/receipt"]
    assert {"200", "400", "413", "422", "429"} <= set(paths["/explain"]["post"]["responses"])
    assert answer["API-Version"] == "1.0.0"


def test_evaluate_gives_the_outcome(ask):
    answer = ask("evaluate", QUESTION)
    assert answer.json()["state"] == "determined"
    assert answer.json()["outputs"]["zorgtoeslag_per_maand"] == 12900
    assert answer["API-Version"] == "1.0.0"
    assert answer.json()["trace"] is None
    assert ask("evaluate", QUESTION | {"trace": True}).json()["trace"]["trace_version"]


def test_evaluate_says_where_a_law_does_not_apply(ask):
    answer = ask("evaluate", QUESTION | {"territory": "BQ-BO"}).json()
    assert answer["state"] == "refused"
    assert answer["problem"]["code"] == "does_not_apply_in_territory"
    assert "Zorgverzekeringskantoor" in answer["problem"]["whoHelps"]


def test_a_territory_that_is_none_is_not_taken_for_the_netherlands(ask):
    answer = ask("evaluate", QUESTION | {"territory": "XX"})
    assert answer.status_code == 400
    assert "territory" in answer.json()["detail"]


def test_questions_are_exactly_what_is_needed_next(ask):
    answer = ask("questions", QUESTION | {"persons": {"p1": {}}, "language": "en"}).json()
    assert answer["state"] == "open"
    first = answer["questions"][0]
    assert (first["fact"], first["nobodyKnows"]) == ("verzekerd_zvw", False)
    assert first["law"] == "Zorgverzekeringswet"
    assert ask("questions", QUESTION).json()["questions"] == []


def test_explain_tells_what_decided_what_would_change_it_and_a_curve(ask):
    curve = {"fact": "toetsingsinkomen", "low": 0, "high": 5000000, "points": 20}
    answer = ask("explain", QUESTION | {"language": "en", "curve": curve}).json()
    assert answer["outcome"].startswith("You have a right to healthcare allowance.")
    assert [fact["fact"] for fact in answer["deciding"]] == ["toetsingsinkomen", "partner", "rendementsgrondslag"]
    assert any("40,857.29" in sentence for sentence in answer["changes"])
    assert len(answer["curve"]["points"]) <= 20
    assert 4085729 in answer["curve"]["turns"]


def test_a_receipt_replays_with_its_salt_and_facts(ask):
    answer = ask("receipt", QUESTION).json()
    facts = Facts(subject="p1", persons={"p1": PERSON})
    again = replay(current_laws(), answer["receipt"], facts, bytes.fromhex(answer["salt"]))
    assert again.outputs["zorgtoeslag_per_maand"] == 12900
    assert "2400000" not in str(answer["receipt"])


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"period": "soon"}, 400),
        ({"law": "bestaat_niet"}, 422),
        ({"outputs": ["bestaat_niet"]}, 422),
        ({"persons": {"p1": {"inkomen_spelfout": 1}}}, 400),
        ({"persons": {"p1": PERSON | {"toetsingsinkomen": "veel"}}}, 422),
        ({"persons": 3}, 400),
        ({"persons": {"p1": PERSON | {"toetsingsinkomen": 2**70}}}, 422),
        ({"persons": {"p1": PERSON | {"toetsingsinkomen": 1.5}}}, 422),
        ({"persons": {"p1": PERSON | {"geboortedatum": "31-12-1990"}}}, 422),
        ({"persons": {"p1": PERSON | {"partner": {"a": [[[[]]]]}}}}, 422),
        ({"persons": {"p1": PERSON | {"geboortedatum": None}}}, 422),
        ({"period": "0000-13"}, 400),
        ({"territory": "XX"}, 400),
        ({"decidedOn": "gisteren"}, 400),
        ({"language": "de"}, 400),
        ({"curve": {"fact": "toetsingsinkomen", "low": 0, "high": 10, "points": 201}}, 400),
        ({"curve": {"fact": "partner", "low": 0, "high": 10}}, 422),
    ],
)
def test_what_is_wrong_is_a_problem_with_a_status_and_no_values(ask, change, status):
    answer = ask("explain", QUESTION | change)
    assert answer.status_code == status, answer.content
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["API-Version"] == "1.0.0"
    assert answer.json()["type"].startswith("urn:dichterbij:problem:")
    assert "veel" not in answer.content.decode()


def test_what_is_no_json_is_a_malformed_request(ask):
    answer = ask("evaluate", b"{nonsense")
    assert (answer.status_code, answer.json()["type"]) == (400, "urn:dichterbij:problem:malformed-request")


def test_a_body_over_200_kilobytes_is_refused_unread(ask):
    answer = ask("evaluate", QUESTION | {"territory": "N" * 200_000})
    assert (answer.status_code, answer.json()["type"]) == (413, "urn:dichterbij:problem:body-too-large")


def test_the_sixty_first_request_in_a_minute_is_refused_with_a_reason(ask):
    statuses = [ask("questions", {"law": "bestaat_niet", "period": "2026"}).status_code for _ in range(61)]
    assert set(statuses[:60]) == {422}
    refused = ask("questions", QUESTION)
    assert (statuses[60], refused.status_code, refused["Retry-After"]) == (429, 429, "60")
    assert "zestig keer per minuut" in refused.json()["detail"]


def test_the_sixty_come_back_one_by_one_as_time_passes():
    request = RequestFactory().post("/", REMOTE_ADDR="10.99.0.1")
    for second in range(60):
        limits.check_pace(request, lambda second=second: 1000.0 + second)
    with pytest.raises(limits.TooManyRequests):
        limits.check_pace(request, lambda: 1059.5)
    limits.check_pace(request, lambda: 1060.1)
    with pytest.raises(limits.TooManyRequests):
        limits.check_pace(request, lambda: 1060.5)


def test_a_worker_that_was_killed_under_way_holds_nobody_up():
    assert pace._turn.acquire(timeout=1)
    try:
        limits.check_pace(RequestFactory().post("/", REMOTE_ADDR="10.99.0.3"))
    finally:
        pace._turn.release()


def test_behind_a_proxy_the_address_it_adds_counts(settings):
    settings.HTTPS = True
    factory = RequestFactory()
    for number in range(60):
        limits.check_pace(factory.post("/", HTTP_X_FORWARDED_FOR=f"1.1.1.{number}, 10.99.0.2"))
    with pytest.raises(limits.TooManyRequests):
        limits.check_pace(factory.post("/", HTTP_X_FORWARDED_FOR="2.2.2.2, 10.99.0.2"))


def test_work_is_stopped_when_its_processor_time_is_used_up():
    begun = time.thread_time()
    with pytest.raises(limits.TooMuchWork), limits.at_most(0.05):
        while time.thread_time() - begun < 5:
            pass
    assert time.thread_time() - begun < 1


def test_waiting_is_not_work():
    with limits.at_most(0.02):
        time.sleep(0.1)


def test_a_heavy_question_ends_as_a_problem(ask, monkeypatch):
    monkeypatch.setattr(limits, "CPU_SECONDS", 0.02)
    monkeypatch.setattr(api, "current_laws", lambda: [None for _ in range(10**9)])
    answer = ask("evaluate", QUESTION)
    assert (answer.status_code, answer.json()["type"]) == (422, "urn:dichterbij:problem:too-much-work")
    assert answer["API-Version"] == "1.0.0"


def test_nothing_is_stored_and_no_body_is_logged(ask, caplog):
    caplog.set_level(logging.DEBUG)
    for operation in ("evaluate", "questions", "explain", "receipt"):
        assert ask(operation, QUESTION).status_code == 200
        assert ask(operation, QUESTION | {"law": "bestaat_niet"}).status_code == 422
    assert "1990-06-01" not in caplog.text
    assert "2400000" not in caplog.text
    assert not Determination.objects.exists()
    assert not GuestAnswers.objects.exists()
    assert not Session.objects.exists()
