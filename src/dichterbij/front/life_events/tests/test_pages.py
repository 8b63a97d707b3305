"""The pages as people see them, without JavaScript: the public list, and the personal plan."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client

from dichterbij.front.life_events import plans
from dichterbij.front.life_events.models import Plan
from dichterbij.ground.assessment import guest_answers
from dichterbij.ground.assessment.models import GuestAnswers
from dichterbij.ground.identity import asking
from dichterbij.ground.identity import services as identity
from dichterbij.ground.identity.routes import CITIZEN
from dichterbij.ground.identity.tests.clients import assertion_for, means_for, request_of, sign_in_client
from dichterbij.ground.organisations import queries as bodies
from dichterbij.kernel import clock
from dichterbij.kernel.levels import Level

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "logbook"])
LIST = "/life-events/death"


@pytest.fixture
def visitor(organisations) -> Client:
    return Client()


@pytest.fixture
def student(own, world) -> Client:
    client = Client()
    sign_in_client(client, world.persona("student").bsn)
    return client


def cards_on(page: str) -> set[str]:
    return set(re.findall(r'<li class="dichterbij-task life-events-task" id="([a-z-]+)"', page))


def begun(client: Client) -> str:
    response = client.post("/plan", {"event": "death"})
    assert response.status_code == 302
    return response.url


def opened(client: Client) -> str:
    plan = begun(client)
    response = client.post(plan, {"who": "0", "zelfde_adres_als_overledene": "yes"})
    assert response.status_code == 302, response.content.decode()[:3000]
    return plan


@pytest.mark.parametrize(("prefix", "words"), [("", "Gecondoleerd"), ("/en", "sorry"), ("/pap", "pésame")])
def test_the_public_list_is_complete_indexable_and_opens_with_condolence(visitor, prefix, words):
    page = visitor.get(prefix + LIST).content.decode()
    assert len(cards_on(page)) == 33
    assert "noindex" not in page
    assert page.index(words) < page.index("dichterbij-tasks")
    assert len(page) < 60_000


@pytest.mark.parametrize("page", [LIST, "/"])
def test_who_only_reads_gets_no_cookie_and_a_page_that_may_be_kept(visitor, page):
    answer = visitor.get(page)
    assert not answer.cookies
    assert answer["Cache-Control"] == "public, max-age=300"
    assert len(answer.content) < 60_000


def test_a_list_with_answers_is_kept_nowhere(visitor):
    assert "relatie_tot_overledene" in visitor.get(LIST, {"questions": ""}).content.decode()
    visitor.post(LIST, {"relatie_tot_overledene": "kind"})
    assert visitor.get(LIST)["Cache-Control"] == "no-store"


def test_the_start_page_of_who_is_logged_in_does_not_ask_to_log_in(student):
    page = student.get("/").content.decode()
    assert "Inloggen" not in page
    assert "Naar mijn overzicht" in page


def test_answers_shorten_the_list_and_stand_in_no_address(visitor):
    full = cards_on(visitor.get(LIST).content.decode())
    response = visitor.post(LIST, {"relatie_tot_overledene": "kind"})
    assert (response.status_code, response.url) == (302, LIST)
    page = visitor.get(LIST).content.decode()
    assert cards_on(page) < full
    assert "toeslagen-partner" in full - cards_on(page)
    assert "Niet voor u" in page


def test_answers_are_erased_by_the_visitor_and_after_half_an_hour(visitor):
    visitor.post(LIST, {"relatie_tot_overledene": "kind"})
    visitor.post(LIST, {"erase": "yes"})
    assert not GuestAnswers.objects.exists()
    visitor.post(LIST, {"relatie_tot_overledene": "kind"})
    with clock.frozen(clock.now() + timedelta(minutes=31)):
        assert len(cards_on(visitor.get(LIST).content.decode())) == 33
    assert guest_answers.purge(clock.now() + timedelta(minutes=31)) == 1


def test_another_visitor_does_not_see_the_answers(visitor):
    visitor.post(LIST, {"relatie_tot_overledene": "kind"})
    assert len(cards_on(Client().get(LIST).content.decode())) == 33


def test_a_wrong_date_is_refused_with_a_sentence_and_nothing_is_kept(visitor):
    wrong = {"overlijdensdatum_day": "31", "overlijdensdatum_month": "2", "overlijdensdatum_year": "2026"}
    response = visitor.post(LIST, wrong)
    assert response.status_code == 422
    assert not GuestAnswers.objects.exists()


def test_an_unknown_life_event_is_a_page_that_helps(visitor):
    assert visitor.get("/life-events/unknown").status_code == 404
    assert visitor.get(LIST + "?x=<script>").status_code == 200


def test_a_plan_needs_a_login_and_a_sure_one(visitor, own, world):
    assert "/login" in visitor.get("/plan").url
    low = Client()
    sign_in_client(low, world.persona("student").bsn, Level.LOW)
    assert "/login" in low.get("/plan").url


def answered_before_login(world) -> Client:
    client = Client()
    answers = {"relatie_tot_overledene": "ouder", "vertegenwoordigt_minderjarig_kind": "no", "huurwoning": "no"}
    client.post(LIST, answers)
    log_in_keeping_the_session(client, world.persona("student").bsn)
    return client


def log_in_keeping_the_session(client: Client, bsn: str) -> None:
    request = request_of(client)
    asked = asking.begin(request, means_for(CITIZEN).id, "/", Level.SUBSTANTIAL)
    identity.sign_in(request, assertion_for(bsn, state=asked.state))
    request.session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = request.session.session_key


def test_answers_are_offered_one_by_one_after_login_and_never_over_registry_facts(own, world):
    client = answered_before_login(world)
    page = client.get(begun(client)).content.decode()
    assert 'value="vertegenwoordigt_minderjarig_kind"' in page
    assert 'value="huurwoning"' not in page
    assert 'value="relatie_tot_overledene"' not in page


def test_only_the_answers_that_were_chosen_go_along_and_the_rest_is_erased(own, world):
    client = answered_before_login(world)
    chosen = {"who": "0", "zelfde_adres_als_overledene": "yes", "take": "vertegenwoordigt_minderjarig_kind"}
    client.post(begun(client), chosen)
    answers = plans.about_of(Plan.objects.get()).answers
    assert answers == {"vertegenwoordigt_minderjarig_kind": False, "zelfde_adres_als_overledene": True}
    assert not GuestAnswers.objects.exists()


def test_answers_do_not_survive_the_login_of_another_person(own, world):
    client = answered_before_login(world)
    client.get("/plan")
    sign_in_client(client, world.persona("widow").bsn)
    page = client.get(begun(client)).content.decode()
    assert "vertegenwoordigt_minderjarig_kind" not in page


def test_the_plan_opens_with_condolence_and_shows_the_grant_that_can_be_applied_for(student):
    page = student.get(opened(student)).content.decode()
    assert page.index("Gecondoleerd") < page.index("Begin hiermee") < page.index("De eerste dagen")
    assert "466,40" in page
    assert re.search(r"0 van \d+ taken klaar", page)
    assert len(page) < 60_000


def test_the_plan_says_whom_to_call_where_to_go_and_how_it_comes_on_paper(student):
    page = student.get(opened(student)).content.decode()
    for words in ("Gemeente Rotterdam, 14 010", "Coolsingel", "sturen u de lijst en de formulieren per post"):
        assert words in page


def test_there_are_three_things_to_begin_with(student):
    page = student.get(opened(student)).content.decode()
    first = page.split("Begin hiermee")[1].split("</section>")[0]
    assert re.findall("/cards/([a-z-]+)", first) == ["uitvaart", "aanvullende-beurs", "zorgtoeslag"]


def test_a_task_of_the_first_days_comes_before_one_of_the_first_weeks(own, world):
    client = Client()
    sign_in_client(client, world.persona("widow").bsn)
    page = client.get(opened(client)).content.decode()
    first = page.split("Begin hiermee")[1].split("</section>")[0]
    assert re.findall("/cards/([a-z-]+)", first) == ["uitvaart", "zorgtoeslag", "contactpersoon"]


def test_a_card_tells_why_with_which_data_and_how(student):
    page = student.get(opened(student) + "/cards/aanvullende-beurs").content.decode()
    for words in ("Waarom ziet u dit?", "Deze gegevens gebruikten wij", "Bron: DUO", "Zo regelt u het", "Aanvragen"):
        assert words in page


def test_the_income_of_the_father_is_named_and_never_shown(student):
    page = student.get(opened(student) + "/cards/aanvullende-beurs").content.decode()
    assert "Niet getoond: dit is van iemand anders" in page


def test_what_is_not_for_you_says_why(student):
    page = student.get(opened(student) + "/cards/nabestaandenuitkering").content.decode()
    assert "Waarom is dit niet voor u?" in page
    assert "Deze uitkering is voor de partner" in page


def test_the_application_begins_from_the_card_with_what_the_plan_knows(student):
    response = student.post(opened(student) + "/cards/aanvullende-beurs/apply")
    assert response.status_code == 302
    assert student.get(response.url).status_code == 200


def test_ticking_a_task_counts(student):
    plan = opened(student)
    student.post(f"{plan}/cards/contactpersoon/tick", {"done": "yes"})
    assert re.search(r"1 van \d+ taken klaar", student.get(plan).content.decode())


def test_somebody_else_needs_a_relation_and_a_day(student):
    plan = begun(student)
    response = student.post(plan, {"who": "other", "zelfde_adres_als_overledene": "no"})
    assert response.status_code == 422
    assert Plan.objects.get().opened_at is None


def test_a_plan_without_a_name_is_called_after_a_death(student):
    plan = begun(student)
    day = {"day_day": "8", "day_month": "6", "day_year": "2026"}
    day = {"died_on_day": "8", "died_on_month": "6", "died_on_year": "2026"}
    form = {"who": "other", "relation": "broer_zus", "zelfde_adres_als_overledene": "no"} | day
    student.post(plan, form)
    assert "Uw plan na een overlijden" in student.get(plan).content.decode()
    assert "Uw plan na een overlijden" in student.get("/plan").content.decode()


def test_the_plan_of_somebody_else_is_not_found(student, world):
    plan = opened(student)
    other = Client()
    sign_in_client(other, world.persona("widow").bsn)
    for address in (plan, f"{plan}/cards/uitvaart", f"{plan}/erase"):
        assert other.get(address).status_code == 404
    assert other.post(f"{plan}/refresh").status_code == 404


def test_no_page_holds_a_number_of_a_person(student, world):
    plan = opened(student)
    numbers = [person.bsn for person in world.personas()]
    for address in ("/", "/plan", plan, f"{plan}/cards/aanvullende-beurs", f"{plan}/cards/erfenis"):
        page = student.get(address).content.decode()
        assert not [number for number in numbers if number in page]


def test_throwing_a_plan_away_asks_first(student):
    plan = opened(student)
    assert "weggooien" in student.get(f"{plan}/erase").content.decode()
    assert Plan.objects.exists()
    student.post(f"{plan}/erase")
    assert not Plan.objects.exists()


def test_a_plan_asks_at_most_twelve_questions_of_the_database(student, django_assert_max_num_queries):
    plan = opened(student)
    student.get(plan)
    with django_assert_max_num_queries(12):
        student.get(plan)


def test_a_card_of_a_body_that_takes_no_applications_here_leads_to_its_own_site(visitor, monkeypatch):
    address = replace(bodies.by_key("duo"), hosted=False)
    known = bodies.organisation
    monkeypatch.setattr(bodies, "organisation", lambda oin: address if oin == address.oin else known(oin))
    page = visitor.get(LIST).content.decode()
    assert address.contact.url in page
    assert "/apply/aanvullende-beurs" not in page
