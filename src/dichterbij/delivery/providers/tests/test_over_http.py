"""An organisation elsewhere that fails: slow, down, too much, nonsense, an answer that got lost. Never "nothing"."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx
import pytest

from dichterbij.delivery.catalogue import queries as catalogue
from dichterbij.delivery.providers import line as lines
from dichterbij.delivery.providers import services
from dichterbij.delivery.providers.domain import NotAvailable
from dichterbij.delivery.providers.line import Line
from dichterbij.delivery.providers.models import Elsewhere
from dichterbij.delivery.providers.over_http import OverHttp
from dichterbij.delivery.providers.refusals import RefusedElsewhere
from dichterbij.ground.assessment.domain import Request
from dichterbij.ground.logbook import queries as logbook
from dichterbij.ground.logbook.models import Line as LogLine
from dichterbij.ground.organisations import models
from dichterbij.ground.organisations import queries as organisations
from dichterbij.kernel.periods import Period

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "logbook"])
GRANT = "aanvullende-beurs"
Answer = Callable[[BaseHTTPRequestHandler], None]


@pytest.fixture
def student(citizen):
    return citizen("student", GRANT)


@contextmanager
def _body(answer: Answer) -> Iterator[OverHttp]:
    """Give a body elsewhere that answers as told."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answer(self)

        def do_POST(self) -> None:
            answer(self)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield OverHttp(Line(url=f"http://127.0.0.1:{server.server_port}/api"))
    finally:
        server.shutdown()
        server.server_close()


def _says(status: int, body: bytes) -> Answer:
    def answer(request: BaseHTTPRequestHandler) -> None:
        request.rfile.read(int(request.headers.get("Content-Length", 0)))
        request.send_response(status)
        request.send_header("Content-Length", str(len(body)))
        request.end_headers()
        request.wfile.write(body)

    return answer


def _request():
    found = catalogue.product(GRANT)
    return Request(law=found.law, outputs=found.outputs, period=Period.month(2026, 7), decided_on=date(2026, 6, 15))


def test_an_answer_that_is_not_the_contract_is_not_nothing(student):
    for body in [
        b"",
        b"<html>",
        b"[]",
        b"null",
        b'{"drafts": 1, "cases": []}',
        b'{"drafts": [], "cases": [{"id": "x"}]}',
        b"[" * 100_000,
        b"\xff\xfe",
    ]:
        with _body(_says(200, body)) as there, pytest.raises(NotAvailable):
            there.overview(student)


def test_a_status_without_a_problem_of_the_contract_is_not_nothing(student):
    for status in [301, 302, 400, 401, 404, 418, 500, 502, 503]:
        with _body(_says(status, b"oops")) as there, pytest.raises(NotAvailable):
            there.overview(student)


def test_a_refusal_is_told_with_the_words_of_who_refuses(student):
    said = {"type": "urn:dichterbij:problem:denied", "status": 403, "title": "x", "detail": "Dit mag niet."}
    with (
        _body(_says(403, json.dumps(said).encode())) as there,
        pytest.raises(RefusedElsewhere, match=r"Dit mag niet\."),
    ):
        there.overview(student)


def test_an_answer_that_is_too_large_is_left(student, monkeypatch):
    monkeypatch.setattr(lines, "LARGEST", 1000)
    with _body(_says(200, b"x" * 5000)) as there, pytest.raises(NotAvailable):
        there.overview(student)


def test_an_answer_that_comes_drop_by_drop_is_left_in_time(student, monkeypatch):
    drops_of_ten_seconds = iter(range(200))

    def drops(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.end_headers()
        for _ in drops_of_ten_seconds:
            request.wfile.write(b" ")
            request.wfile.flush()
            time.sleep(0.05)

    monkeypatch.setattr(lines, "ANSWER_SECONDS", 0.4)
    with _body(drops) as there, pytest.raises(NotAvailable):
        there.overview(student)
    assert any(drops_of_ten_seconds)


def test_silence_is_left_in_time(student, monkeypatch):
    monkeypatch.setattr(lines, "ANSWER_SECONDS", 0.2)
    with _body(lambda _request: time.sleep(1)) as there, pytest.raises(NotAvailable):
        there.overview(student)


def test_nobody_there_is_not_nothing(student):
    with pytest.raises(NotAvailable):
        OverHttp(Line(url="http://127.0.0.1:9/api")).overview(student)


def test_in_production_nothing_of_a_person_travels_without_https(student, settings):
    settings.HTTPS = True
    with _body(_says(200, b"{}")) as there, pytest.raises(NotAvailable):
        there.overview(student)


def test_an_answer_of_another_organisation_is_refused(line, student, elsewhere):
    """What the organisation itself answers, given back as the answer of another one."""
    there = OverHttp(line)
    there.start(student, GRANT, name="x", language="nl")
    said: list[bytes] = []
    own = Line._once

    def listening(self, *arguments):
        reply = own(self, *arguments)
        said.append(reply.content)
        return reply

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Line, "_once", listening)
        there.overview(student)
    with _body(_says(200, said[0])) as false, pytest.raises(NotAvailable):
        false.overview(elsewhere(student, "zorgtoeslag"))


def test_an_answer_to_another_question_is_refused_and_no_outcome_is_recorded_as_given(student):
    with _body(_says(200, b'{"assessments": []}')) as there, pytest.raises(NotAvailable):
        there.assess(student, (_request(),), {})
    assert [line.kind for line in LogLine.objects.order_by("id")] == ["intent", "read"]
    assert b'"outcome":"unavailable"' in bytes(LogLine.objects.latest("id").body)


@pytest.mark.parametrize("lost", ["before", "after"])
def test_an_application_whose_answer_got_lost_is_sent_again_and_is_one_case(line, student, monkeypatch, lost):
    there = OverHttp(line)
    draft = there.start(student, GRANT, name="x", language="nl")
    own, failed = Line._once, []

    def flaky(self, *arguments):
        if not failed and lost == "before":
            failed.append(1)
            raise httpx.ConnectError("gone")
        reply = own(self, *arguments)
        if not failed:
            failed.append(1)
            raise httpx.RemoteProtocolError("gone")
        return reply

    monkeypatch.setattr(Line, "_once", flaky)
    submitted = there.submit(student, draft.id, draft.key)
    monkeypatch.undo()
    assert there.overview(student).cases == (submitted,)
    assert len(there.box(student)) == 1


def test_an_outcome_is_in_both_logs_within_one_act(line, student):
    OverHttp(line).assess(student, (_request(),), {})
    (act,) = logbook.acts_about(student, limit=5)
    assert act.act == student.act
    assert {part.activity for part in act.parts} == {"portaal.overzicht", "duo.aanvullende-beurs"}
    found = [json.loads(bytes(row.body)) for row in LogLine.objects.all()]
    assert {each["trace"] for each in found} == {student.trace}


def test_where_something_lies_is_remembered_and_its_page_stays_with_who_told_first(line, student, elsewhere):
    from dichterbij.delivery.providers.elsewhere import place, remember

    draft = OverHttp(line).start(student, GRANT, name="x", language="nl")
    assert place(draft.id).product.id == GRANT
    remember(elsewhere(student, "zorgtoeslag"), [(draft.id, "zorgtoeslag")])
    assert Elsewhere.objects.get(number=draft.id).organisation == student.organisation.value


def test_an_organisation_elsewhere_is_asked_over_http_and_one_without_an_address_not_at_all(organisations_elsewhere):
    assert services.provider(organisations_elsewhere) == OverHttp(Line(url="http://127.0.0.1:9/api"))


@pytest.fixture
def organisations_elsewhere(student):
    models.Organisation.objects.filter(key="duo").update(hosted=False, provider_url="http://127.0.0.1:9/api")
    organisations.forget()
    return student.organisation


def test_what_is_down_is_named_with_since_when_and_the_rest_is_shown(organisations_elsewhere, persona, citizen):
    from django.test import Client

    from dichterbij.delivery.cases import services as cases
    from dichterbij.ground.identity.tests.clients import sign_in_client

    other = citizen("student", "zorgtoeslag")
    cases.start(other, "zorgtoeslag", name="x", language="nl")
    client = Client()
    sign_in_client(client, persona("student"))
    page = client.get("/applications").content.decode()
    assert "Dienst Uitvoering Onderwijs is nu niet bereikbaar" in page
    assert "Niet beschikbaar sinds" in page
    assert "Zorgtoeslag" in page


def test_a_worker_cannot_reach_an_organisation_elsewhere(line, student):
    from dichterbij.delivery.providers.assertion import NotAsker
    from dichterbij.kernel.access import Role

    worker = replace(student, actor=replace(student.actor, role=Role.STAFF))
    with pytest.raises(NotAsker):
        OverHttp(line).overview(worker)


def test_an_organisation_that_is_down_is_not_waited_for_again_and_again(student, monkeypatch):
    monkeypatch.setattr(lines, "ANSWER_SECONDS", 0.1)
    asked: list[int] = []

    def silent(_request: BaseHTTPRequestHandler) -> None:
        asked.append(1)
        time.sleep(0.3)

    with _body(silent) as there:
        for _ in range(6):
            with pytest.raises(NotAvailable):
                there.overview(student)
    assert len(asked) == 3
