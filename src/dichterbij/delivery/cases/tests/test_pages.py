"""The pages of a person, walked as a person walks them: with forms, twice, half-way and by somebody else."""

import re
from dataclasses import replace

import pytest
from django.test import Client

from dichterbij.delivery.cases.domain import Application
from dichterbij.delivery.cases.forms import ApplicationForm
from dichterbij.ground.assessment.domain import Origin, Question
from dichterbij.ground.identity.tests.clients import sign_in_client
from dichterbij.ground.organisations import queries as bodies
from dichterbij.kernel.levels import Level

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "logbook"])
GRANT = "aanvullende-beurs"


@pytest.fixture
def student(organisations, persona) -> Client:
    client = Client()
    sign_in_client(client, persona("student"), Level.SUBSTANTIAL, name="E. Verzonnen")
    return client


def _begun(client: Client) -> str:
    response = client.post(f"/apply/{GRANT}")
    assert response.status_code == 302, response.content.decode()[:2000]
    return response.url


def _filled(client: Client) -> str:
    page = _begun(client)
    response = client.post(page, {"remark": "Bel mij liever."})
    assert response.status_code == 302
    return response.url


def _hidden(page: str) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="(key|product)" value="([^"]+)"', page))


def test_what_a_product_is_can_be_read_without_login(client, organisations):
    page = client.get(f"/apply/{GRANT}").content.decode()
    assert "Aanvraag beginnen" in page
    assert "8 weken" in page


def test_what_cannot_be_asked_for_here_says_where_it_can(client, organisations, monkeypatch):
    duo = bodies.by_key("duo")
    monkeypatch.setattr(
        "dichterbij.delivery.cases.views.organisations.organisation", lambda _: replace(duo, hosted=False)
    )
    for page in (client.get(f"/apply/{GRANT}"), client.post(f"/apply/{GRANT}")):
        assert page.status_code == 200
        text = page.content.decode()
        assert "Aanvraag beginnen" not in text
        assert f'href="{duo.contact.url}"' in text
        assert duo.contact.phone in text


def test_beginning_an_application_asks_for_a_login_first(client, organisations):
    response = client.post(f"/apply/{GRANT}")
    assert response.status_code == 302
    assert "login" in response.url


def test_each_fact_shows_its_source_and_date_and_a_way_to_say_it_is_wrong(student):
    page = student.get(_begun(student)).content.decode()
    assert "Basisregistratie Personen" in page
    assert "15 juni 2026" in page
    assert "/correct/p1/geboortedatum" in page


def test_what_somebody_says_is_wrong_goes_along_and_changes_nothing(student):
    page = _begun(student)
    response = student.post(f"{page}/correct/p1/geboortedatum", {"says": "Ik ben een dag later geboren."})
    assert response.url == page
    again = student.get(page).content.decode()
    assert "Ik ben een dag later geboren." in again
    assert "11 februari 2002" in again


def test_an_application_goes_from_form_to_receipt_to_case_page(student):
    review = student.get(_filled(student))
    response = student.post(review.wsgi_request.path, _hidden(review.content.decode()))
    assert response.status_code == 302
    received = student.get(response.url).content.decode()
    assert "Uw aanvraag is binnen" in received
    case = student.get(response.url.removesuffix("/received")).content.decode()
    for question in (
        "Waar is mijn aanvraag?",
        "Wanneer weet ik het?",
        "Wie heeft mijn aanvraag?",
        "Wie kan mij helpen?",
        "Was het op tijd?",
    ):
        assert question in case
    assert "10 augustus 2026" in case
    assert "Aanvullende beurs" in student.get("/applications").content.decode()
    assert "Wij hebben uw aanvraag ontvangen" in student.get("/messages").content.decode()


def test_sending_the_same_page_twice_gives_one_case(student):
    review = student.get(_filled(student))
    posted = _hidden(review.content.decode())
    first = student.post(review.wsgi_request.path, posted)
    second = student.post(review.wsgi_request.path, posted)
    assert first.url == second.url


def test_a_message_can_be_read_and_kept_as_a_file(student):
    review = student.get(_filled(student))
    student.post(review.wsgi_request.path, _hidden(review.content.decode()))
    (address,) = set(re.findall(r'href="(/messages/[0-9a-f-]{36})"', student.get("/messages").content.decode()))
    assert "Dit hebt u gestuurd" in student.get(address).content.decode()
    file = student.get(f"{address}/pdf")
    assert file.content.startswith(b"%PDF")
    assert file["Content-Disposition"].startswith('attachment; filename="brief-2026-06-15-')
    assert "Gelezen" in student.get("/messages").content.decode()


def test_somebody_else_sees_nothing_of_it(student, persona):
    review = student.get(_filled(student))
    case = student.post(review.wsgi_request.path, _hidden(review.content.decode())).url.removesuffix("/received")
    (address,) = set(re.findall(r'href="(/messages/[0-9a-f-]{36})"', student.get("/messages").content.decode()))
    other = Client()
    sign_in_client(other, persona("uncle"), Level.SUBSTANTIAL)
    for path in (case, f"{case}/received", f"{case}/withdraw", address, f"{address}/pdf", review.wsgi_request.path):
        assert other.get(path).status_code == 404, path


def test_an_application_can_be_withdrawn_until_it_is_decided(student):
    review = student.get(_filled(student))
    case = student.post(review.wsgi_request.path, _hidden(review.content.decode())).url.removesuffix("/received")
    assert "Ja, trek de aanvraag in" in student.get(f"{case}/withdraw").content.decode()
    assert student.post(f"{case}/withdraw").url == case
    assert "U trok uw aanvraag in" in student.get(case).content.decode()
    assert student.post(f"{case}/withdraw").status_code == 409


def test_a_draft_can_be_thrown_away(student):
    page = _begun(student)
    assert student.post(f"{page}/discard").url == "/applications"
    assert student.get(page).status_code == 404


def test_a_low_login_is_asked_to_come_back_with_a_higher_one(organisations, persona):
    client = Client()
    sign_in_client(client, persona("student"), Level.LOW)
    response = client.post(f"/apply/{GRANT}")
    assert response.status_code == 302
    assert "login" in response.url


def test_no_page_asks_the_database_more_than_twelve_times(student, django_assert_max_num_queries):
    review = student.get(_filled(student))
    case = student.post(review.wsgi_request.path, _hidden(review.content.decode())).url.removesuffix("/received")
    for path in (case, "/applications", "/messages", f"/apply/{GRANT}"):
        with django_assert_max_num_queries(12):
            student.get(path)


@pytest.mark.parametrize("kind", ["amount", "number", "date", "text"])
def test_what_somebody_left_empty_is_empty_when_they_come_back(kind):
    asked = Question(
        person="self",
        fact="omzet",
        about="",
        label="Omzet",
        question="Hoeveel?",
        help="",
        type=kind,
        values=(),
        origin=Origin.APPLICANT,
    )
    shown = str(ApplicationForm([asked], Application(name="E. Verzonnen", unknown=("omzet",))))
    assert "unknown" not in shown


def test_an_unknown_product_is_not_found(client, organisations):
    assert client.get("/apply/bestaat-niet").status_code == 404


def test_where_a_law_does_not_apply_the_page_says_so_and_who_helps_in_its_own_language(organisations, persona):
    client = Client()
    sign_in_client(client, persona("bonaire_mother"), Level.SUBSTANTIAL, name="E. Verzonnen")
    draft = client.post("/apply/zorgtoeslag").url
    assert "Deze wet geldt hier niet voor u" in client.get(draft).content.decode()
    page = client.get(f"/pap{draft}").content.decode()
    assert "E lei akí no ta konta pa bo akinan" in page
    assert "Zorgverzekeringskantoor ta yuda bo" in page
    assert "helpt u" not in page
