"""Who may not: family, oneself, another unit, who left; and what is looked at afterwards."""

import io
from uuid import UUID

import pytest
from django.core.management import CommandError, call_command

from dichterbij.front.desk import barring, helping, models, reviewing
from dichterbij.ground.identity.services import party_for
from dichterbij.ground.logbook.models import Line
from dichterbij.ground.organisations import models as staff
from dichterbij.ground.organisations import queries as organisations
from dichterbij.ground.outbox import services as outbox
from dichterbij.kernel.identifiers import Bsn

from .talking import GRANT, begin, choose, colleague, day_parts, read, search, show_code

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "logbook"])


IN_CASE_OF_NEED = {"presence": "emergency", "because": "Mevrouw ligt op straat"}


def test_a_worker_who_is_the_sister_of_the_applicant_opens_nothing(duo, apply, world, log_in):
    case = apply()
    person = world.document("brp", world.persona("student").bsn)
    told = {"surname": person["naam"]["geslachtsnaam"], **day_parts("born_on", person["geboorte"]["datum"]["datum"])}
    assert duo.post("/family", told).url == "/family"
    assert "1 persoon" in read(duo.get("/family"))
    assert "Niemand past hierbij" in read(duo.get(search(duo, world, "student").url))
    with_code = {"code": show_code(log_in("student")), "reason": "apply"}
    for path, form in ((f"/desk/cases/{case.id}", {"kind": "handle"}), ("/counter", with_code)):
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


def test_who_works_no_more_at_the_counter_where_help_began_looks_nothing_up_from_another(counter, log_in, world):
    begin(counter, log_in("second_director"))
    worker, before = party_for(Bsn(world.persona("rotterdam_handler").bsn)), Line.objects.count()
    elsewhere = staff.Unit.objects.filter(organisation_id=organisations.by_key("duo").oin.value).first()
    staff.Staff.objects.filter(party=worker).update(unit=elsewhere)
    assert counter.get("/counter/whom").status_code == 404
    assert counter.post("/counter/whom").status_code == 404
    assert Line.objects.count() == before


def test_a_colleague_of_the_unit_goes_on_when_a_worker_leaves(counter, log_in, world):
    citizen = log_in("student")
    begin(counter, citizen)
    help = models.Assist.objects.get()
    assert log_in("duo_handler").post(f"/counter/{help.id}/take-over").status_code == 404
    other = colleague(world, log_in)
    page = read(other.get("/counter"))
    assert "Overnemen" in page
    assert helping.help_of(help).name not in page
    assert other.post(f"/counter/{help.id}/take-over").url == "/counter/now"
    assert other.get("/plan").status_code == 200
    assert counter.get("/plan").status_code == 302
    assert other.post(f"/counter/{help.id}/take-over").status_code == 404
    outbox.run_once()
    assert "Ons gesprek op 15 juni 2026" in read(citizen.get("/messages"))
    assert "ging verder met u helpen" in read(citizen.get("/who-looked"))


def test_who_no_longer_works_there_helps_nobody(counter, log_in):
    begin(counter, log_in("student"))
    staff.Staff.objects.update(roles=["handle"])
    assert counter.get("/plan").status_code == 403


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
    told = read(log_in("student").get("/who-looked"))
    assert "keek na of een medewerker uw zaken mocht openen. Dat mocht niet. Het is gemeld." in told
    assert "M-" not in told


def test_a_reviewer_who_comes_second_hears_that_their_finding_is_not_kept(counter, log_in, world, monkeypatch):
    choose(counter, world, "student")
    counter.post("/counter/person", IN_CASE_OF_NEED)
    opening, keep = models.Opening.objects.get(), reviewing.sealed

    def first(*said: object) -> bytes:
        models.Opening.objects.update(outcome="right", reviewed_at=opening.at, reviewer="M-OTHER")
        return keep(*said)

    monkeypatch.setattr(reviewing, "sealed", first)
    late = log_in("rotterdam_reader").post(f"/reviews/{opening.id}", {"outcome": "wrong", "remark": "Kon wachten"})
    assert late.status_code == 404
    assert models.Opening.objects.get().outcome == "right"


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


def test_a_request_to_correct_is_opened_for_a_reason_of_the_list_and_can_be_reviewed(duo, log_in):
    request = log_in("student").post("/corrections/new/duo/onderwijssoort", {"says": "Iets anders."}).url
    number = request.rpartition("/")[2]
    assert duo.post(f"/desk/corrections/{number}", {"kind": "nosy"}).status_code == 422
    assert duo.post(f"/desk/corrections/{number}", {"kind": "check"}).status_code == 302
    assert str(models.Opening.objects.get().case) == number


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
