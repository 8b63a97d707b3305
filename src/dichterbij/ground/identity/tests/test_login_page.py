"""Choosing a means, coming back, and never being sent elsewhere."""

import re

import pytest
from django.test import Client

from dichterbij.ground.identity import asking
from dichterbij.ground.identity.domain import Audience
from dichterbij.ground.identity.models import LoginRow
from dichterbij.kernel.levels import Level

from .clients import sign_in_client
from .conftest import ANNA

pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", "logbook"]),
    pytest.mark.usefixtures("organisations", "pages"),
]
ELSEWHERE = [
    "//evil.example",
    "\\\\evil.example",
    "/\\evil.example",
    "///evil.example",
    "https://evil.example/note",
    "https:evil.example",
    "javascript:alert(1)",
    "/note\\..\\\\evil",
    " //evil.example",
    "\t//evil.example",
    "note",
    "",
]


def start(client, means="test-digid", page="/note", level="substantial"):
    return client.post("/login/start", {"means": means, "next": page, "level": level})


def state_in(address):
    return re.search(r"state=([^&]+)", address)[1]


def choose(client, address, person="student", level="test:substantieel"):
    return client.post(address.split("?")[0], {"person": person, "level": level, "state": state_in(address)})


def test_a_visitor_chooses_the_test_means_and_comes_back_to_the_page_they_wanted(client, world):
    wanted = client.get("/note")
    assert wanted["Location"] == "/login?next=/note"
    assert 'name="next" value="/note"' in client.get(wanted["Location"]).content.decode()
    address = start(client)["Location"]
    choice = client.get(address).content.decode()
    assert "Testmiddel, alleen in de demonstratie" in choice and world.persona("student").bsn not in choice
    arrived = choose(client, address)
    assert arrived["Location"] == "/note"
    assert "Mirthe" in client.get("/note").content.decode()


def test_anybody_of_the_world_is_found_by_name_or_key_and_no_number_is_shown(client, world):
    address = start(client)["Location"]
    family = list(world.families())[-1]
    surname = family.people[0].surname
    page = client.post(
        address.split("?")[0], {"term": surname[:5].upper(), "state": state_in(address)}
    ).content.decode()
    key = re.search(r'name="person" value="(\d+-\d+)"', page)[1]
    assert not any(person.bsn in page for found in world.families() for person in found.people)
    assert choose(client, address, person=key)["Location"] == "/note"
    assert client.get("/note").status_code == 200


def test_nobody_logs_in_as_somebody_who_died_or_does_not_exist(client, world):
    for person in ("student_mother", "99999-1", "", "nobody"):
        assert choose(client, start(client)["Location"], person=person).status_code in (200, 403)
        assert client.get("/note").status_code == 302


def test_a_worker_logs_in_with_the_staff_means_and_not_with_the_other(client, world):
    address = start(client, "test-staff", "/desk")["Location"]
    assert "Gemeente Rotterdam" in client.get(address).content.decode()
    assert choose(client, address, person="rotterdam_handler")["Location"] == "/desk"
    assert client.get("/desk").status_code == 200
    assert client.get("/note")["Location"] == "/login?next=/note"
    assert "Hielp u iemand? Dan is die hulp gestopt of voorbij" in client.get("/login?next=/note").content.decode()
    assert choose(client, start(client)["Location"], person="rotterdam_handler").status_code == 403


def test_a_level_below_what_the_page_needs_is_refused(client, world):
    address = start(client, "test-staff", "/desk")["Location"]
    assert choose(client, address, "rotterdam_handler", "test:laag").status_code == 403
    assert client.get("/desk")["Location"] == "/login?next=/desk&for=staff"


def test_who_stops_halfway_reads_that_they_are_not_logged_in(client, world):
    address = start(client)["Location"]
    stopped = client.post(address, {"cancel": "yes"})
    assert stopped["Location"].startswith("/login?next=/note")
    assert "U bent gestopt met inloggen" in client.get(stopped["Location"]).content.decode()
    assert choose(client, address).status_code == 302
    assert client.get("/note").status_code == 302


def test_who_stops_halfway_a_step_up_is_still_logged_in_and_reads_that(client, world):
    sign_in_client(client, ANNA, Level.LOW)
    stopped = client.post(start(client, level="high")["Location"], {"cancel": "yes"})
    assert stopped["Location"] == "/login?next=/note&level=high&cancelled=1"
    assert "U bent nog ingelogd zoals u was" in client.get(stopped["Location"]).content.decode()


def test_who_could_not_log_in_is_led_back_to_the_choice_for_the_page_they_wanted(client, world):
    address = start(client, level="high")["Location"]
    refused = choose(client, address, level="test:laag")
    assert refused.status_code == 403
    page = refused.content.decode()
    assert "een hoger niveau" in page
    assert 'href="/login?next=/note&amp;level=high"' in page and 'href="/login/help"' in page


def test_a_test_means_that_nobody_asked_for_leads_to_the_login_page(client, world):
    assert client.get("/test-means/test-digid")["Location"] == "/login"


def test_a_means_that_is_not_admitted_is_refused(client):
    assert start(client, "unheard-of").status_code == 403


@pytest.mark.parametrize("address", ELSEWHERE)
def test_nobody_is_sent_to_another_site(client, world, address):
    assert asking.safe_path(address) == "/"
    assert choose(client, start(client, page=address)["Location"])["Location"] == "/"
    assert client.get("/login", {"next": address})["Location"] == "/"
    assert client.post("/logout", {"next": address})["Location"] == "/logout"


def test_who_is_logged_in_surely_enough_goes_straight_on(client):
    sign_in_client(client, ANNA, Level.SUBSTANTIAL)
    assert client.get("/login?next=/note")["Location"] == "/note"
    assert client.get("/login?next=/note&level=high").status_code == 200
    assert client.get("/login?next=/desk&for=staff").status_code == 200


def test_a_forged_post_does_not_log_anybody_in_or_out():
    strict = Client(enforce_csrf_checks=True)
    sign_in_client(strict, ANNA)
    assert strict.post("/logout").status_code == 403
    assert strict.post("/session/renew").status_code == 403
    assert strict.post("/login/start", {"means": "test-digid"}).status_code == 403
    assert strict.get("/note").status_code == 200


def test_a_bare_post_straight_to_an_act_is_sent_to_the_login_page(client, pages):
    assert client.post("/note", {"note": "x"})["Location"] == "/login?next=/note"
    sign_in_client(client, ANNA, audience=Audience.CITIZEN)
    assert client.post("/desk", {"x": "y"})["Location"].startswith("/login?next=/desk&for=staff")
    assert pages == []


@pytest.mark.parametrize("prefix", ["", "/en", "/pap"])
def test_the_login_page_stays_in_the_language_of_the_page(client, prefix):
    page = client.get(f"{prefix}/login")
    assert page.status_code == 200 and f'action="{prefix}/login/start"' in page.content.decode()


def test_an_act_on_a_public_page_asks_for_a_login_as_oneself(client):
    assert client.post("/public", {"x": "y"})["Location"] == "/login?next=/public"


def test_who_changes_language_in_the_middle_of_login_goes_on_in_that_language(client, world, settings):
    settings.ROOT_URLCONF = "dichterbij.project.urls"
    choice = client.get("/login?next=/plan")
    assert 'href="/en/login?next=/plan"' in choice.content.decode()
    page = client.get("/en/login?next=/plan").content.decode()
    assert 'action="/en/login/start"' in page
    answer = client.post("/en/login/start", {"means": "test-digid", "next": "/plan", "level": "low"})
    assert answer["Location"].startswith("/en/")
    client.get("/pap/login")
    assert choose(client, answer["Location"])["Location"] == "/en/plan"


@pytest.mark.parametrize(
    ("means_id", "person"),
    [
        ("test-digid", "student"),
        ("test-private", "student"),
        ("test-eidas", "uncle"),
        ("test-entrepreneur", "director"),
        ("test-eherkenning", "director-90123456"),
    ],
)
def test_a_visitor_of_the_demonstration_logs_in_with_every_kind_of_means(client, world, means_id, person):
    address = start(client, means_id)["Location"]
    assert person in client.get(address).content.decode()
    assert choose(client, address, person=person)["Location"] == "/note"
    assert client.get("/note").status_code == 200


def test_a_means_reaches_no_higher_than_it_was_admitted_for(client, world):
    assert "test:hoog" not in client.get(start(client, "test-private")["Location"]).content.decode()
    assert start(client, "test-private", level="high").status_code == 403
    assert "Ondernemersapp" not in client.get("/login?level=high").content.decode()


def test_who_comes_from_abroad_with_the_national_link_is_the_person_with_that_number(client, client_elsewhere, world):
    choose(client, start(client, "test-eidas")["Location"], person="uncle")
    choose(client_elsewhere, start(client_elsewhere)["Location"], person="uncle")
    assert len({row.party_id for row in LoginRow.objects.all()}) == 1


def test_who_comes_without_a_number_reads_what_works_what_does_not_and_whom_to_call(client, world):
    arrived = choose(client, start(client, "test-eidas")["Location"], person="neighbour")["Location"]
    assert arrived == "/login/without-number?next=/note"
    page = client.get(arrived).content.decode()
    assert "Lotte Wauters" in page and 'href="/note"' in page
    assert "U kunt niets aanvragen" in page and "RNI-loket" in page and "tel:+31" in page
    assert "Geen burgerservicenummer" in client.get("/login/help").content.decode()
    assert 'href="/note"' not in client.get("/login/without-number?next=//evil.example").content.decode()


def test_who_has_a_number_is_sent_on_from_the_page_for_who_has_none(client, world):
    sign_in_client(client, ANNA)
    assert client.get("/login/without-number?next=/note")["Location"] == "/note"
