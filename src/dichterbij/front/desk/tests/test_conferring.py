"""Conferring: the organisation that decides joins, and the person reads what was asked and answered."""

import pytest

from dichterbij.front.desk import models

from .talking import begin, colleague, read

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "logbook"])


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
    assert "Aan de balie, met u erbij, vroeg een medewerker advies aan Dienst Uitvoering Onderwijs" in seen
    duo.post(f"/conferences/{shared.id}", {"end": "yes"})
    assert "Dit overleg is afgesloten" in read(counter.get("/counter/now"))


def test_the_person_reads_who_asked_what_and_who_answered(counter, duo, log_in, apply):
    case, citizen = apply(), log_in("student")
    begin(counter, citizen)
    counter.post(f"/counter/cases/{case.id}/conference", {"words": "Telt het inkomen mee?"})
    duo.post(f"/conferences/{models.Conference.objects.get().id}", {"words": "Nee, niet meer."})
    page = read(citizen.get("/talks"))
    assert "Overleg met Dienst Uitvoering Onderwijs" in page
    assert page.index("Telt het inkomen mee?") < page.index("Nee, niet meer.")
    assert "15 juni 2026" in page.split("Telt het inkomen mee?")[1].split("Nee, niet meer.")[0]
    assert "Telt het inkomen mee?" not in read(log_in("uncle").get("/talks"))


def test_a_colleague_who_goes_on_sees_what_was_asked_and_answered(counter, duo, log_in, apply, world):
    case = apply()
    begin(counter, log_in("student"))
    counter.post(f"/counter/cases/{case.id}/conference", {"words": "Telt het inkomen mee?"})
    other = colleague(world, log_in)
    assert other.post(f"/counter/{models.Assist.objects.get().id}/take-over").url == "/counter/now"
    assert "Telt het inkomen mee?" in read(other.get("/counter/now"))


def test_two_organisations_that_ask_about_one_case_do_not_read_each_other(counter, log_in, apply):
    case, other = apply(), log_in("deventer_handler")
    begin(counter, log_in("student"))
    counter.post(f"/counter/cases/{case.id}/conference", {"words": "Vraag van Rotterdam"})
    begin(other, log_in("student"))
    other.post(f"/counter/cases/{case.id}/conference", {"words": "Vraag van Deventer"})
    assert models.Conference.objects.count() == 2
    assert "Vraag van Rotterdam" not in read(other.get("/counter/now"))
    assert "Vraag van Deventer" not in read(counter.get("/counter/now"))


def test_a_question_without_words_is_not_asked_and_somebody_elses_case_is_no_subject(counter, log_in, apply):
    case, other = apply(), apply("starter")
    begin(counter, log_in("student"))
    response = counter.post(f"/counter/cases/{case.id}/conference", {"words": " "})
    assert response.status_code == 422
    assert "Schrijf op wat u wilt vragen" in read(response)
    assert counter.get(f"/counter/cases/{other.id}/conference").status_code == 404
    assert not models.Conference.objects.exists()
