"""A form that was posted too late is kept for the same person, offered again, and never sent by itself."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from dichterbij.ground.identity import asking, late_forms
from dichterbij.ground.identity.models import LateForm
from dichterbij.kernel import clock
from dichterbij.kernel.levels import Level

from .clients import assertion_for, request_of, sign_in_client
from .conftest import ANNA, BORIS, MORNING

pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", "logbook"]),
    pytest.mark.usefixtures("organisations", "pages", "morning"),
]
FORM = "http://testserver/note?step=2"
WORDS = {"note": "mijn lange uitleg", "csrfmiddlewaretoken": "token"}


def post_too_late(client, words=WORDS, address="/note"):
    sign_in_client(client, ANNA)
    with clock.frozen(MORNING + timedelta(minutes=20)):
        return client.post(address, words, headers={"referer": FORM})


def arrive(client, bsn, level=Level.SUBSTANTIAL, page="/note?step=2"):
    """Log in on the same browser, as a person does after the login page, and return where they end up."""
    from dichterbij.ground.identity import arrival

    from .clients import Audience, means_for

    request = request_of(client)
    asked = asking.begin(request, means_for(Audience.CITIZEN).id, page, level)
    answer = arrival.arrive(request, assertion_for(bsn, level=level, state=asked.state))
    request.session.save()
    client.cookies["dichterbij"] = request.session.session_key
    return answer["Location"]


def test_a_form_posted_too_late_is_kept_and_offered_again_but_never_sent(client, pages):
    answer = post_too_late(client)
    assert answer["Location"] == "/login?next=/note%3Fstep%3D2"
    assert "15 minuten niets" in client.get(answer["Location"]).content.decode()
    with clock.frozen(MORNING + timedelta(minutes=25)):
        kept_url = arrive(client, ANNA)
        page = client.get(kept_url).content.decode()
        assert "Wat u invulde, is bewaard" in page and "mijn lange uitleg" in page
        assert "<td>token</td>" not in page
        form_id = kept_url.rsplit("/", 1)[1]
        again = client.get(f"/note?step=2&kept={form_id}")
        assert "value='mijn lange uitleg'" in again.content.decode()
        assert pages == []
        client.post(f"/note?step=2&kept={form_id}", {"note": "mijn lange uitleg"})
        assert pages == [{"note": ["mijn lange uitleg"]}]
        assert not LateForm.objects.exists()


def test_somebody_else_on_the_same_browser_never_sees_it(client):
    post_too_late(client)
    form_id = LateForm.objects.get().id
    with clock.frozen(MORNING + timedelta(minutes=25)):
        assert arrive(client, BORIS) == "/note?step=2"
        assert client.get(f"/kept-forms/{form_id}").status_code == 404
        assert "uitleg" not in client.get(f"/note?kept={form_id}").content.decode()
        assert set(client.session.keys()) <= {"login", "_csrftoken"}


def test_it_is_offered_to_the_same_person_on_another_device(client, client_elsewhere):
    post_too_late(client)
    with clock.frozen(MORNING + timedelta(minutes=25)):
        assert "/kept-forms/" in arrive(client_elsewhere, ANNA)


def test_it_is_sealed_without_token_and_without_whose_it_is(client):
    login = sign_in_client(client, ANNA)
    post_too_late(client)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM identity_lateform")
        stored = repr(cursor.fetchall()).replace("-", "")
    assert "uitleg" not in stored and "token" not in stored and login.party.hex not in stored


def test_it_is_offered_only_on_the_page_it_came_from(client):
    post_too_late(client)
    form_id = LateForm.objects.get().id
    with clock.frozen(MORNING + timedelta(minutes=25)):
        arrive(client, ANNA)
        assert client.get(f"/sure?kept={form_id}").wsgi_request.kept_form is None
        assert client.get(f"/note?kept={form_id}").wsgi_request.kept_form["note"] == "mijn lange uitleg"
        assert client.get("/note?kept=nonsense").wsgi_request.kept_form is None


def test_files_are_not_kept_and_the_person_is_told(client):
    post_too_late(client, {**WORDS, "proof": SimpleUploadedFile("a.pdf", b"%PDF-")})
    with clock.frozen(MORNING + timedelta(minutes=25)):
        assert "bestand" in client.get(arrive(client, ANNA)).content.decode()


def test_a_button_without_words_is_not_worth_keeping(client):
    post_too_late(client, {"csrfmiddlewaretoken": "token"})
    assert not LateForm.objects.exists()


def test_nothing_is_kept_for_a_visitor_whom_we_do_not_know(client):
    client.post("/note", WORDS, headers={"referer": FORM})
    assert not LateForm.objects.exists()


def test_it_can_be_thrown_away_and_is_gone_after_a_day(client):
    post_too_late(client)
    with clock.frozen(MORNING + timedelta(minutes=25)):
        kept_url = arrive(client, ANNA)
        assert client.post(kept_url)["Location"] == "/note?step=2"
        assert client.get(kept_url).status_code == 404
    post_too_late(client)
    assert late_forms.purge(MORNING + timedelta(hours=24)) == 0
    with clock.frozen(MORNING + timedelta(hours=24, minutes=20)):
        assert "/kept-forms/" not in arrive(client, ANNA)
    assert late_forms.purge(MORNING + timedelta(hours=24, minutes=20)) == 1


def test_only_the_newest_five_are_kept(client):
    for number in range(7):
        post_too_late(client, {"note": str(number)})
    assert LateForm.objects.count() == 5


def test_a_page_of_another_site_is_not_where_we_return(client):
    sign_in_client(client, ANNA)
    with clock.frozen(MORNING + timedelta(minutes=20)):
        answer = client.post("/note", WORDS, headers={"referer": "https://evil.example/note"})
    assert answer["Location"] == "/login?next=/note"


def test_an_act_that_needs_more_certainty_asks_for_it_and_comes_back_to_the_same_form_once(client, pages):
    sign_in_client(client, ANNA, Level.LOW)
    answer = client.post("/sure", {"act": "do it"}, headers={"referer": "http://testserver/sure"})
    assert answer["Location"] == "/login?next=/sure&level=high" and pages == []
    assert "Nog een keer inloggen" in client.get(answer["Location"]).content.decode()
    kept_url = arrive(client, ANNA, Level.HIGH)
    form_id = kept_url.rsplit("/", 1)[1]
    assert client.get(f"/sure?kept={form_id}").wsgi_request.kept_form["act"] == "do it"
    client.post(f"/sure?kept={form_id}", {"act": "do it"})
    assert pages == [{"act": ["do it"]}]
    assert client.get(f"/sure?kept={form_id}").wsgi_request.kept_form is None


def test_two_tabs_that_need_more_certainty_each_come_back_to_their_own_form(client):
    sign_in_client(client, ANNA, Level.LOW)
    for tab in ("1", "2"):
        client.post("/sure", {"act": tab}, headers={"referer": f"http://testserver/sure?tab={tab}"})
    for tab in ("1", "2"):
        kept = client.get(arrive(client, ANNA, Level.HIGH, f"/sure?tab={tab}")).context["kept"]
        assert kept.fields == {"act": [tab]}


def test_a_form_that_stood_open_while_the_person_logged_in_again_in_another_tab_is_kept(pages):
    strict = Client(enforce_csrf_checks=True)
    sign_in_client(strict, ANNA)
    here = {"origin": "http://testserver", "referer": "http://testserver/note"}
    answer = strict.post("/note", WORDS, headers=here)
    assert answer["Location"].startswith("/kept-forms/")
    assert "mijn lange uitleg" in strict.get(answer["Location"]).content.decode()
    assert pages == []


@pytest.mark.parametrize("origin", ["https://evil.example", "null", None])
def test_a_form_forged_by_another_site_is_not_kept(origin):
    strict = Client(enforce_csrf_checks=True)
    sign_in_client(strict, ANNA)
    assert strict.post("/note", WORDS, headers={"origin": origin} if origin else {}).status_code == 403
    assert not LateForm.objects.exists()


def test_a_form_without_login_and_token_gets_a_page_that_helps():
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/note", WORDS, headers={"origin": "http://testserver"})
    assert answer.status_code == 403 and "niet verstuurd" in answer.content.decode()
    assert not LateForm.objects.exists()
