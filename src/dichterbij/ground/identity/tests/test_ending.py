"""A login ends after fifteen idle minutes and after four hours, and leaves nothing in the browser."""

from datetime import timedelta

import pytest

from dichterbij.ground.identity import services
from dichterbij.ground.identity.models import LoginRow
from dichterbij.kernel import clock

from .clients import sign_in_client
from .conftest import ANNA, MORNING

pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", "logbook"]),
    pytest.mark.usefixtures("organisations", "pages", "morning"),
]


def at(minutes, seconds=0):
    return clock.frozen(MORNING + timedelta(minutes=minutes, seconds=seconds))


def test_fifteen_idle_minutes_end_the_login_to_the_second(client):
    sign_in_client(client, ANNA)
    with at(14, 59):
        assert client.get("/session").json() == {"seconds": 1}
    with at(15):
        assert client.get("/session").json() == {"seconds": 0}
        assert client.get("/note")["Location"] == "/login?next=/note"
    assert LoginRow.objects.get().ended == "idle"


def test_an_ended_login_does_not_come_back_when_the_clock_does(client):
    sign_in_client(client, ANNA)
    with at(16):
        client.get("/note")
    assert client.get("/note").status_code == 302


def test_a_clock_that_ran_back_ends_the_login(client):
    sign_in_client(client, ANNA)
    with at(-2):
        assert client.get("/note").status_code == 302


def test_activity_lengthens_the_login_but_never_beyond_four_hours(client):
    sign_in_client(client, ANNA)
    for minutes in range(10, 240, 10):
        with at(minutes):
            assert client.get("/note").status_code == 200
    with at(239):
        assert client.post("/session/renew").json() == {"seconds": 60}
    with at(240):
        assert client.get("/note").status_code == 302
        assert "4 uur" in client.get("/login?next=/note").content.decode()
    assert LoginRow.objects.get().ended == "absolute"


def test_looking_how_long_the_login_lasts_is_no_activity(client):
    sign_in_client(client, ANNA)
    with at(10):
        assert client.get("/session").json() == {"seconds": 300}
    with at(15):
        assert client.get("/note").status_code == 302


def test_a_page_that_does_not_exist_is_no_activity(client):
    sign_in_client(client, ANNA)
    with at(10):
        client.get("/no-such-page")
    with at(15):
        assert client.get("/note").status_code == 302


def test_staying_logged_in_is_asked_with_a_post_and_answers_how_long(client):
    sign_in_client(client, ANNA)
    with at(14):
        assert client.get("/session/renew").status_code == 405
        assert client.post("/session/renew").json() == {"seconds": 900}
    with at(30):
        late = client.post("/session/renew")
        assert (late.status_code, late.json()) == (401, {"seconds": 0})


def test_every_page_says_until_when_and_the_stated_time_is_kept(client):
    sign_in_client(client, ANNA)
    with at(0, 50):
        page = client.get("/logout").content.decode()
        assert "ingelogd tot 10:15 uur" in page
    with at(14, 59):
        assert client.get("/note").status_code == 200


def test_pages_of_a_login_are_not_stored_by_the_browser(client):
    sign_in_client(client, ANNA)
    for address in ("/note", "/public", "/no-such-page"):
        assert "no-store" in client.get(address)["Cache-Control"]
    with at(15):
        assert "no-store" in client.get("/note")["Cache-Control"]


def test_activity_is_written_at_most_once_a_minute(client, django_assert_num_queries):
    sign_in_client(client, ANNA)
    client.get("/note")
    with at(0, 59), django_assert_num_queries(2):
        client.get("/note")
    with at(1), django_assert_num_queries(3):
        client.get("/note")


def test_a_visitor_without_a_session_costs_no_query(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        client.get("/public")


def test_a_means_that_was_switched_off_ends_its_logins_when_the_site_starts_again(client):
    sign_in_client(client, ANNA)
    assert services.end_former_means() == 0
    assert client.get("/note").status_code == 200
    LoginRow.objects.update(means="switched-off")
    assert services.end_former_means() == 1
    assert client.get("/note").status_code == 302
