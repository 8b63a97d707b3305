"""The phone: questions that show who it is, calls that drop, people who ask to be called."""

import json
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connections
from django.test import Client

from dichterbij.delivery.cases import models as case_models
from dichterbij.delivery.cases import services
from dichterbij.front.desk import calling_back, models
from dichterbij.front.desk import rules as rules_module
from dichterbij.ground.authority import registers
from dichterbij.ground.authority.domain import Kind, Unclear
from dichterbij.ground.authority.models import RegisteredAuthority
from dichterbij.ground.identity.services import party_for
from dichterbij.ground.organisations import models as staff
from dichterbij.ground.organisations import queries as organisations
from dichterbij.ground.outbox import services as outbox
from dichterbij.kernel import clock
from dichterbij.kernel.identifiers import Bsn
from dichterbij_world.store import World

from . import taking
from .talking import GRANT, answers, apply_together, begin, call, choose, day_parts, log_in_again, read

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "logbook"])


def test_by_phone_questions_show_who_it_is_and_an_application_is_sent(counter, log_in, world):
    assert call(counter, world).url == "/counter/now"
    case, citizen = apply_together(counter), log_in("student")
    assert "(aan de telefoon met u) stuurde uw aanvraag in" in read(citizen.get(case))
    assert case_models.Case.objects.get().channel == "call"


def test_wrong_answers_open_nothing_are_recorded_and_stop_everybody(counter, log_in, world):
    wrong = {"home_since": "1900", **day_parts("parent_born", "1900-01-01")}
    for _ in range(2):
        assert call(counter, world, **wrong).status_code == 403
    other = log_in("duo_handler")
    choose(other, world, "student")
    assert other.post("/counter/person", {"presence": "questions", "reason": "apply"}).status_code == 403
    assert not models.Assist.objects.exists()
    assert "zei dat u het was. De antwoorden klopten niet" in read(log_in("student").get("/who-looked"))


def test_the_screen_shows_no_answer_before_it_is_given(counter, world):
    choose(counter, world, "student")
    pages = read(counter.get("/counter/person"))
    counter.post("/counter/person", {"presence": "questions", "reason": "apply"})
    pages += read(counter.get("/counter/questions"))
    given = answers(world, "student")
    assert given["home_since"] not in pages
    assert f"{given['parent_born_year']}" not in pages


def test_a_question_whose_answer_the_screen_shows_is_refused():
    with pytest.raises(ValueError, match="the screen shows"):
        rules_module._question("given_names", {"field": "naam.voornamen", "kind": "year"})


def test_nobody_objects_by_phone(counter, world, log_in, apply, worker, persona):
    case = apply()
    services.decide(worker(case.id, persona("student")), case.id, ())
    services.publish(worker(case.id, persona("student")), case.id)
    call(counter, world)
    response = counter.post(f"/applications/{case.id}/objection", {"text": "Ik ben het er niet mee eens."})
    assert response.status_code == 409
    assert "handtekening" in read(response)


def test_an_objection_of_the_counter_is_taken_back_in_writing_not_by_phone(
    counter, log_in, apply, worker, persona, world
):
    case, citizen = apply(), log_in("student")
    services.decide(worker(case.id, persona("student")), case.id, ())
    services.publish(worker(case.id, persona("student")), case.id)
    begin(counter, citizen, "question")
    assert counter.post(f"/applications/{case.id}/objection", {"text": "Te laag."}).status_code == 302
    page = read(citizen.get(f"/applications/{case.id}"))
    assert "nam uw bezwaar op" in page
    undo = re.search(rf'href="(/applications/{case.id}/undo/step-\d+)"', page)
    assert undo
    counter.post("/counter/end")
    call(counter, world)
    response = counter.post(undo[1])
    assert response.status_code == 409
    assert "aan de telefoon" in read(response)
    citizen.post(undo[1])
    assert "Uw bezwaar is binnen" not in read(citizen.get(f"/applications/{case.id}"))


def test_a_call_that_drops_half_way_loses_nothing(counter, log_in, world):
    call(counter, world)
    draft = counter.post(f"/apply/{GRANT}").url
    counter.post("/counter/now", {"words": "Wilde nog de inkomens nakijken"})
    counter.post("/counter/end", {"dropped": "yes"})
    assert models.Assist.objects.get().ended == "dropped"
    assert counter.get(draft).status_code == 302
    citizen = log_in("student")
    assert citizen.get(draft).status_code == 200
    assert "Wilde nog de inkomens nakijken" in read(citizen.get("/talks"))
    outbox.run_once()
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


def test_the_worker_reads_for_whom_somebody_wants_to_act_and_why_no_register_can_say(duo, log_in, world):
    citizen = log_in("student")
    own, mother = (party_for(Bsn(world.persona(key).bsn)) for key in ("student", "student_mother"))
    RegisteredAuthority.objects.create(
        representative=own,
        represented=mother,
        kind=Kind.UNDETERMINED,
        unclear=Unclear.ESTATE,
        sealed=registers.name_sealed("W. Verzonnen"),
        fetched_at=clock.now(),
        valid_until=clock.now(),
    )
    assert "Verzonnen" not in read(citizen.get("/call-me")).split("Waar gaat het over?")[1]
    about = (
        citizen.get("/call-me", headers={"Referer": "http://testserver/authorities"}).context["form"].initial["about"]
    )
    assert about.startswith("Ik wil handelen voor W. Verzonnen. Het register van de rechtspraak kan niet zeggen")
    citizen.post("/call-me", {"organisation": "duo", "name": "M. Verzonnen", "phone": "06 1234 5678", "about": about})
    duo.post(f"/calls/{models.CallBack.objects.get().id}/take")
    page = read(duo.get("/calls"))
    assert about in page
    assert "verklaring van erfrecht" in page and "Verwijs naar een notaris" in page


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
    for _ in range(rules_module.rules().call_tries):
        duo.post(f"/calls/{call.id}/called", {"outcome": "no-answer"})
    call.refresh_from_db()
    assert call.outcome == "no-answer"
    assert call.done_at


TOLD = {"organisation": "duo", "name": "A", "phone": "0612345678", "about": "Vraag"}


def test_one_number_waits_for_three_calls_at_most_however_it_is_written(log_in):
    for phone in ("0612345678", "+31 6 12345678", "06-12345678"):
        assert Client().post("/call-me", {**TOLD, "phone": phone}).status_code == 302
    response = Client().post("/call-me", {**TOLD, "phone": "0031612345678"})
    assert response.status_code == 409
    assert "al vaker" in read(response)
    assert log_in("student").post("/call-me", TOLD).status_code == 409


def test_very_many_requests_without_a_login_are_stopped_and_who_logs_in_is_not(log_in, monkeypatch):
    few = replace(rules_module.rules(), calls_per_hour=2)
    monkeypatch.setattr(calling_back, "rules", lambda: few)
    numbers = [f"061234567{last}" for last in range(4)]
    assert [Client().post("/call-me", {**TOLD, "phone": each}).status_code for each in numbers[:3]] == [302, 302, 429]
    assert log_in("student").post("/call-me", {**TOLD, "phone": numbers[3]}).status_code == 302


def test_a_call_that_a_colleague_makes_is_not_taken_until_it_lies_too_long(duo, log_in, world):
    Client().post("/call-me", TOLD)
    number = models.CallBack.objects.get().id
    other = staff_of_duo(world, log_in)
    assert duo.post(f"/calls/{number}/take").status_code == 302
    response = other.post(f"/calls/{number}/take")
    assert response.status_code == 409
    assert "Een collega belt" in read(response)
    page = read(other.get("/calls"))
    assert "Een collega belt." in page
    assert "0612345678" not in page
    with clock.frozen(clock.now() + timedelta(minutes=rules_module.rules().call_held_minutes)):
        later = staff_of_duo(world, log_in)
        assert later.post(f"/calls/{number}/take").status_code == 302
        assert "0612345678" in read(later.get("/calls"))


def staff_of_duo(world: World, log_in: Callable[[str], Client]) -> Client:
    """Return another worker of DUO who helps people."""
    log_in("duo_reader")
    staff.Staff.objects.filter(party=party_for(Bsn(world.persona("duo_reader").bsn))).update(roles=["desk"])
    return log_in_again(world, "duo_reader")


@pytest.mark.slow
def test_of_two_processes_that_take_one_call_one_has_it(duo):
    Client().post("/call-me", TOLD)
    number = models.CallBack.objects.get().id
    databases = json.dumps({alias: str(connections[alias].settings_dict["NAME"]) for alias in ("default", "logbook")})
    command = [sys.executable, "-m", taking.__name__, databases, organisations.by_key("duo").oin.value, str(number)]
    processes = [
        subprocess.Popen([*command, staff], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for staff in ("M-0001", "M-0002")
    ]
    for process in processes:
        assert process.stdout
        assert process.stdout.readline().strip() == "ready"
    said = [process.communicate("go\n", timeout=60)[0].split() for process in processes]
    assert sorted(word for word, _staff in said) == ["refused", "taken"]
    assert models.CallBack.objects.get().taken_by == next(staff for word, staff in said if word == "taken")
