from django.http import HttpResponse
from django.test import Client, RequestFactory

from dichterbij.web import security
from dichterbij.web.security import SecurityHeaders


def test_a_page_may_load_nothing_from_elsewhere_and_run_nothing_inline(monkeypatch):
    monkeypatch.setattr(security, "form_targets", {"'self'"})  # no means of login that another test offered
    policy = Client().get("/gallery/components").headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert "data:" not in policy


def test_every_answer_has_the_headers_that_keep_it_ours():
    headers = Client().get("/gallery/nowhere").headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "geolocation=()" in headers["Permissions-Policy"]
    assert headers["X-Frame-Options"] == "DENY"


def test_a_page_of_somebody_who_is_logged_in_is_stored_nowhere():
    request = RequestFactory().get("/")
    request.login = object()
    assert SecurityHeaders(lambda _: HttpResponse("x"))(request).headers["Cache-Control"] == "no-store"


def test_a_public_page_may_be_kept():
    request = RequestFactory().get("/")
    request.login = None
    assert "Cache-Control" not in SecurityHeaders(lambda _: HttpResponse("x"))(request).headers


def test_no_page_has_a_style_attribute_or_inline_script():
    for name in ("components", "form", "letter", "plan", "checklist"):
        page = Client().get(f"/gallery/{name}").content.decode()
        assert " style=" not in page
        assert "<script>" not in page
        assert "onclick" not in page
