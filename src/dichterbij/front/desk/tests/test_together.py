"""Doing it together: what was done is visible to the person, on both sides of the counter, and can be undone."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from dichterbij.delivery.cases import models as case_models
from dichterbij.delivery.cases import services
from dichterbij.delivery.cases.domain import State
from dichterbij.front.desk import confirming, helping, models
from dichterbij.front.desk.events import HelpEnded
from dichterbij.front.desk.rules import rules
from dichterbij.ground.outbox import services as outbox
from dichterbij.ground.outbox.domain import NotYet
from dichterbij.ground.registry.answers import RegistryUnavailable
from dichterbij.kernel import clock
from dichterbij.kernel.access import Permission

from .talking import apply_together, begin, read

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "logbook"])


def test_an_application_at_the_counter_says_so_everywhere_and_can_be_undone(counter, log_in):
    citizen = log_in("student")
    begin(counter, citizen, "apply")
    case = apply_together(counter)
    said = "Een medewerker van Gemeente Rotterdam (aan de balie, met u erbij) stuurde uw aanvraag in"
    page = read(citizen.get(case))
    assert said in page
    assert case_models.Case.objects.get().channel == "counter"
    counter.post("/counter/end")
    outbox.run_once()
    letter = read(citizen.get("/messages"))
    assert "Ons gesprek op 15 juni 2026" in letter
    assert said in read(citizen.get("/talks"))
    assert "Aan de balie, met u erbij, vroeg een medewerker voor u aan: aanvullende beurs" in read(
        citizen.get("/who-looked")
    )
    undo = re.search(rf'href="({case}/undo/step-\d+)"', page)
    assert undo
    assert "tot en met 29 juni 2026" in read(citizen.get(undo[1]))
    citizen.post(undo[1])
    assert case_models.Case.objects.get().state == State.WITHDRAWN
    assert citizen.post(undo[1]).status_code == 409


def test_after_the_time_nothing_can_be_undone_any_more(counter, log_in):
    citizen = log_in("student")
    begin(counter, citizen)
    case = apply_together(counter)
    undo = re.search(rf'href="({case}/undo/step-\d+)"', read(citizen.get(case)))
    assert undo
    with clock.frozen(clock.now() + timedelta(days=15)):
        later = log_in("student")
        assert "ongedaan maken" not in read(later.get(case))
        assert later.post(undo[1]).status_code == 409


def undo_of(page: str) -> str:
    found = re.search(r'href="(/applications/[0-9a-f-]{36}/undo/step-\d+)"', page)
    assert found
    return found[1]


def letters(citizen: Client) -> str:
    """Return what all letters in the box say."""
    outbox.run_once()
    found = dict.fromkeys(re.findall(r'href="(/messages/[0-9a-f-]{36})"', read(citizen.get("/messages"))))
    return " ".join(read(citizen.get(address)) for address in found)


def test_who_calls_or_comes_back_is_undone_by_a_worker_who_is_named_for_it(counter, log_in):
    citizen = log_in("student")
    begin(counter, citizen)
    case = apply_together(counter)
    counter.post("/counter/end")
    begin(counter, citizen)
    assert counter.post(undo_of(read(counter.get(case)))).url == case
    assert case_models.Case.objects.get().state == State.WITHDRAWN
    said = "Een medewerker van Gemeente Rotterdam (aan de balie, met u erbij) maakte op uw verzoek iets ongedaan"
    assert said in read(citizen.get(case))
    assert "Aan de balie, met u erbij, maakte een medewerker op uw verzoek iets ongedaan" in read(
        citizen.get("/who-looked")
    )
    counter.post("/counter/end")
    assert said in letters(citizen)


def test_the_letter_promises_an_undoing_only_as_long_as_nothing_followed(counter, log_in):
    citizen = log_in("student")
    begin(counter, citizen)
    counter.post("/counter/end")
    assert "Was iets niet uw bedoeling?" not in letters(citizen)
    begin(counter, citizen)
    apply_together(counter)
    counter.post("/counter/end")
    told = letters(citizen)
    assert "tot en met 29 juni 2026, zolang er niets op volgde, zoals een besluit" in told
    assert "Of vraag het ons: dan doen wij het." in told


def test_help_ends_though_the_letter_cannot_be_made_and_the_letter_follows(counter, log_in, monkeypatch):
    citizen = log_in("student")
    begin(counter, citizen)

    def away(_access: object) -> None:
        raise RegistryUnavailable("brp", clock.now())

    monkeypatch.setattr(confirming, "paper_address", away)
    assert counter.post("/counter/end").url == "/counter"
    help = models.Assist.objects.get()
    assert help.ended == "closed"
    ended = HelpEnded(help=help.id, party=help.party)
    with pytest.raises(NotYet):
        confirming.on_ended(ended, help.id)
    monkeypatch.undo()
    confirming.on_ended(ended, help.id)
    confirming.on_ended(ended, help.id)
    assert read(citizen.get("/messages")).count("Ons gesprek op 15 juni 2026") == 1


def test_who_stops_the_help_gets_in_writing_what_was_done(counter, log_in):
    citizen = log_in("student")
    begin(counter, citizen)
    apply_together(counter)
    citizen.post(f"/talks/{models.Assist.objects.get().id}/stop")
    told = letters(citizen)
    assert "U stopte deze hulp zelf." in told
    assert "stuurde uw aanvraag in" in told


def test_a_request_to_correct_is_shown_in_the_talk_and_the_letter_and_can_be_taken_back(counter, log_in, apply, duo):
    case, citizen = apply(), log_in("student")
    begin(counter, citizen, "correction")
    request = counter.post("/corrections/new/duo/onderwijssoort", {"says": "Ik doe een andere opleiding."}).url
    said = "Een medewerker van Gemeente Rotterdam (aan de balie, met u erbij)"
    assert f"{said} stuurde dit voor u" in read(citizen.get(request))
    assert f"{said} vroeg om dit te verbeteren" in read(citizen.get("/talks"))
    duo.post(f"/desk/cases/{case.id}", {"kind": "handle"})
    assert "Klopt niet:" in read(duo.get(f"/desk/cases/{case.id}"))
    counter.post("/counter/end")
    told = letters(citizen)
    assert f"{said} vroeg om dit te verbeteren" in told
    assert "Was iets niet uw bedoeling?" in told
    assert "zonder te zeggen waarom" in read(citizen.get(f"{request}/undo"))
    assert log_in("uncle").post(f"{request}/undo").status_code == 404
    assert citizen.post(f"{request}/undo").status_code == 302
    assert not case_models.CorrectionRequest.objects.exists()
    assert "Klopt niet:" not in read(duo.get(f"/desk/cases/{case.id}"))
    assert "U trok in dat een gegeven niet klopt" in read(citizen.get(f"/applications/{case.id}"))
    assert citizen.post(f"{request}/undo").status_code == 404


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


def test_a_letter_is_printed_at_once_at_the_counter(counter, log_in, apply, worker, persona):
    case = apply()
    services.decide(worker(case.id, persona("student")), case.id, ())
    services.publish(worker(case.id, persona("student")), case.id)
    begin(counter, log_in("student"), "question")
    address = re.search(r'href="(/messages/[0-9a-f-]{36}/pdf)"', read(counter.get("/counter/now")))
    assert address
    answer = counter.get(address[1])
    assert answer["Content-Type"] == "application/pdf"
    assert b"".join(answer.streaming_content if answer.streaming else [answer.content]).startswith(b"%PDF")
