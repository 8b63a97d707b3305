"""Two instances: who is logged in at one goes on at the other, without a second login and without typing twice."""

import re
import time
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.journeys.page import Page

from .applying import acts
from .guest import Guest
from .product import Server
from .two_instances import APART, HOSTS, Pair, two_instances

pytestmark = pytest.mark.slow
GRANT = "aanvullende-beurs"
DUO, ROTTERDAM = "Dienst Uitvoering Onderwijs", "Gemeente Rotterdam"
COMPANY = "Trattoria Ovenbrink B.V."


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    """Both instances, with people and workers of their own."""
    with two_instances(tmp_path_factory.mktemp("moving")) as made:
        yield made


@pytest.fixture(scope="module")
def servers(pair: Pair) -> tuple[Server, Server]:
    """Both running: the portal of Rotterdam, and DUO."""
    portal, apart = pair.serve()
    return portal, Server(f"http://{HOSTS[APART]}:{pair.apart_port}", apart.process)


def _draft(student: Guest) -> Page:
    """Begin an application for the grant at the portal, and fill in a remark; returns the page of the draft."""
    page = student.get(f"/apply/{GRANT}")
    page = student.press(page, page.form())
    draft = page.path
    student.press(page, page.form(having="remark"), {"remark": "Bel mij na vijven."})
    return student.get(draft)


def _go_on(person: Guest, page: Page) -> Page:
    """Follow the link to the other instance; returns the page that says what goes along."""
    return person.get(page.link("/go-on/"))


def _acts(person: Guest, words: str) -> set[str]:
    """Return the acts in the log of a person that say these words."""
    return {link for link in acts(person) if words in person.get(link).text}


@pytest.fixture(scope="module")
def moved(servers: tuple[Server, Server]) -> tuple[Guest, Page, Page]:
    """The student after going on: their browser, the page that asked, and the page where they arrived."""
    student = Guest(servers[0].address)
    student.log_in("student")
    draft = _draft(student)
    asked = _go_on(student, draft)
    arrived = student.press(asked, asked.form(), status=200)
    return student, asked, arrived


def test_who_goes_on_reads_what_goes_along_and_arrives_where_they_were_with_what_they_typed(
    servers: tuple[Server, Server], moved: tuple[Guest, Page, Page]
) -> None:
    student, asked, arrived = moved
    assert f"Ga verder bij {DUO}" in asked.title
    for word in ("burgerservicenummer", "Aanvullende beurs", "hoe zeker uw inlog is (substantieel)", "15 minuten"):
        assert word in asked.main, word
    assert student.address == servers[1].address
    assert arrived.path.startswith("/applications/draft/")
    assert "Bel mij na vijven." in arrived.text


def test_both_instances_tell_the_person_for_what_they_went_on(
    servers: tuple[Server, Server], moved: tuple[Guest, Page, Page]
) -> None:
    student, _, _ = moved
    assert "U ging hier verder vanuit een andere organisatie" in student.get("/who-looked").main
    there = _acts(student, f"Verder vanuit {ROTTERDAM}, voor: Aanvullende beurs")
    at_home = Guest(servers[0].address)
    at_home.log_in("student")
    assert "U ging verder bij een andere organisatie" in at_home.get("/who-looked").main
    here = _acts(at_home, f"Verder bij {DUO}, voor: Aanvullende beurs")
    assert here == there != set(), "it is one act of the person, in both logs"


def test_the_login_there_ends_when_it_ends_here(servers: tuple[Server, Server]) -> None:
    student = Guest(servers[0].address)
    student.log_in("student")
    asked = _go_on(student, _draft(student))
    student.press(asked, asked.form())
    assert student.get("/applications").path == "/applications"
    student.address = servers[0].address
    page = student.get("/logout")
    student.press(page, page.form("/logout"))
    student.address = servers[1].address
    until = time.monotonic() + 120
    while student.get("/applications").path != "/login":
        assert time.monotonic() < until, "logging out at the portal did not reach the other instance"
        time.sleep(0.2)


def test_the_way_back_needs_no_login_and_logging_out_there_says_where_one_is_still_logged_in(
    servers: tuple[Server, Server],
) -> None:
    student = Guest(servers[0].address)
    student.log_in("student")
    asked = _go_on(student, _draft(student))
    student.press(asked, asked.form())
    back = _go_on(student, student.get("/apply/zorgtoeslag"))
    assert (student.address, back.path) == (servers[0].address, "/apply/zorgtoeslag")
    student.address = servers[1].address
    page = student.get("/logout")
    left = student.press(page, page.form("/logout"))
    assert f"U kwam hier vanuit {ROTTERDAM}" in left.main
    assert left.link(f"{servers[0].address}/logout")


def test_from_the_login_page_of_the_other_instance_in_the_language_of_the_person(
    servers: tuple[Server, Server],
) -> None:
    student = Guest(servers[1].address)
    page = student.get("/en/login?next=/en/applications")
    form = next(form for form in page.forms if "portal-" in str(form.fields))
    page = student.press(page, form)
    assert student.address == servers[0].address
    assert page.path == "/en/login"
    page = student.press(page, page.form("/login/start"))
    asked = student.press(page, page.form(having="state"), {"person": "student"})
    assert "Your name" in asked.main or "your name" in asked.main
    arrived = student.press(asked, asked.form())
    assert (student.address, arrived.path) == (servers[1].address, "/en/applications")


def test_a_code_of_another_browser_or_a_second_time_opens_nothing(servers: tuple[Server, Server]) -> None:
    student, thief = Guest(servers[0].address), Guest(servers[1].address)
    student.log_in("student")
    asked = _go_on(student, _draft(student))
    form = asked.form()
    answer = student.http.post(
        student.address + form.action,
        data=dict(form.fields),
        headers={"Referer": student.address + asked.path},
    )
    address = answer.headers["Location"]
    assert not re.search(r"9999[0-9]{5}", address)
    assert thief.http.get(address).status_code == 403
    began = thief.http.get(address.partition("/back")[0]).headers["Location"]
    own = parse_qs(urlsplit(began).query)["state"][0]
    injected = re.sub("state=[^&]*", f"state={own}", address)
    assert thief.http.get(injected).status_code == 403, "the code of another does not work with one's own question"
    assert student.http.get(address).status_code == 302
    assert student.http.get(address).status_code == 403
    thief.get(address.removeprefix(servers[1].address).partition("/back")[0])
    assert thief.http.get(address).status_code == 403


def test_a_mandate_given_at_the_portal_counts_at_the_organisation_elsewhere_until_it_is_stopped(
    servers: tuple[Server, Server],
) -> None:
    student, helper = Guest(servers[0].address), Guest(servers[0].address)
    student.log_in("student")
    helper.log_in("widow")
    page = student.get("/authorities/give")
    last = {"last_day_day": "31", "last_day_month": "12", "last_day_year": "2026"}
    page = student.press(page, page.form(having="scope"), {"scope": "some", "products": [GRANT], **last})
    found = re.search(r"(?:[A-Z0-9]{4} ?){3}", page.main)
    assert found
    page = helper.get("/authorities")
    page = helper.press(page, page.form(having="code"), {"code": found[0]})
    page = helper.press(page, page.form(having="answer"), {"answer": "yes"})
    helper.press(page, page.form("/authorities/act"))

    draft = _draft(helper)
    assert "Bel mij na vijven." in draft.text
    asked = _go_on(helper, draft)
    assert f"uw machtiging: wat u daarmee mag bij {DUO}" in asked.main
    arrived = helper.press(asked, asked.form(), status=200)
    assert (helper.address, arrived.path) == (servers[1].address, draft.path)
    assert "Bel mij na vijven." in arrived.text
    assert ", als gemachtigde" in arrived.text
    there = Guest(servers[1].address)
    there.log_in("student")
    assert "Wie u machtigde" in there.get("/who-looked").main
    assert _acts(there, f"Verder vanuit {ROTTERDAM}, voor: Aanvullende beurs"), "who is represented reads for what"

    page = student.get("/authorities")
    student.press(page, page.form("/end"))
    until = time.monotonic() + 120
    while (page := helper.get(draft.path, status=None)).status != 403:
        assert time.monotonic() < until, "a mandate that was stopped goes on in the other instance"
        time.sleep(0.5)
    assert "U mocht dit eerder wel" in page.main
    helper.address = servers[0].address
    helper.get(draft.path, status=403)


def test_a_director_goes_on_for_their_company_without_a_second_login(servers: tuple[Server, Server]) -> None:
    director = Guest(servers[1].address)
    director.log_in("director")
    page = director.get("/authorities")
    page = director.press(page, page.form("/authorities/look-up"))
    form = next(each for each in page.forms if each.action == "/authorities/act" and COMPANY in each.text)
    director.press(page, form)
    asked = _go_on(director, director.get("/apply/kleineondernemersregeling"))
    assert f"{COMPANY}, met het KVK-nummer" in asked.main
    arrived = director.press(asked, asked.form(), status=200)
    assert (director.address, arrived.path) == (servers[0].address, "/apply/kleineondernemersregeling")
    assert f"U handelt nu voor {COMPANY}" in arrived.text
