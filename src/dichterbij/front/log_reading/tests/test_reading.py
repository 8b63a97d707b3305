"""An organisation reads its own lines over HTTP, a page at a time, by a token for this request; nobody else's."""

import json
from collections.abc import Callable
from dataclasses import replace
from uuid import uuid4

import pytest
from django.test import Client

from dichterbij.delivery.providers.assertion import Call
from dichterbij.front.log_reading.api import KIND, PREFIX
from dichterbij.ground.logbook import projections, services
from dichterbij.ground.logbook.domain import Entry, Kind, Result
from dichterbij.ground.logbook.models import Line
from dichterbij.ground.organisations import queries as organisations
from dichterbij.ground.organisations import tokens
from dichterbij.kernel import clock
from dichterbij.kernel.access import Access
from dichterbij.kernel.identifiers import Bsn, Oin

pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", "logbook"]),
    pytest.mark.usefixtures("organisations"),
]
ANNA, DUO, SVB = Bsn("999993653"), Oin("00000099100000003000"), Oin("00000099100000005000")
PATH = f"/{PREFIX}/data-processing-operations"


def ask(asker: Oin, *, kind: str = KIND, about: bytes | None = None, token: str = "", **question):
    """Ask as an organisation; `about`: the body that is signed when another is sent."""
    body, now = json.dumps(question).encode(), int(clock.now().timestamp())
    call = Call(method="POST", path=PATH, body=body if about is None else about)
    aud = organisations.operator().oin.value
    claims = {"aud": aud, "iat": now, "exp": now + 60, "jti": str(uuid4()), "digest": call.digest()}
    bearer = f"Bearer {token or tokens.sign(asker, claims, kind=kind)}"
    return Client().post(PATH, body, content_type="application/json", headers={"Authorization": bearer})


@pytest.fixture
def access(new_access: Callable[..., Access]) -> Access:
    return new_access(bsn=ANNA, organisation=DUO)


def look(access: Access, number: int = 1, outcome: Result = Result.GIVEN) -> None:
    entry = Entry(kind=Kind.READ, subject=ANNA, fields=("geboorte.datum",), outcome=outcome)
    services.record_all(access, [entry] * number)
    services.seal()


def test_an_organisation_reads_its_own_lines_of_an_activity_and_nobody_elses(access):
    look(access)
    look(replace(access, organisation=SVB))
    activity = f"urn:nld:oin:{DUO}:verwerkingsactiviteit:{access.activity.id}:{access.activity.version}"
    found = ask(DUO, processingActivityId=activity).json()
    assert found["metadata"] == {
        "logbookId": f"urn:nld:oin:{DUO}:logboek",
        "organizationName": "Dienst Uitvoering Onderwijs",
    }
    (record,) = found["dataProcessingOperations"]
    assert (record["traceId"], record["status"], found["nextCursor"]) == (access.trace, "Ok", None)
    assert record["attributes"]["dpl.core.processing_activity_id"] == activity
    assert ask(SVB, processingActivityId=activity).json()["dataProcessingOperations"] == []


def test_no_worker_no_datum_and_no_number_is_in_an_answer_and_hidden_activities_are_not(access):
    look(access)
    look(replace(access, activity=replace(access.activity, confidential=True)))
    answer = ask(DUO, traceId=access.trace)
    assert len(answer.json()["dataProcessingOperations"]) == 1
    for hidden in (ANNA.value, "geboorte.datum", "staff"):
        assert hidden not in answer.content.decode()


def test_lines_are_read_a_page_at_a_time_up_to_the_last(access, monkeypatch):
    look(access, 7)
    subject = Line.objects.filter(organisation=DUO.value).first().subject
    monkeypatch.setattr(projections, "LOOKED_AT", 3)
    seen, cursor = [], 0
    while cursor is not None:
        found = ask(DUO, dataSubjectId=subject, cursor=cursor, limit=2).json()
        assert len(found["dataProcessingOperations"]) <= 2
        seen += [each["spanId"] for each in found["dataProcessingOperations"]]
        assert found["readUpTo"] > cursor
        cursor = found["nextCursor"]
    assert len(seen) == len(set(seen)) == 7
    look(access)
    monkeypatch.setattr(projections, "LOOKED_AT", 5000)
    found = ask(DUO, dataSubjectId=subject, cursor=found["readUpTo"]).json()
    assert [each["spanId"] not in seen for each in found["dataProcessingOperations"]] == [True]
    again = ask(DUO, dataSubjectId=subject, cursor=2**40).json()
    assert (again["dataProcessingOperations"], again["readUpTo"], again["nextCursor"]) == ([], 2**40, None)


def test_an_organisation_with_few_lines_among_many_of_others_finds_them_in_steps(access, monkeypatch):
    monkeypatch.setattr(projections, "LOOKED_AT", 10)
    look(replace(access, organisation=SVB), 25)
    look(access)
    cursor, found, asked = 0, [], 0
    while cursor is not None:
        page = ask(DUO, traceId=access.trace, cursor=cursor).json()
        cursor, asked = page["nextCursor"], asked + 1
        found += page["dataProcessingOperations"]
    assert len(found) == 1
    assert asked <= 1 + Line.objects.count() // 10


def test_lines_before_or_after_the_time_that_was_asked_are_left_out(access):
    look(access)
    assert len(ask(DUO, traceId=access.trace, startTime="2020-01-01T00:00:00Z").json()["dataProcessingOperations"]) == 1
    for when in ({"startTime": "2100-01-01T00:00:00Z"}, {"endTime": "2020-01-01T00:00:00+01:00"}):
        assert ask(DUO, traceId=access.trace, **when).json()["dataProcessingOperations"] == []


def test_each_reading_is_itself_a_line_before_it_is_answered(access):
    ask(DUO, traceId=access.trace)
    line = Line.objects.get(activity="logboek.uitlezen")
    assert (line.organisation, line.kind, line.subject) == (organisations.operator().oin.value, "view", "")
    assert f"gevraagd door {DUO}" in bytes(line.body).decode()


@pytest.mark.parametrize(
    "question",
    [{}, {"traceId": "x"}, {"dataSubjectId": ANNA.value}, {"traceId": "0" * 32, "limit": 1001}, {"startTime": "today"}],
)
def test_a_question_that_names_nothing_or_has_another_form_is_refused_and_not_repeated(question):
    answer = ask(DUO, **question)
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    assert ANNA.value not in answer.content.decode()


def test_who_did_not_sign_this_request_for_this_purpose_reads_nothing(access):
    look(access)
    question = {"traceId": access.trace}
    refused = (
        ask(DUO, kind="dichterbij-verifies+jwt", **question),
        ask(DUO, about=b"{}", **question),
        ask(DUO, token="x", **question),
        Client().post(PATH, question, content_type="application/json"),
    )
    assert all(answer.status_code in (401, 403) for answer in refused)
    assert not Line.objects.filter(activity="logboek.uitlezen").exists()


def test_a_token_is_used_once(access):
    now = int(clock.now().timestamp())
    body = json.dumps({"traceId": access.trace}).encode()
    digest = Call(method="POST", path=PATH, body=body).digest()
    claims = {"iat": now, "exp": now + 60, "jti": str(uuid4()), "digest": digest}
    token = tokens.sign(DUO, {"aud": organisations.operator().oin.value, **claims}, kind=KIND)
    statuses = [ask(DUO, token=token, traceId=access.trace).status_code for _ in range(2)]
    assert statuses[0] == 200
    assert statuses[1] in (401, 403)
