"""Acting for another, through the front door: given, accepted, used, stopped; and everything that must not work."""

import re
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.contrib.sessions.models import Session
from django.middleware.csrf import CSRF_SESSION_KEY
from django.test import Client
from django.urls import reverse

from dichterbij.delivery.cases import queries as cases
from dichterbij.delivery.cases import services as case_services
from dichterbij.delivery.cases.asking import asked_of_applicant
from dichterbij.delivery.cases.corrections import services as correcting
from dichterbij.delivery.cases.corrections.domain import Datum
from dichterbij.delivery.cases.models import Case, CorrectionRequest
from dichterbij.delivery.catalogue import queries as catalogue
from dichterbij.delivery.messages import queries as messages
from dichterbij.delivery.messages import services as messages_services
from dichterbij.delivery.messages.document import Document, Paragraph
from dichterbij.delivery.messages.domain import Envelope, Nature
from dichterbij.front.life_events.models import Plan
from dichterbij.ground.authority import codes, mandated
from dichterbij.ground.authority.domain import Denied
from dichterbij.ground.authority.models import Mandate, RegisteredAuthority
from dichterbij.ground.authority.services import require
from dichterbij.ground.identity import asking, sessions
from dichterbij.ground.identity import services as identity
from dichterbij.ground.identity.after_death import close, reopen
from dichterbij.ground.identity.domain import ActingFor, Audience, Ended, Login
from dichterbij.ground.identity.refusals import LoginClosed
from dichterbij.ground.identity.register_events import DeathCorrected, DeathRegistered
from dichterbij.ground.identity.tests.clients import assertion_for, means_for, request_of, sign_in_client
from dichterbij.kernel import clock
from dichterbij.kernel.access import Access, Permission, Role, Subject
from dichterbij.kernel.levels import Level

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "logbook"])
PRODUCT = "zorgtoeslag"
LAST_DAY = {"last_day_day": "31", "last_day_month": "12", "last_day_year": "2026"}
ALL = {"scope": "all", **LAST_DAY}
ONE = {"scope": "some", "products": [PRODUCT], **LAST_DAY}


@pytest.fixture
def people(organisations, persona):
    """Return a function that logs one of the world in, in a browser of their own."""

    def log_in(name: str) -> tuple[Client, Login]:
        client = Client()
        return client, sign_in_client(client, persona(name), Level.SUBSTANTIAL, name=f"{name.title()} Verzonnen")

    return log_in


def _code(client: Client, form: dict[str, object] = ALL) -> str:
    page = client.get(client.post("/authorities/give", form)["Location"]).content.decode()
    return re.findall(r"<strong>((?:[A-Z0-9]{4} ?){3})</strong>", page)[0]


def _mandated(people, form: dict[str, object] = ALL) -> tuple[Client, Client, Login]:
    """Let the widow mandate the student; return both browsers and who is represented."""
    (widow, represented), (student, _login) = people("widow"), people("student")
    assert _accept(student, _code(widow, form)) == 302
    return widow, student, represented


def _accept(client: Client, code: str, answer: str = "yes") -> int:
    return client.post("/authorities", {"code": code, "answer": answer}).status_code


def _act(client: Client, represented: Login) -> None:
    answer = client.post("/authorities/act", {"person": str(represented.party)})
    assert answer.status_code == 302, answer.content.decode()[:500]


def _login_of(client: Client) -> Login:
    found = sessions.find(request_of(client)).login
    assert found is not None
    return found


def _asked(client: Client, product: str = PRODUCT) -> Access:
    return require(_login_of(client), catalogue.for_access(product), Permission.SUBMIT)


def test_who_was_mandated_acts_for_the_other_and_everything_says_so(people):
    _widow, student, represented = _mandated(people)
    _act(student, represented)
    assert "U handelt nu voor <strong>Widow Verzonnen</strong>" in student.get("/applications").content.decode()
    access = _asked(student)
    assert (access.subject.party, access.actor.role) == (represented.party, Role.REPRESENTATIVE)
    assert access.on_behalf_of.startswith("mandate:")


@pytest.mark.parametrize("product", [each.id for each in catalogue.products()])
def test_every_product_of_the_catalogue_accepts_a_mandate_and_a_guardian(people, product):
    _widow, student, represented = _mandated(people)
    _act(student, represented)
    assert _asked(student, product).subject.party == represented.party
    guardian, ward = people("guardian")[0], people("ward")[1]
    guardian.post("/authorities/look-up")
    _act(guardian, ward)
    assert _asked(guardian, product).on_behalf_of == "guardian"


@pytest.mark.slow
@pytest.mark.parametrize("product", [each.id for each in catalogue.products()])
def test_every_product_of_the_catalogue_is_really_sent_by_mandate_and_by_a_guardian(people, product):
    _widow, student, represented = _mandated(people)
    guardian, ward = people("guardian")[0], people("ward")[1]
    guardian.post("/authorities/look-up")
    for client, whom, ground in ((student, represented, "mandate"), (guardian, ward, "guardian")):
        _act(client, whom)
        access = _asked(client, product)
        draft = case_services.start(access, product, name=whom.name, language="nl")
        said = cases.draft(access, draft.id)[1]
        case_services.fill(access, draft.id, unknown=tuple(each.fact for each in asked_of_applicant(said)))
        case = case_services.submit(access, draft.id, draft.key)
        assert access.on_behalf_of.startswith(ground)
        assert Case.objects.get(id=case.id).party == whom.party


def test_a_parent_acts_for_a_child_and_not_for_somebody_elses(people):
    father, login = people("new_father")
    father.post("/authorities/look-up")
    children = RegisteredAuthority.objects.filter(representative=login.party)
    assert {row.kind for row in children} == {"parent"}
    father.post("/authorities/act", {"person": str(children[0].represented)})
    assert _asked(father).on_behalf_of == "parent"
    stranger = people("student")[0]
    assert stranger.post("/authorities/act", {"person": str(children[0].represented)}).status_code == 404


def test_an_identifier_in_a_form_opens_nothing_that_the_registers_do_not_give(people):
    student, victim = people("student")[0], people("widow")[1]
    assert student.post("/authorities/act", {"person": str(victim.party)}).status_code == 404
    forged = ActingFor(subject=Subject(party=victim.party, bsn=victim.bsn), name="Iemand")
    request = request_of(student)
    identity.act_for(request, forged)
    request.session.save()
    student.cookies["dichterbij"] = request.session.session_key
    with pytest.raises(Denied):
        _asked(student)


def test_a_mandate_for_one_product_is_not_for_another_nor_for_the_overview(people):
    _widow, student, represented = _mandated(people, ONE)
    _act(student, represented)
    assert _asked(student, PRODUCT).subject.party == represented.party
    with pytest.raises(Denied):
        _asked(student, "aanvullende-beurs")
    assert student.get("/plan").status_code == 403
    assert student.get("/who-looked").status_code == 403
    assert student.get("/my-data").status_code == 403


def test_a_mandate_for_everything_still_does_not_open_who_looked_or_the_data_of_the_other(people):
    _widow, student, represented = _mandated(people)
    _act(student, represented)
    assert student.get("/plan").status_code == 200
    assert student.get("/who-looked").status_code == 403
    assert student.get("/my-data").status_code == 403


def test_a_mandate_that_is_stopped_by_either_side_ends_at_once_also_in_an_open_window(people):
    for stops in (0, 1):
        widow, student, represented = _mandated(people)
        _act(student, represented)
        mandate = Mandate.objects.get(ended_at=None)
        assert (widow, student)[stops].post(f"/authorities/{mandate.id}/end").status_code == 302
        with pytest.raises(Denied):
            _asked(student)


def test_somebody_else_cannot_stop_a_mandate(people):
    _mandated(people)
    other = people("new_father")[0]
    assert other.post(f"/authorities/{Mandate.objects.get().id}/end").status_code == 404
    assert Mandate.objects.get().ended_at is None


def test_a_mandate_ends_at_midnight_after_its_last_day(people):
    _widow, student, represented = _mandated(people)
    _act(student, represented)
    login = _login_of(student)
    until = Mandate.objects.get().valid_until
    assert clock.day_of(until - timedelta(seconds=1)) == date(2026, 12, 31)
    found = mandated.source(login, login.subject, until)
    assert all(each.is_valid(until - timedelta(seconds=1)) for each in found)
    assert not any(each.is_valid(until) for each in found)


def test_a_code_works_once_and_not_for_who_made_it(people):
    (widow, _), (student, _), (father, _) = people("widow"), people("student"), people("new_father")
    code = _code(widow)
    assert _accept(widow, code) == 409
    assert _accept(student, code.lower().replace(" ", "-")) == 302
    assert _accept(father, code) == 404


def test_a_code_with_a_slip_of_the_pen_stays_to_be_corrected(people):
    student = people("student")[0]
    answer = student.post("/authorities", {"code": "AAAA BBBB CCCC"})
    page = answer.content.decode()
    assert answer.status_code == 404
    assert 'value="AAAA BBBB CCCC"' in page
    assert "De code bestaat niet, is al gebruikt of is te oud." in page


def test_a_code_is_shown_once_and_ends_after_two_weeks(people):
    widow, student = people("widow")[0], people("student")[0]
    code = _code(widow)
    shown = f"/authorities/{Mandate.objects.get().id}/code"
    assert widow.get(shown).status_code == 302
    assert student.get(shown).status_code == 404
    assert code.replace(" ", "") not in str(Session.objects.values_list("session_data"))
    Mandate.objects.update(code_until=clock.now())
    assert _accept(student, code) == 404


def test_who_guesses_codes_must_wait_an_hour_even_with_a_right_one(people):
    widow, student = people("widow")[0], people("student")[0]
    answers = [student.post("/authorities", {"code": f"AAAA BBBB {n:04}"}).status_code for n in range(100)]
    assert set(answers[: codes.WRONG_CODES]) == {404}
    assert set(answers[codes.WRONG_CODES :]) == {429}
    assert _accept(student, _code(widow)) == 429


@pytest.mark.parametrize("name", ["ward", "newborn"])
def test_who_is_under_guardianship_or_age_cannot_mandate(people, name):
    client = people(name)[0]
    assert client.post("/authorities/give", ALL).status_code == 409
    assert not Mandate.objects.exists()


WRONG = {
    "nothing": {},
    "no product": {"scope": "some", **LAST_DAY},
    "an unknown product": {"scope": "some", "products": ["gratis-geld"], **LAST_DAY},
    "ten thousand products": {"scope": "some", "products": ["x"] * 10_000, **LAST_DAY},
    "in the past": {"scope": "all", "last_day_day": "1", "last_day_month": "1", "last_day_year": "2020"},
    "for ever": {"scope": "all", "last_day_day": "1", "last_day_month": "1", "last_day_year": "2090"},
    "no day": {"scope": "all"},
}


@pytest.mark.parametrize("form", WRONG.values(), ids=WRONG.keys())
def test_a_mandate_that_makes_no_sense_is_asked_again(people, form):
    widow = people("widow")[0]
    answer = widow.post("/authorities/give", form)
    assert answer.status_code in (200, 413)
    assert not Mandate.objects.exists()


def test_a_mandate_is_not_passed_on(people):
    _widow, student, represented = _mandated(people)
    _act(student, represented)
    father = people("new_father")[0]
    _accept(father, _code(student))
    page = father.get("/authorities").content.decode()
    assert "Student Verzonnen" in page
    assert "Widow Verzonnen" not in page


def test_a_form_that_stood_open_for_another_person_is_not_sent(people, client):
    _widow, student, represented = _mandated(people)
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = student.cookies
    before = _token(strict, "/authorities")
    strict.post("/authorities/act", {"person": str(represented.party), "csrfmiddlewaretoken": before})
    answer = strict.post(f"/apply/{PRODUCT}", {"csrfmiddlewaretoken": before})
    assert answer.status_code == 409
    assert "U wisselde intussen van persoon" in answer.content.decode()


def test_a_form_that_stood_open_while_the_same_person_logged_in_again_is_kept_also_after_a_switch(people, persona):
    _widow, student, represented = _mandated(people)
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = student.cookies
    token = _token(strict, "/authorities")
    strict.post("/authorities/act", {"person": str(represented.party), "csrfmiddlewaretoken": token})
    before = _token(strict, "/authorities")
    request = request_of(strict)
    asked = asking.begin(request, means_for(Audience.CITIZEN).id, "/", Level.SUBSTANTIAL)
    identity.sign_in(request, assertion_for(persona("student"), state=asked.state))
    request.session[CSRF_SESSION_KEY] = request.META["CSRF_COOKIE"]  # the middleware does this
    request.session.save()
    strict.cookies["dichterbij"] = request.session.session_key
    sent = {"csrfmiddlewaretoken": before, "remark": "Nog iets."}
    answer = strict.post(f"/apply/{PRODUCT}", sent, headers={"origin": "http://testserver"})
    assert answer.status_code == 302
    assert "/kept-forms/" in answer["Location"]


def _token(client: Client, page: str) -> str:
    return re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', client.get(page).content.decode())[0]


@pytest.mark.parametrize("stays", [True, False])
def test_a_step_up_goes_on_for_the_same_person_and_a_login_after_the_end_does_not(people, persona, stays):
    _widow, student, represented = _mandated(people)
    _act(student, represented)
    request = request_of(student)
    if not stays:
        sessions.end(_login_of(student).id, Ended.IDLE)
    asked = asking.begin(request, means_for(Audience.CITIZEN).id, "/", Level.HIGH)
    again = assertion_for(persona("student"), level=Level.HIGH, state=asked.state)
    assert (identity.sign_in(request, again).subject.party == represented.party) is stays


def test_switching_gives_the_browser_a_new_session_id(people):
    _widow, student, represented = _mandated(people)
    before = student.cookies["dichterbij"].value
    _act(student, represented)
    assert student.cookies["dichterbij"].value != before
    student.post("/login/own")
    assert _login_of(student).acting_for is None


def test_a_death_ends_the_logins_and_mandates_of_who_died_and_a_correction_gives_them_back(people, persona):
    widow, student, represented = _mandated(people)
    _act(student, represented)
    close(DeathRegistered(party=represented.party), represented.party)
    with pytest.raises(Denied):
        _asked(student)
    assert widow.get("/authorities").status_code == 302
    with pytest.raises(LoginClosed):
        people("widow")
    reopen(DeathCorrected(party=represented.party), represented.party)
    assert _asked(student).subject.party == represented.party
    assert people("widow")


def test_what_the_registers_said_is_asked_again_after_a_quarter_of_an_hour(people):
    father, login = people("new_father")
    father.post("/authorities/look-up")
    child = RegisteredAuthority.objects.filter(representative=login.party).first()
    father.post("/authorities/act", {"person": str(child.represented)})
    RegisteredAuthority.objects.update(valid_until=clock.now() - timedelta(seconds=1))
    assert _asked(father).on_behalf_of == "parent"
    assert RegisteredAuthority.objects.filter(valid_until__gt=clock.now()).exists()


def test_what_the_registers_said_never_outlives_the_day(people):
    father, _login = people("new_father")
    father.post("/authorities/look-up")
    midnight = clock.end_of(clock.today())
    assert all(row.valid_until <= midnight for row in RegisteredAuthority.objects.all())


def test_the_represented_reads_what_the_representative_did(people):
    widow, student, represented = _mandated(people)
    _act(student, represented)
    answer = student.post(f"/apply/{PRODUCT}")
    assert answer.status_code == 302
    page = widow.get("/who-looked").content.decode()
    assert "Wie u machtigde bekeek namens u uw zaken" in page


def test_case_and_receipt_say_who_applied_for_whom_and_as_what(people):
    widow, student, represented = _mandated(people)
    _act(student, represented)
    access = _asked(student)
    draft = case_services.start(access, PRODUCT, name=represented.name, language="nl")
    said = cases.draft(access, draft.id)[1]
    case_services.fill(access, draft.id, unknown=tuple(each.fact for each in asked_of_applicant(said)))
    case = case_services.submit(access, draft.id, draft.key)
    told = "Student Verzonnen (door u gemachtigd)"
    assert f"{told} stuurde de aanvraag namens u" in widow.get(reverse("case", args=[case.id])).content.decode()
    (letter,) = messages.box(access, case=case.id)
    assert f"{told} deed deze aanvraag namens u." in widow.get(f"/messages/{letter.id}").content.decode()
    case_services.withdraw(access, case.id)
    assert (
        "Iemand die voor u handelt trok de aanvraag namens u in"
        in widow.get(reverse("case", args=[case.id])).content.decode()
    )


def test_a_representative_writes_in_the_language_of_the_represented(people):
    _widow, student, represented = _mandated(people)
    _act(student, represented)
    identity.keep_language(represented.party, "pap")
    assert student.post(f"/apply/{PRODUCT}").status_code == 302
    access = _asked(student)
    assert [draft.language for draft in cases.drafts(access)] == ["pap"]


def test_a_choice_for_paper_made_for_another_stands_in_their_log(people):
    widow, student, represented = _mandated(people)
    _act(student, represented)
    messages_services.choose_post(_asked(student), by_post=True)
    assert "Wie u machtigde koos namens u of u brieven op papier krijgt" in widow.get("/who-looked").content.decode()


def _letter_about(represented: Login, product: str) -> str:
    place = catalogue.for_access(product)
    document = Document(title="Ontvangen", language="nl", dated=clock.today(), blocks=(Paragraph("Dank u."),))
    about = {"activity": place.activity.id, "level": place.level, "product": product, "matter": place.matter}
    envelope = Envelope(
        cause=uuid4(), party=represented.party, organisation=place.organisation, nature=Nature.RECEIPT, **about
    )
    return f"/messages/{messages_services.send(envelope, messages_services.render(document))}"


def test_who_may_do_one_thing_for_another_reads_its_letters_and_chooses_nothing_for_all_letters(people):
    _widow, student, represented = _mandated(people, ONE)
    _act(student, represented)
    mine, other = _letter_about(represented, PRODUCT), _letter_about(represented, "aanvullende-beurs")
    page = student.get(mine)
    assert page.status_code == 200
    assert "Ook op papier" not in page.content.decode()
    assert student.post(f"{mine}/post", {"by_post": "yes"}).status_code == 403
    assert student.get(other).status_code == 403


def test_what_is_thrown_away_or_corrected_for_another_says_so(people):
    widow, student, represented = _mandated(people)
    _act(student, represented)
    access = _asked(student)
    draft = case_services.start(access, PRODUCT, name=represented.name, language="nl")
    case_services.discard(access, draft.id)
    assert "Wie u machtigde gooide namens u een aanvraag weg" in widow.get("/who-looked").content.decode()
    asked = correcting.ask(
        access, Datum(source="brp", name="geboortedatum"), "Een dag later.", name=represented.name, language="nl"
    )
    assert (asked.sent_by, asked.sent_as) == ("Student Verzonnen", "mandate")
    (letter,) = messages.box(access)
    page = messages.letter(access, letter.id).page.decode()
    assert "Student Verzonnen (door u gemachtigd) vroeg dit namens u." in page


def test_who_acts_for_another_does_not_learn_how_many_plans_wait_for_them(people):
    widow, student, represented = _mandated(people, ONE)
    _act(student, represented)
    waits = {"about_sealed": b"", "made_at": clock.now(), "last_seen_on": clock.today(), "is_waiting": True}
    Plan.objects.create(party=represented.party, operator="00000099100000001000", event="death", **waits)
    assert "staat klaar" in widow.get("/authorities").content.decode()
    assert "staat klaar" not in student.get("/authorities").content.decode()


def test_the_page_with_a_code_names_no_day_after_the_mandate_ends(people):
    widow = people("widow")[0]
    form = {"scope": "all", "last_day_day": "17", "last_day_month": "6", "last_day_year": "2026"}
    page = widow.get(widow.post("/authorities/give", form)["Location"])
    assert "hooguit tot en met 17 juni 2026" in page.content.decode()


def test_who_may_not_ask_the_keeper_for_another_still_says_in_the_application_what_is_wrong(people):
    _widow, student, represented = _mandated(people)
    _act(student, represented)
    page = student.post(f"/apply/{PRODUCT}")["Location"]
    access = _asked(student)
    (draft,) = cases.drafts(access)
    said = cases.draft(access, draft.id)[1]
    fact = next(each for each in said.facts if each.person == "p1" and each.registry == "brp").fact
    answer = student.post(f"{page}/correct/p1/{fact}", {"says": "Dit klopt niet."})
    assert answer.status_code == 302
    assert [each.says for each in cases.drafts(access)[0].application.corrections] == ["Dit klopt niet."]
    assert not CorrectionRequest.objects.exists()
