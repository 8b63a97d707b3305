import errno
import json

import pytest
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.http import HttpResponse
from django.template import loader
from django.test import Client, RequestFactory

from dichterbij.kernel.problems import Problem
from dichterbij.web import errors, limits
from dichterbij.web.context import bare_layout


@pytest.fixture
def visitor() -> Client:
    client = Client()
    client.raise_request_exception = False
    return client


class Late(Problem):
    code = "too-late"
    title = "U bent te laat"
    status = 409


def test_a_problem_becomes_a_page_that_says_what_happened_and_what_to_do(visitor):
    answer = visitor.get("/gallery/problem")
    page = answer.content.decode()
    assert answer.status_code == 503
    assert "De Basisregistratie Personen antwoordt niet" in page
    assert "Sinds 10.04 uur krijgen wij geen antwoord." in page
    assert "Wat u kunt doen" in page
    assert "Hulp nodig?" in page


def test_a_problem_under_api_is_problem_json(visitor):
    answer = visitor.get("/api/gallery/problem")
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert json.loads(answer.content)["type"] == "urn:dichterbij:problem:registry-unavailable"


def test_an_address_that_does_not_exist_is_a_page_of_ours_in_the_language_of_the_address(visitor):
    answer = visitor.get("/nowhere")
    assert answer.status_code == 404
    assert "Deze bladzijde is er niet" in answer.content.decode()
    assert '<html lang="pap">' in visitor.get("/pap/nowhere").content.decode()


def test_a_defect_of_ours_asks_nothing_of_any_room(visitor):
    answer = visitor.get("/gallery/crash")
    assert answer.status_code == 500
    assert "Dat ligt niet aan u." in answer.content.decode()
    assert "a defect of ours" not in answer.content.decode()


def test_a_form_without_its_token_says_that_the_page_was_open_too_long():
    answer = Client(enforce_csrf_checks=True).post("/gallery/form", {"iban": "x"})
    assert answer.status_code == 403
    assert "Dit formulier is niet verstuurd" in answer.content.decode()


@pytest.mark.parametrize("status", [400, 403, 404, 409, 413, 429, 500, 503, 507])
def test_every_error_has_its_own_words(status):
    page = errors.page_of(status)
    assert page.title != errors.page_of(418).title or status == 500
    assert page.happened and page.remedy


def test_a_request_that_is_too_big_is_413():
    answer = errors.bad_request(RequestFactory().post("/x"), RequestDataTooBig())
    assert answer.status_code == 413


def test_a_form_with_far_too_much_text_gets_a_page_and_not_a_defect(settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    answer = Client().post("/gallery/form", {"iban": "x" * 2000})
    assert answer.status_code == 413
    assert "Dit is te groot om te versturen" in answer.content.decode()


def test_a_body_of_a_hundred_megabytes_is_refused_without_being_kept(monkeypatch):
    monkeypatch.setattr(limits, "LARGEST_BODY", 1000)
    request = RequestFactory().post("/gallery/form", {"proof": SimpleUploadedFile("a.pdf", b"%PDF-" + b"x" * 5000)})
    answer = limits.BodyLimit(lambda _: pytest.fail("it was handled"))(request)
    assert answer.status_code == 413
    assert request.read() == b""
    assert "Het is niet bewaard." in answer.content.decode()


def test_a_body_of_ordinary_size_is_handled():
    request = RequestFactory().post("/gallery/form", {"iban": "x"})
    assert limits.BodyLimit(lambda _: HttpResponse("ok"))(request).content == b"ok"


@pytest.mark.parametrize(
    "exception", [OSError(errno.ENOSPC, "No space left"), OperationalError("database or disk is full")]
)
def test_a_full_disk_says_that_nothing_was_kept(exception):
    answer = errors.Problems(lambda request: None).process_exception(RequestFactory().get("/"), exception)
    assert answer.status_code == 507
    assert "niet bewaard" in answer.content.decode()


@pytest.mark.parametrize("said", ["database is locked", "disk I/O error", "connection refused"])
def test_a_database_out_of_reach_is_no_full_disk_and_no_defect(said):
    page = errors.page_of_exception(OperationalError(said))
    assert page.status == 503


def test_a_table_that_is_missing_is_a_defect():
    assert errors.page_of_exception(OperationalError("no such table: x")).status == 500


def test_a_problem_keeps_its_own_remedy():
    page = errors.page_of_problem(Late("Het was gisteren.", remedy="Bel ons."))
    assert (page.status, page.happened, page.remedy) == (409, "Het was gisteren.", "Bel ons.")


def test_another_exception_is_left_to_django():
    assert (
        errors.Problems(lambda request: None).process_exception(RequestFactory().get("/"), PermissionDenied()) is None
    )


def test_the_page_for_when_nothing_works_needs_no_request():
    text = loader.render_to_string("web/errors/page.html", {"page": errors.page_of(500), "layout": bare_layout()})
    assert "Hulp nodig?" in text


@pytest.mark.parametrize(
    ("path", "is_json"), [("/api/v1/x", True), ("/apiary", False), ("/en/api", False), ("/api", True)]
)
def test_only_addresses_under_api_answer_programs(path, is_json):
    assert errors.wants_json(RequestFactory().get(path)) is is_json
