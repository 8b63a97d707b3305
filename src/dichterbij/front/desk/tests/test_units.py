"""Units of one organisation: nothing of one unit is seen or done by another, and a case that moves keeps its story."""

import io
from collections.abc import Iterable
from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dichterbij.delivery.cases import models
from dichterbij.delivery.cases.domain import CaseLine
from dichterbij.delivery.catalogue import queries as catalogue
from dichterbij.front.desk import models as desk
from dichterbij.ground.identity.services import party_for
from dichterbij.ground.organisations import models as staff
from dichterbij.ground.organisations import queries as organisations
from dichterbij.ground.organisations import services
from dichterbij.ground.organisations.domain import Appointment, StaffTask
from dichterbij.kernel.identifiers import Bsn

from .talking import log_in_again, read

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "logbook"])
PENSION, UNITS = "nabestaandenuitkering", ("nabestaanden", "pensioen")
TASKS = (StaffTask.HANDLE, StaffTask.DECIDE)
ACTS = ("handling", "unit", "question", "assessment", "decision", "publication", "second-look", "objection")
WHY = {"kind": "handle"}


def _works_at(world, units: Iterable[str]) -> Client:
    """Return the browser of a worker who has these units of the Sociale Verzekeringsbank, and no other."""
    party = party_for(Bsn(world.persona("svb_handler").bsn))
    staff.Staff.objects.filter(party=party).delete()
    for unit in units:
        at = organisations.by_key("svb").oin
        first_on = date(2024, 1, 1)
        services.appoint(Appointment(party=party, organisation=at, unit=unit, roles=TASKS, first_on=first_on))
    return log_in_again(world, "svb_handler")


def _of_unit(case: CaseLine, unit: str) -> CaseLine:
    models.Case.objects.filter(id=case.id).update(unit=unit)
    return case


def _rows() -> list[object]:
    return [*models.Case.objects.values(), *models.CaseStep.objects.values(), *desk.Opening.objects.values()]


@pytest.fixture
def one_each(apply) -> dict[str, CaseLine]:
    """A case in each unit."""
    return {unit: _of_unit(apply("widow", PENSION), unit) for unit in UNITS}


@pytest.mark.slow
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(mine=st.sets(st.sampled_from(UNITS)), act=st.sampled_from(ACTS))
def test_a_worker_sees_and_does_only_what_their_units_have(one_each, world, mine, act):
    worker = _works_at(world, mine)
    listed = read(worker.get("/desk"))
    for unit, case in one_each.items():
        assert (case.reference in listed) is (unit in mine)
        if unit not in mine:
            before = _rows()
            tried = (worker.post(f"/desk/cases/{case.id}", WHY), worker.post(f"/desk/cases/{case.id}/{act}", {}))
            assert {response.status_code for response in tried} <= {302, 403}
            assert worker.get(f"/desk/cases/{case.id}").status_code == 403
            assert _rows() == before
        else:
            assert worker.post(f"/desk/cases/{case.id}", WHY).status_code == 302


def test_a_case_that_moves_keeps_its_story_and_leaves_the_first_unit(log_in, apply):
    first, second, case = log_in("svb_handler"), log_in("svb_reader"), apply("widow", PENSION)
    assert second.get(f"/desk/cases/{case.id}").status_code == 403
    first.post(f"/desk/cases/{case.id}", WHY)
    first.post(f"/desk/cases/{case.id}/handling")
    assert first.post(f"/desk/cases/{case.id}/unit", {"unit": "tuin"}).status_code == 422
    assert first.post(f"/desk/cases/{case.id}/unit", {"unit": "pensioen"}).url == "/desk"
    told = "De aanvraag ligt nu bij: "
    assert told in read(first.get("/desk"))
    assert told not in read(first.get("/desk"))
    assert first.get(f"/desk/cases/{case.id}").status_code == 403
    assert case.reference not in read(first.get("/desk"))
    second.post(f"/desk/cases/{case.id}", WHY)
    page = read(second.get(f"/desk/cases/{case.id}"))
    story = page[page.index("Wat er gebeurde") :]
    assert story.index("Aangevraagd") < story.index("In behandeling genomen") < story.index("Naar een andere afdeling")
    assert "Een andere afdeling behandelt uw aanvraag verder" in read(log_in("widow").get(f"/applications/{case.id}"))


def test_what_a_worker_had_who_left_is_free_for_the_unit(log_in, apply, world):
    worker, colleague, case = log_in("svb_handler"), log_in("svb_jurist"), apply("widow", PENSION)
    worker.post(f"/desk/cases/{case.id}", WHY)
    worker.post(f"/desk/cases/{case.id}/handling")
    assert "bij een collega" in read(colleague.get("/desk"))
    gone = party_for(Bsn(world.persona("svb_handler").bsn))
    staff.Staff.objects.filter(party=gone).update(last_on=date(2026, 6, 14))
    assert worker.get(f"/desk/cases/{case.id}").status_code == 403
    page = read(colleague.get("/desk"))
    assert case.reference in page
    assert "bij een collega" not in page


def test_an_employer_says_who_works_where_and_a_wrong_line_appoints_nobody(log_in, apply, world, monkeypatch, capsys):
    log_in("svb_jurist")
    case, bsn = apply("widow", PENSION), world.persona("svb_handler").bsn
    good = f"bsn:{bsn} nabestaanden read,handle 2026-01-01\n"
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{good}employee:jansen tuin read 2026-01-01\n"))
    with pytest.raises(CommandError, match="Line 2"):
        call_command("workers", "svb")
    party = party_for(Bsn(bsn))
    assert not staff.Staff.objects.filter(party=party).exists()
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{good}employee:jansen pensioen read 2026-01-01 2026-02-01\n"))
    call_command("workers", "svb")
    assert bsn not in capsys.readouterr().out
    assert case.reference in read(log_in_again(world, "svb_handler").get("/desk"))


def test_every_product_names_a_unit_that_its_organisation_has(log_in):
    log_in("svb_handler")
    for product in catalogue.products():
        assert product.unit in ("", *organisations.by_key(product.organisation).units), product.id


def test_who_also_works_at_a_counter_reads_that_a_case_is_of_another_unit(log_in, apply):
    case = _of_unit(apply("student", "aanvullende-beurs"), "elsewhere")
    assert "van een andere afdeling" in read(log_in("duo_handler").get(f"/desk/cases/{case.id}"))
