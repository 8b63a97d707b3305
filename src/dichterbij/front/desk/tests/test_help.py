"""Help at the counter and on the phone, through the front door: on both sides of the counter."""

import io
import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from uuid import UUID

import pytest
from django.core.management import CommandError, call_command
from django.http import HttpResponse
from django.test import Client

from dichterbij.delivery.cases import models as case_models
from dichterbij.delivery.cases import services
from dichterbij.delivery.cases.domain import CaseLine, State
from dichterbij.delivery.conftest import worker
from dichterbij.delivery.messages import printing
from dichterbij.front.desk import barring, calling_back, finding, helping, models, reviewing
from dichterbij.front.desk.rules import rules
from dichterbij.ground.identity.domain import Audience
from dichterbij.ground.identity.services import party_for
from dichterbij.ground.identity.tests.clients import sign_in_client
from dichterbij.ground.organisations import models as staff
from dichterbij.ground.organisations import queries as organisations
from dichterbij.ground.registry.adapters import brp
from dichterbij.kernel import clock
from dichterbij.kernel.access import Permission
from dichterbij.kernel.identifiers import Bsn
from dichterbij_world.store import World

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "logbook"])
GRANT = "aanvullende-beurs"
__all__ = ["worker"]
IN_CASE_OF_NEED = {"presence": "emergency", "because": "Mevrouw ligt op straat"}


def read(response: HttpResponse) -> str:
    return unescape(response.content.decode()).replace("\xa0", " ").replace("\xad", "")


@pytest.fixture
def counter(log_in) -> Client:
    """A worker of the municipality that operates the portal."""
    return log_in("rotterdam_handler")


@pytest.fixture
def duo(log_in) -> Client:
    return log_in("duo_handler")


@pytest.fixture
def apply(citizen) -> Callable[..., CaseLine]:
    def submitted(key: str = "student", product: str = GRANT) -> CaseLine:
        draft = services.start(citizen(key, product), product, name="M. Verzonnen", language="nl")
        return services.submit(citizen(key, product), draft.id, draft.key)

    return submitted


def show_code(citizen: Client) -> str:
    found = re.search(r"<strong>([A-Z2-9]{4} [A-Z2-9]{4})</strong>", read(citizen.post("/talks")))
    assert found
    return found[1]


def begin(worker: Client, citizen: Client, reason: str = "asked-help") -> str:
    response = worker.post("/counter", {"code": show_code(citizen)})
    assert response.status_code == 302, read(response)
    response = worker.post("/counter/person", {"reason": reason})
    assert response.status_code == 302, read(response)
    return read(worker.get("/counter/now"))


def day_parts(name: str, day: str) -> dict[str, str]:
    year, month, day = day.split("-")
    return {f"{name}_day": day, f"{name}_month": month, f"{name}_year": year}


def search(worker: Client, world: World, key: str) -> HttpResponse:
    person = world.document("brp", world.persona(key).bsn)
    told = {"surname": person["naam"]["geslachtsnaam"], **day_parts("born_on", person["geboorte"]["datum"]["datum"])}
    return worker.post("/counter", told)


def choose(worker: Client, world: World, key: str) -> None:
    assert search(worker, world, key).url == "/counter/found"
    assert worker.post("/counter/found", {"person": "0"}).url == "/counter/person"


# -------------------------------------------------------------------------------------------- who is it


def test_a_code_on_the_phone_opens_what_the_person_sees(counter, log_in):
    citizen = log_in("student")
    page = begin(counter, citizen)
    assert "code op de telefoon" in page
    for path in ("/applications", "/messages", "/plan"):
        assert counter.get(path).status_code == 200
    assert "U helpt nu" in read(counter.get("/applications"))
    mine = read(citizen.get("/talks"))
    assert "Gemeente Rotterdam" in mine
    assert "Stop deze hulp nu" in mine
    assert "Kamperdijk" not in mine
    assert "Een medewerker hielp u aan de balie van Gemeente Rotterdam" in read(citizen.get("/who-looked"))


def test_a_code_works_once(counter, log_in):
    code = show_code(log_in("student"))
    assert counter.post("/counter", {"code": code}).status_code == 302
    assert counter.post("/counter", {"code": code}).status_code == 404


def test_an_expired_code_and_a_guessed_one_answer_the_same(counter, log_in):
    code = show_code(log_in("student"))
    with clock.frozen(clock.now() + timedelta(minutes=rules().code_minutes)):
        expired = log_in("rotterdam_handler").post("/counter", {"code": code})
    guessed = counter.post("/counter", {"code": "AAAA2222"})
    assert expired.status_code == guessed.status_code == 404
    assert "te oud" in read(guessed)


def test_who_guesses_codes_is_stopped(counter, log_in):
    code = show_code(log_in("student"))
    for _ in range(rules().wrong_codes):
        assert counter.post("/counter", {"code": "AAAA2222"}).status_code == 404
    assert counter.post("/counter", {"code": code}).status_code == 429


def test_somebody_is_found_by_name_and_birth_date_and_the_search_stands_in_their_log(counter, log_in, world):
    response = search(counter, world, "student")
    assert response.url == "/counter/found"
    assert world.persona("student").bsn not in response.url + read(counter.get(response.url))
    assert "Geboren op 11 februari 2002" in read(counter.get(response.url))
    assert "Gemeente Rotterdam zocht u op" in read(log_in("student").get("/who-looked"))


def test_a_search_needs_two_things(counter):
    response = counter.post("/counter", day_parts("born_on", "2002-02-11"))
    assert response.status_code == 422
    assert "Vul een achternaam in" in read(response)


def test_who_searches_very_often_is_stopped(counter, world):
    for _ in range(rules().searches):
        search(counter, world, "student")
    assert search(counter, world, "student").status_code == 429


def test_two_people_with_the_same_name_and_birth_date_are_told_apart_by_their_address(counter, world, monkeypatch):
    first, second = world.persona("student").bsn, world.persona("uncle").bsn
    record = brp._record(world.document("brp", first), (finding.NAME, finding.BORN, *finding.LINES))
    monkeypatch.setattr(brp.HaalCentraalBrp, "search", lambda *_: {Bsn(first): record, Bsn(second): record})
    search(counter, world, "student")
    page = read(counter.get("/counter/found"))
    assert "heten hetzelfde" in page
    assert page.count("Dit is de persoon") == 2
    assert counter.post("/counter/found", {"person": "5"}).status_code == 404


def test_the_wrong_person_is_left_before_anything_is_opened(counter, world, log_in):
    choose(counter, world, "student")
    assert counter.get("/counter").status_code == 200
    assert not models.Assist.objects.exists()
    assert counter.get("/applications").status_code == 302


def test_a_document_is_kept_by_its_kind_and_last_signs_only(counter, world):
    choose(counter, world, "student")
    told = {"presence": "document", "document": "passport", "number": "NXB4K7C39", "reason": "apply"}
    assert counter.post("/counter/person", told).url == "/counter/now"
    kept = helping.help_of(models.Assist.objects.get())
    assert kept.document == "passport:C39"


def test_a_code_in_a_letter_goes_on_paper_to_the_registered_address_and_works(counter, world, log_in):
    choose(counter, world, "student")
    assert counter.post("/counter/letter").url == "/counter/letter"
    assert "gaat mee met de post" in read(counter.get("/counter/letter"))
    assert printing.waiting().count() == 1
    citizen = log_in("student")
    address = re.search(r'href="(/messages/[0-9a-f-]{36})"', read(citizen.get("/messages")))
    assert address
    code = re.search(r"[A-Z2-9]{4} [A-Z2-9]{4}", read(citizen.get(address[1])))
    assert code
    assert counter.post("/counter", {"code": code[0]}).url == "/counter/person"
    counter.post("/counter/person", {"reason": "apply"})
    assert models.Assist.objects.get().presence == "letter"


def test_a_document_without_its_signs_opens_nothing(counter, world):
    choose(counter, world, "student")
    response = counter.post("/counter/person", {"presence": "document", "document": "passport", "reason": "apply"})
    assert response.status_code == 422
    assert not models.Assist.objects.exists()


def test_without_a_reason_of_the_list_nothing_opens(counter, log_in):
    counter.post("/counter", {"code": show_code(log_in("student"))})
    assert counter.post("/counter/person", {"reason": "nosy"}).status_code == 422


def test_a_worker_without_the_task_has_no_counter(log_in):
    assert log_in("duo_reader").get("/counter").status_code == 403
    assert log_in("student").get("/counter").status_code == 302


# -------------------------------------------------------------------------------------------- doing it together


def _apply_together(worker: Client) -> str:
    draft = worker.post(f"/apply/{GRANT}").url
    worker.post(draft, {"remark": ""})
    page = read(worker.get(f"{draft}/review"))
    key = re.search(r'name="key" value="([^"]+)"', page)
    assert key, page
    response = worker.post(f"{draft}/review", {"key": key[1], "product": GRANT})
    assert response.url.endswith("/received"), read(response)
    return str(response.url).removesuffix("/received")


def test_an_application_at_the_counter_says_so_everywhere_and_can_be_undone(counter, log_in):
    citizen = log_in("student")
    begin(counter, citizen, "apply")
    case = _apply_together(counter)
    said = "Een medewerker van Gemeente Rotterdam (aan de balie, met u erbij) stuurde uw aanvraag in"
    page = read(citizen.get(case))
    assert said in page
    assert case_models.Case.objects.get().channel == "counter"
    counter.post("/counter/end")
    letter = read(citizen.get("/messages"))
    assert "Ons gesprek op 15 juni 2026" in letter
    assert said in read(citizen.get("/talks"))
    assert "Een medewerker vroeg aan de balie, met u erbij, aan: aanvullende beurs" in read(citizen.get("/who-looked"))
    undo = re.search(rf'href="({case}/undo/step-\d+)"', page)
    assert undo
    assert "tot en met 29 juni 2026" in read(citizen.get(undo[1]))
    citizen.post(undo[1])
    assert case_models.Case.objects.get().state == State.WITHDRAWN
    assert citizen.post(undo[1]).status_code == 409


def test_after_the_time_nothing_can_be_undone_any_more(counter, log_in):
    citizen = log_in("student")
    begin(counter, citizen)
    case = _apply_together(counter)
    undo = re.search(rf'href="({case}/undo/step-\d+)"', read(citizen.get(case)))
    assert undo
    with clock.frozen(clock.now() + timedelta(days=15)):
        later = log_in("student")
        assert "ongedaan maken" not in read(later.get(case))
        assert later.post(undo[1]).status_code == 409


def test_a_worker_cannot_undo_for_somebody(counter, log_in):
    citizen = log_in("student")
    begin(counter, citizen)
    case = _apply_together(counter)
    undo = re.search(rf'href="({case}/undo/step-\d+)"', read(citizen.get(case)))
    assert undo
    assert counter.post(undo[1]).status_code == 409


def test_an_answer_that_was_given_at_the_counter_can_be_taken_back(counter, log_in, apply, worker, persona):
    case, citizen = apply(), log_in("student")
    question = services.ask(worker(case.id, persona("student"), Permission.HANDLE), case.id, "Waar woont u?")
    begin(counter, citizen, "question")
    before = case_models.Case.objects.get(id=case.id)
    assert counter.post(f"/applications/{case.id}/answer/{question}", {"answer": "Op kamers"}).status_code == 302
    page = read(citizen.get(f"/applications/{case.id}"))
    assert "gaf uw antwoord door" in page
    undo = re.search(rf'href="(/applications/{case.id}/undo/step-\d+)"', page)
    assert undo
    citizen.post(undo[1])
    after = case_models.Case.objects.get(id=case.id)
    assert (after.state, after.suspended_days, after.decide_by) == (
        before.state,
        before.suspended_days,
        before.decide_by,
    )
    assert "Op kamers" not in read(citizen.get(f"/applications/{case.id}"))


def test_help_ends_visibly_when_the_time_is_over(counter, log_in):
    citizen = log_in("student")
    begin(counter, citizen)
    with clock.frozen(clock.now() + timedelta(minutes=rules().help_minutes)):
        again = log_in("rotterdam_handler")
        again.post("/counter/resume")
        assert again.get("/plan").status_code == 403
        assert helping.end_overdue() == 1
        assert again.get("/plan").status_code == 302
        assert "Stop deze hulp nu" not in read(log_in("student").get("/talks"))


def test_the_person_can_stop_the_help_at_once(counter, log_in):
    citizen = log_in("student")
    begin(counter, citizen)
    help = models.Assist.objects.get()
    assert citizen.post(f"/talks/{help.id}/stop").status_code == 302
    assert counter.get("/applications").status_code == 302
    assert counter.get("/counter/now").status_code == 302
    assert log_in("uncle").post(f"/talks/{help.id}/stop").status_code == 404


def test_one_page_says_who_it_is_and_what_is_next_in_few_questions(
    counter, log_in, apply, django_assert_max_num_queries
):
    apply()
    begin(counter, log_in("student"))
    with django_assert_max_num_queries(12), django_assert_max_num_queries(6, using="logbook"):
        page = read(counter.get("/counter/now"))
    assert "Aanvullende beurs" in page
    assert "de organisatie besluit" in page
    assert "Eerst nodig" in page


def test_a_note_on_a_case_waits_for_whoever_handles_it(counter, duo, log_in, apply):
    case = apply()
    begin(counter, log_in("student"))
    counter.post("/counter/now", {"case": str(case.id), "words": "Vader overleed op 1 juni."})
    assert counter.post("/counter/now", {"case": "onzin", "words": "Iets"}).status_code == 422
    duo.post(f"/desk/cases/{case.id}", {"kind": "handle"})
    assert "Vader overleed op 1 juni." in read(duo.get(f"/desk/cases/{case.id}/notes"))


def test_a_worker_who_is_helping_gives_nobody_a_mandate(counter, log_in):
    begin(counter, log_in("student"))
    assert counter.get("/authorities").status_code == 403


# -------------------------------------------------------------------------------------------- the phone


def _answers(world: World, key: str) -> dict[str, str]:
    person = world.document("brp", world.persona(key).bsn)
    parents = person.get("ouders", [])
    born = next((each["geboorte"]["datum"]["datum"] for each in parents if "geboorte" in each), "1950-01-01")
    return {
        "given_names": person["naam"]["voornamen"],
        "home_since": person["verblijfplaats"]["datumVan"]["datum"][:4],
        **day_parts("parent_born", born),
        **day_parts("child_born", "2000-01-01"),
    }


def _call(worker: Client, world: World, key: str = "student", **wrong: str) -> HttpResponse:
    choose(worker, world, key)
    response = worker.post("/counter/person", {"presence": "questions", "reason": "apply"})
    assert response.url == "/counter/questions", read(response)
    return worker.post("/counter/questions", {**_answers(world, key), **wrong})


def test_by_phone_questions_show_who_it_is_and_an_application_is_sent(counter, log_in, world):
    assert _call(counter, world).url == "/counter/now"
    case, citizen = _apply_together(counter), log_in("student")
    assert "(aan de telefoon met u) stuurde uw aanvraag in" in read(citizen.get(case))
    assert case_models.Case.objects.get().channel == "call"


def test_wrong_answers_open_nothing_are_recorded_and_stop_everybody(counter, log_in, world):
    wrong = {"given_names": "Fout", "home_since": "1900", **day_parts("parent_born", "1900-01-01")}
    assert _call(counter, world, **wrong).status_code == 403
    choose(log_in("duo_handler"), world, "student")
    other = log_in("duo_handler")
    choose(other, world, "student")
    assert other.post("/counter/person", {"presence": "questions", "reason": "apply"}).status_code == 403
    assert not models.Assist.objects.exists()
    assert "zei dat u het was. De antwoorden klopten niet" in read(log_in("student").get("/who-looked"))


def test_nobody_objects_by_phone(counter, world, log_in, apply, worker, persona):
    case = apply()
    services.decide(worker(case.id, persona("student")), case.id, ())
    services.publish(worker(case.id, persona("student")), case.id)
    _call(counter, world)
    response = counter.post(f"/applications/{case.id}/objection", {"text": "Ik ben het er niet mee eens."})
    assert response.status_code == 409
    assert "handtekening" in read(response)


def test_at_the_counter_somebody_objects_and_takes_it_back(counter, log_in, apply, worker, persona):
    case, citizen = apply(), log_in("student")
    services.decide(worker(case.id, persona("student")), case.id, ())
    services.publish(worker(case.id, persona("student")), case.id)
    begin(counter, citizen, "question")
    assert counter.post(f"/applications/{case.id}/objection", {"text": "Te laag."}).status_code == 302
    page = read(citizen.get(f"/applications/{case.id}"))
    assert "nam uw bezwaar op" in page
    undo = re.search(rf'href="(/applications/{case.id}/undo/step-\d+)"', page)
    assert undo
    citizen.post(undo[1])
    assert "Uw bezwaar is binnen" not in read(citizen.get(f"/applications/{case.id}"))


def test_a_call_that_drops_half_way_loses_nothing(counter, log_in, world):
    _call(counter, world)
    draft = counter.post(f"/apply/{GRANT}").url
    counter.post("/counter/now", {"words": "Wilde nog de inkomens nakijken"})
    counter.post("/counter/end", {"dropped": "yes"})
    assert models.Assist.objects.get().ended == "dropped"
    assert counter.get(draft).status_code == 302
    citizen = log_in("student")
    assert citizen.get(draft).status_code == 200
    assert "Wilde nog de inkomens nakijken" in read(citizen.get("/talks"))
    assert "Ons gesprek op 15 juni 2026" in read(citizen.get("/messages"))


def test_who_asks_to_be_called_is_called_by_the_second_working_day(duo, log_in):
    citizen = log_in("student")
    told = {"organisation": "duo", "name": "M. Verzonnen", "phone": "06 1234 5678", "about": "Mijn beurs"}
    response = citizen.post("/call-me", told)
    assert "17 juni 2026" in read(citizen.get(response.url))
    page = read(duo.get("/calls"))
    assert "Belverzoek 1" in page
    assert "06 1234 5678" not in page
    call = models.CallBack.objects.get()
    duo.post(f"/calls/{call.id}/take")
    assert "06 1234 5678" in read(duo.get("/calls"))
    assert "ging u bellen" in read(citizen.get("/who-looked"))
    assert duo.post(f"/calls/{call.id}/talk").url == "/counter/person"
    duo.post(f"/calls/{call.id}/called", {"outcome": "reached"})
    assert "Er wacht nu niemand" in read(duo.get("/calls"))


def test_somebody_without_a_login_can_ask_to_be_called_and_no_number_is_kept(duo, world):
    told = {
        "organisation": "duo",
        "name": "A",
        "phone": "0612345678",
        "about": f"Nummer {world.persona('student').bsn}",
    }
    assert Client().post("/call-me", told).status_code == 302
    duo.post(f"/calls/{models.CallBack.objects.get().id}/take")
    assert world.persona("student").bsn not in read(duo.get("/calls"))
    assert Client().post("/call-me", {**told, "phone": "bel me"}).status_code == 422


def test_after_three_tries_without_an_answer_a_call_is_done(duo):
    told = {"organisation": "duo", "name": "A", "phone": "0612345678", "about": "Vraag"}
    Client().post("/call-me", told)
    call = models.CallBack.objects.get()
    duo.post(f"/calls/{call.id}/take")
    for _ in range(calling_back.MOST_TRIES):
        duo.post(f"/calls/{call.id}/called", {"outcome": "no-answer"})
    call.refresh_from_db()
    assert call.outcome == "no-answer"
    assert call.done_at


# -------------------------------------------------------------------------------------------- who may not


def test_a_worker_who_is_the_sister_of_the_applicant_opens_nothing(duo, apply, world, log_in):
    case = apply()
    person = world.document("brp", world.persona("student").bsn)
    told = {"surname": person["naam"]["geslachtsnaam"], **day_parts("born_on", person["geboorte"]["datum"]["datum"])}
    assert duo.post("/family", told).url == "/family"
    assert "1 persoon" in read(duo.get("/family"))
    assert "Niemand past hierbij" in read(duo.get(search(duo, world, "student").url))
    duo.post("/counter", {"code": show_code(log_in("student"))})
    for path, form in ((f"/desk/cases/{case.id}", {"kind": "handle"}), ("/counter/person", {"reason": "apply"})):
        response = duo.post(path, form)
        assert response.status_code == 403, path
        assert "familie" in read(response)


def test_the_own_record_that_an_employer_registered_stays_closed(duo, apply, world):
    case, bsn = apply(), Bsn(world.persona("student").bsn)
    worker = party_for(Bsn(world.persona("duo_handler").bsn))
    barring.bar(organisations.by_key("duo").oin, worker, bsn, barring.Why.OWN)
    assert bsn.value not in str(list(models.Barred.objects.values()))
    assert duo.post(f"/desk/cases/{case.id}", {"kind": "handle"}).status_code == 403


def test_nobody_helps_themself(counter, world):
    choose(counter, world, "rotterdam_handler")
    told = {"presence": "document", "document": "passport", "number": "C39", "reason": "apply"}
    assert counter.post("/counter/person", told).status_code == 403


def test_a_colleague_of_the_unit_goes_on_when_a_worker_leaves(counter, log_in, world):
    begin(counter, log_in("student"))
    help = models.Assist.objects.get()
    assert log_in("duo_handler").post(f"/counter/{help.id}/take-over").status_code == 404
    log_in("rotterdam_reader")
    colleague = party_for(Bsn(world.persona("rotterdam_reader").bsn))
    unit = staff.Unit.objects.get(key="burgerzaken", organisation_id=help.organisation)
    staff.Staff.objects.filter(party=colleague).update(unit=unit, roles=["desk"])
    other = log_in_again(world, "rotterdam_reader")
    assert "Overnemen" in read(other.get("/counter"))
    assert other.post(f"/counter/{help.id}/take-over").url == "/counter/now"
    assert other.get("/plan").status_code == 200
    assert counter.get("/plan").status_code == 302


def log_in_again(world: World, key: str) -> Client:
    client = Client()
    sign_in_client(client, world.persona(key).bsn, audience=Audience.STAFF, name=key)
    return client


def test_who_no_longer_works_there_helps_nobody(counter, log_in):
    begin(counter, log_in("student"))
    staff.Staff.objects.update(roles=["handle"])
    assert counter.get("/plan").status_code == 403


# -------------------------------------------------------------------------------------------- looked at afterwards


def test_an_emergency_only_shows_the_own_organisation_is_told_and_reviewed(counter, log_in, apply, world):
    case = apply()
    choose(counter, world, "student")
    assert counter.post("/counter/person", {**IN_CASE_OF_NEED, "because": "nood"}).status_code == 422
    assert counter.post("/counter/person", IN_CASE_OF_NEED).url == "/counter/now"
    assert counter.get(f"/applications/{case.id}").status_code == 403
    assert counter.post(f"/apply/{GRANT}").status_code == 403
    assert "Zonder u" in read(log_in("student").get("/talks"))
    reviewer = log_in("rotterdam_reader")
    page = read(reviewer.get("/reviews"))
    assert "Mevrouw ligt op straat" in page
    opening = models.Opening.objects.get()
    assert reviewer.post(f"/reviews/{opening.id}", {"outcome": "wrong", "remark": "Kon wachten"}).status_code == 302
    assert "Er wacht niets" in read(reviewer.get("/reviews"))
    assert counter.get("/reviews").status_code == 403


def test_about_one_in_fifty_openings_is_looked_at_and_an_auditor_can_check_which(log_in, world):
    log_in("duo_handler")
    oin = organisations.by_key("duo").oin
    drawn = [reviewing._sample(oin, number) for number in _numbers(2000)]
    assert 15 <= drawn.count(reviewing.Review.SAMPLE) <= 75
    assert drawn == [reviewing._sample(oin, number) for number in _numbers(2000)]


def _numbers(most: int) -> list[UUID]:
    return [UUID(int=number) for number in range(most)]


def test_every_case_that_is_opened_can_be_reviewed(duo, apply):
    case = apply()
    assert duo.post(f"/desk/cases/{case.id}", {"kind": "handle"}).status_code == 302
    assert models.Opening.objects.get().case == case.id


def test_the_one_who_decides_joins_and_both_stand_in_the_log(counter, duo, log_in, apply):
    case, citizen = apply(), log_in("student")
    begin(counter, citizen)
    assert "Dienst Uitvoering Onderwijs erbij halen" in read(counter.get("/counter/now"))
    counter.post(f"/counter/cases/{case.id}/conference", {"words": "Telt het inkomen van de overleden ouder mee?"})
    shared = models.Conference.objects.get()
    assert log_in("svb_handler").get(f"/conferences/{shared.id}").status_code == 403
    assert "Aanvullende beurs" in read(duo.get("/conferences"))
    page = read(duo.get(f"/conferences/{shared.id}"))
    assert "Telt het inkomen" in page
    duo.post(f"/conferences/{shared.id}", {"words": "Nee, na het overlijden niet."})
    assert "Nee, na het overlijden niet." in read(counter.get("/counter/now"))
    assert duo.get("/applications").status_code == 302
    seen = read(citizen.get("/who-looked"))
    assert "vroeg aan de balie, met u erbij, advies aan Dienst Uitvoering Onderwijs" in seen
    duo.post(f"/conferences/{shared.id}", {"end": "yes"})
    assert "Dit overleg is afgesloten" in read(counter.get("/counter/now"))


def test_an_employer_registers_own_records_and_a_wrong_line_registers_nothing(log_in, world, monkeypatch, capsys):
    log_in("duo_handler")
    reference = next(iter(organisations.workers(organisations.by_key("duo").oin)))
    bsn = world.persona("duo_handler").bsn
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{reference} {bsn}\nM-ONBEKEND {bsn}\n"))
    with pytest.raises(CommandError, match="line 2"):
        call_command("own_records", "duo")
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{reference} {bsn}\n"))
    call_command("own_records", "duo")
    assert bsn not in capsys.readouterr().out
    assert models.Barred.objects.get().kind == barring.Why.OWN
