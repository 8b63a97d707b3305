"""Who stands at the counter: a code, a search, a document, a letter, and who is stopped."""

import re
from datetime import timedelta

import pytest

from dichterbij.delivery.messages import printing
from dichterbij.front.desk import finding, helping, models
from dichterbij.front.desk.rules import rules
from dichterbij.ground.logbook.models import Line
from dichterbij.ground.registry.adapters import brp
from dichterbij.kernel import clock
from dichterbij.kernel.identifiers import Bsn

from .talking import begin, choose, day_parts, read, search, show_code

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "logbook"])


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
    assert counter.post("/counter", {"code": code, "reason": "apply"}).status_code == 302
    assert counter.post("/counter", {"code": code, "reason": "apply"}).status_code == 404


def test_an_expired_code_and_a_guessed_one_answer_the_same(counter, log_in):
    code = show_code(log_in("student"))
    with clock.frozen(clock.now() + timedelta(minutes=rules().code_minutes)):
        expired = log_in("rotterdam_handler").post("/counter", {"code": code, "reason": "apply"})
    guessed = counter.post("/counter", {"code": "AAAA2222", "reason": "apply"})
    assert expired.status_code == guessed.status_code == 404
    assert "te oud" in read(guessed)


def test_who_guesses_codes_is_stopped(counter, log_in):
    code = show_code(log_in("student"))
    for _ in range(rules().wrong_codes):
        assert counter.post("/counter", {"code": "AAAA2222", "reason": "apply"}).status_code == 404
    assert counter.post("/counter", {"code": code, "reason": "apply"}).status_code == 429


def test_somebody_is_found_by_name_and_birth_date_and_the_search_stands_in_their_log(counter, log_in, world):
    response = search(counter, world, "student")
    assert response.url == "/counter/person"
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
    assert Line.objects.order_by("id").last().kind == "denied"


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
    assert counter.post("/counter", {"code": code[0], "reason": "apply"}).url == "/counter/person"
    counter.post("/counter/person", {"reason": "apply"})
    assert models.Assist.objects.get().presence == "letter"


def test_a_document_without_its_signs_opens_nothing(counter, world):
    choose(counter, world, "student")
    response = counter.post("/counter/person", {"presence": "document", "document": "passport", "reason": "apply"})
    assert response.status_code == 422
    assert not models.Assist.objects.exists()


def test_without_a_reason_of_the_list_nothing_opens(counter, log_in):
    told = {"code": show_code(log_in("student")), "reason": "nosy"}
    assert counter.post("/counter", told).status_code == 422
    assert not models.Assist.objects.exists()
    assert counter.post("/counter", {**told, "reason": "apply"}).url == "/counter/now"


def test_a_worker_without_the_task_has_no_counter(log_in):
    assert log_in("duo_reader").get("/counter").status_code == 403
    assert log_in("student").get("/counter").status_code == 302
