"""Two instances on one machine, one organisation living in the other: from plan to letter, and who looked, in both."""

import re
import time
from collections.abc import Iterator
from urllib.parse import unquote

import pytest

from tests.journeys.page import Page

from .applying import acts
from .guest import Guest
from .product import Server
from .two_instances import Pair, two_instances

pytestmark = pytest.mark.slow
GRANT = "aanvullende-beurs"
DUO = "Dienst Uitvoering Onderwijs"
SCHEME, COMPANY, TOGETHER = "kleineondernemersregeling", "Trattoria Ovenbrink B.V.", "Ovenbrink en Zoon B.V."
IDENTIFIER = re.compile(r"/[0-9a-f]{8}-[0-9a-f-]{27}")


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    """Both instances, with people and workers of their own."""
    with two_instances(tmp_path_factory.mktemp("two")) as made:
        yield made


@pytest.fixture(scope="module")
def servers(pair: Pair) -> tuple[Server, Server]:
    """Both running: the portal of Rotterdam, and DUO."""
    return pair.serve()


def _plan(student: Guest) -> Page:
    """Open the plan after the death of the mother."""
    page = student.get("/plan")
    waiting = [link for link in page.links if IDENTIFIER.search(link)]
    page = student.get(waiting[0]) if waiting else student.press(page, page.form("/plan"))
    if page.path.endswith("/open") or any(form.action.endswith("/open") for form in page.forms):
        page = student.press(page, page.form("/open"))
    if any("who" in form.names for form in page.forms):
        page = student.press(page, page.form(having="who"), {"who": "0", "zelfde_adres_als_overledene": "yes"})
    return _answered(student, page)


def _answered(student: Guest, page: Page) -> Page:
    """Ask again what was not there within the second a page waits: a slow machine may need that."""
    until = time.monotonic() + 60
    while "Niet beschikbaar" in page.main and time.monotonic() < until:
        page = student.press(page, page.form("/refresh"))
    return page


def _acts(person: Guest) -> dict[str, str]:
    """Return the acts that the log of an instance tells a person, each with its lines."""
    return {link: person.get(link).main for link in acts(person)}


def test_a_person_walks_from_plan_to_letter_across_two_instances(pair: Pair, servers: tuple[Server, Server]) -> None:
    student, worker, at_duo = Guest(servers[0].address), Guest(servers[1].address), Guest(servers[1].address)
    student.log_in("student")
    plan = _plan(student)
    assert "Niet beschikbaar" not in plan.main

    card = student.get(plan.link(plan.path, f"/cards/{GRANT}"))
    assert "per maand" in card.main
    assert f"/apply/{GRANT}" in unquote(card.link("/go-on/"))
    page = student.press(card, card.form("/apply"))
    assert "Basisregistratie Personen" in page.text
    page = student.press(page, page.form(having="remark"), {"remark": "Bel mij liever na vijven."})
    assert "Bel mij liever na vijven." in page.text
    page = student.press(page, page.form(having="key"))
    assert "Uw aanvraag is binnen" in page.text
    case = page.path.removesuffix("/received")
    assert case in student.get("/applications").links

    worker.log_in("duo_handler", as_staff=True)
    desk = worker.get(f"/desk{case.replace('/applications/', '/cases/')}")
    desk = worker.press(desk, desk.form(having="reason"), {"reason": "Aanvraag behandelen"})
    desk = worker.press(desk, desk.form("/handling"))
    desk = worker.press(desk, desk.form("/question"), {"text": "Woont u nog op hetzelfde adres?"})

    page = student.get(case)
    assert "De termijn staat stil" in page.text
    page = student.get(page.link(f"{case}/answer/"))
    student.press(page, page.form(having="answer"), {"answer": "Ja, voorlopig wel."})

    desk = worker.get(desk.path)
    assert "Ja, voorlopig wel." in desk.text
    desk = worker.press(desk, desk.form("/decision"))
    worker.press(desk, desk.form("/publication"))

    page = student.get(case)
    assert "Er is een besluit" in page.text
    letter = page.link("/messages/")
    read = student.get(letter)
    assert "U krijgt een aanvullende beurs" in read.text
    assert letter in unquote(read.link("/go-on/"))
    assert letter in student.get("/messages").links
    assert student.http.get(f"{student.address}{letter}/pdf").content.startswith(b"%PDF-")
    assert case in student.get(card.path).links

    page = student.get(case)
    page = student.get(page.link(f"{case}/objection"))
    page = student.press(page, page.form(having="text"), {"text": "Mijn vader betaalt niets voor mij."})
    assert (page.path, "Uw bezwaar is binnen" in page.main) == (case, True)
    assert "Wij hebben uw bezwaar ontvangen" in student.get("/messages").main

    at_duo.log_in("student")
    assert "Uw bezwaar is binnen" in at_duo.get(case).main
    assert case in at_duo.get("/applications").links
    asked, looked = _acts(student), _acts(at_duo)
    assert any(DUO in told and "Uitkomst" in told for told in asked.values())
    assert any("Aanvraag behandelen" in told for told in looked.values())
    assert not any("Aanvraag behandelen" in told for told in asked.values())
    assert asked.keys() & looked.keys(), "one act of the person is the same act in both logs"
    for instance in (pair.portal, pair.apart):
        instance.run("logbook", "seal")
        instance.run("logbook", "verify")


def test_the_other_way_round_the_portal_of_duo_asks_who_lives_with_rotterdam(servers: tuple[Server, Server]) -> None:
    at_duo = Guest(servers[1].address)
    at_duo.log_in("student")
    plan = _plan(at_duo)
    assert "Niet beschikbaar" not in plan.main
    assert any("/cards/" in link and "zorgtoeslag" in link for link in plan.links)


def test_a_guardian_goes_from_one_instance_to_the_other_for_their_son(
    pair: Pair, servers: tuple[Server, Server]
) -> None:
    """No second login and nothing typed twice: at the portal of DUO they apply where Rotterdam's instance decides."""
    guardian = Guest(servers[1].address)
    guardian.log_in("guardian")
    page = guardian.get("/authorities")
    page = guardian.press(page, page.form("/authorities/look-up"))
    page = guardian.press(page, page.form("/authorities/act"))
    assert "U handelt nu voor" in page.text
    page = guardian.get("/apply/zorgtoeslag")
    page = guardian.press(page, page.form())
    assert "Alles is al voor u ingevuld" in page.main
    assert "8 juli 1988" in page.main, "the day of birth of the son, not of the guardian"
    page = guardian.press(page, page.form(having="remark"))
    page = guardian.press(page, page.form(having="key"))
    assert "Uw aanvraag is binnen" in page.text
    case = page.path.removesuffix("/received")

    son, of_guardian, at_duo = (Guest(server.address) for server in (servers[0], servers[0], servers[1]))
    son.log_in("ward")
    assert case in son.get("/applications").links
    assert any("Bepalen of u zorgtoeslag krijgt" in told for told in _acts(son).values())
    of_guardian.log_in("guardian")
    assert case not in of_guardian.get("/applications").links
    assert any("voor wie u mag handelen" in told for told in _acts(of_guardian).values())
    at_duo.log_in("ward")
    asked = _acts(at_duo)
    assert any("Dienst Toeslagen" in told for told in asked.values()), "the portal says whom it told about the son"
    assert asked.keys() & _acts(son).keys(), "one act is the same act in both logs"


def _acting(person: Guest, key: str, company: str) -> Guest:
    """Log in, ask the registers, and begin to act for a company."""
    person.log_in(key)
    page = person.get("/authorities")
    page = person.press(page, page.form("/authorities/look-up"))
    form = next(each for each in page.forms if each.action == "/authorities/act" and company in each.text)
    assert f"U handelt nu voor {company}" in person.press(page, form).text
    return person


def _filled_in(director: Guest) -> Page:
    """Fill in an application for a company that the tax office decides on, in the other instance; not sent yet."""
    page = director.get(f"/apply/{SCHEME}")
    page = director.press(page, page.form())
    while not any("key" in form.names for form in page.forms):
        form = page.form(having="remark")
        page = director.press(page, form, {name: "18000" for name in form.names if name == "omzet_per_jaar"})
    return page


def test_a_director_asks_for_their_company_through_the_portal_and_reads_the_letter(
    servers: tuple[Server, Server],
) -> None:
    director, there = _acting(Guest(servers[1].address), "director", COMPANY), Guest(servers[0].address)
    page = _filled_in(director)
    assert "KVK Handelsregister" in page.text
    page = director.press(page, page.form(having="key"))
    assert "Uw aanvraag is binnen" in page.text
    case = page.path.removesuffix("/received")
    until = time.monotonic() + 120
    page = director.get(case)
    while "Er is een besluit" not in page.text:
        assert time.monotonic() < until, "the decision did not come"
        time.sleep(0.3)
        page = director.get(case)
    letters = [link for link in page.links if link.startswith("/messages/")]
    assert any("De kleineondernemersregeling gaat gelden" in director.get(link).text for link in letters)
    letter = letters[0]
    assert director.http.get(f"{director.address}{letter}/pdf").content.startswith(b"%PDF-")

    _acting(there, "director", COMPANY)
    assert case in there.get("/applications").links, "it is the same company, and the same case"
    asked, looked = _acts(director), _acts(there)
    assert asked.keys() & looked.keys(), "one act for the company is the same act in both logs"


def test_two_directors_who_act_together_need_each_other_through_the_portal_too(
    servers: tuple[Server, Server],
) -> None:
    one, other = _acting(Guest(servers[1].address), "director", TOGETHER), Guest(servers[1].address)
    page = _filled_in(one)
    refused = one.press(page, page.form(having="key"), status=403)
    assert "Vraag de ander om bij Machtigen toestemming te geven" in refused.text
    other.log_in("second_director")
    asks = other.get("/authorities")
    asks = other.press(asks, asks.form("/authorities/look-up"))
    form = next(each for each in asks.forms if each.action == "/authorities/act" and TOGETHER in each.text)
    party = dict(form.fields)["person"]
    asks = other.get("/authorities/agree")
    other.press(asks, asks.form(having="product"), {"person": party, "product": SCHEME})
    assert "Uw aanvraag is binnen" in one.press(page, page.form(having="key")).text


def test_nobody_else_reaches_it_through_the_portal(servers: tuple[Server, Server]) -> None:
    student, other = Guest(servers[0].address), Guest(servers[0].address)
    student.log_in("student")
    other.log_in("widow")
    cases = [link for link in student.get("/applications").links if IDENTIFIER.search(link)]
    letters = [link for link in student.get("/messages").links if IDENTIFIER.search(link)]
    assert cases
    assert letters
    for address in (*cases, *letters):
        assert other.get(address, status=None).status == 404, address


def test_no_number_of_a_person_stands_in_a_log_line_of_either(pair: Pair, servers: tuple[Server, Server]) -> None:
    numbers = set(re.findall(r"(?<![0-9])9999[0-9]{5}(?![0-9])", pair.portal.log + pair.apart.log))
    assert numbers == set()


def test_an_organisation_that_stops_is_named_and_comes_back(pair: Pair, servers: tuple[Server, Server]) -> None:
    student = Guest(servers[0].address)
    student.log_in("student")
    assert [link for link in student.get("/applications").links if IDENTIFIER.search(link)]
    servers[1].kill()
    page = student.get("/applications")
    assert f"{DUO} is nu niet bereikbaar" in page.main
    assert re.search(r"Niet beschikbaar sinds .*[0-9]{2}:[0-9]{2}", page.main)
    refused = student.get(f"/apply/{GRANT}")
    refused = student.press(refused, refused.form(), status=None)
    assert refused.status == 503
    pair.serve_apart()
    until = time.monotonic() + 60
    while "is nu niet bereikbaar" in (page := student.get("/applications")).main:
        assert time.monotonic() < until
        time.sleep(0.3)
    assert [link for link in page.links if IDENTIFIER.search(link)]


ASKS = """
import json, uuid, httpx
from dichterbij.delivery.providers import reaching
from dichterbij.delivery.providers.assertion import Call
from dichterbij.ground.organisations import queries, tokens
from dichterbij.kernel import clock
from dichterbij_world.store import World, default_path
portal, now = queries.by_key("rotterdam"), int(clock.now().timestamp())
body, path = json.dumps({"product": "aanvullende-beurs"}).encode(), "/api/provider/v1/reach"
who = tokens.encrypt(portal.oin, World(default_path()).persona("student").bsn.encode())
claims = {"aud": portal.oin.value, "iat": now, "exp": now + 60, "jti": str(uuid.uuid4()), "sub": who,
          "digest": Call(method="POST", path=path, body=body).digest()}
token = tokens.sign(queries.operator().oin, claims, kind=reaching.KIND)
head = {"Authorization": "Bearer " + token, "Content-Type": "application/json"}
print("ANSWER", httpx.post(portal.provider_url + "/reach", content=body, headers=head).text)
"""


def test_duo_asks_the_portal_how_the_student_wants_to_hear_and_they_see_that(
    pair: Pair, servers: tuple[Server, Server]
) -> None:
    student = Guest(servers[0].address)
    student.log_in("student")
    assert any(IDENTIFIER.search(link) for link in student.get("/applications").links), "there is something at DUO"
    said = pair.apart.run("shell", "-c", ASKS)
    assert '"byPost"' in said
    assert any(f"vraag van {DUO}" in told for told in _acts(student).values())
    assert "U liet uitzoeken wat u kunt of moet regelen" in student.get("/who-looked").main
