"""Survivor's benefit: the case knows of whose death it was begun, and the law asks the register the rest."""

import pytest

from dichterbij.delivery.cases import models, queries, services
from dichterbij.delivery.cases.asking import asked_of_applicant
from dichterbij.delivery.cases.domain import CaseLine, NotDecidable
from dichterbij.ground.identity import services as identity
from dichterbij.ground.identity.register_events import cause_of

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "logbook"])
SURVIVOR = "nabestaandenuitkering"
TOLD = {"overlijdensdatum": "2026-06-10", "relatie_tot_overledene": "partner", "arbeidsongeschikt_drie_maanden": False}


@pytest.fixture
def applied(citizen, persona):
    """Return a function that applies as the widower, as his plan begins it: with the death as its cause."""

    def sent(cause: str, **told: object) -> CaseLine:
        access, said = citizen("widower", SURVIVOR), {**TOLD, **told}
        known = {fact: value for fact, value in said.items() if value is not None}
        draft = services.start(access, SURVIVOR, name="E. Kievitdal", language="nl", supplied=known, cause=cause)
        _, said = queries.draft(access, draft.id)
        services.fill(access, draft.id, unknown=tuple(each.fact for each in asked_of_applicant(said)))
        return services.submit(citizen("widower", SURVIVOR), draft.id, draft.key)

    return sent


@pytest.fixture
def death(persona, organisations) -> str:
    """What is begun because of the death of the widower's wife."""
    return cause_of(identity.party_for(persona("widower_wife")))


def _decide(worker, persona, line: CaseLine):
    return services.decide(worker(line.id, persona("widower"), key="svb_handler"), line.id)


def test_a_widower_with_a_young_child_gets_a_survivors_benefit(citizen, worker, persona, applied, death):
    line = applied(death)
    assert _decide(worker, persona, line).is_granted
    found = queries.case(citizen("widower", SURVIVOR), line.id)
    said = queries.determination(citizen("widower", SURVIVOR), found)
    number = persona("widower_wife").value
    assert number not in repr(found) + repr(said) + repr(found.application.as_json())


def test_without_the_death_or_after_it_was_undone_the_law_misses_who_died(worker, persona, applied, death):
    line = applied(death)
    models.Case.objects.filter(id=line.id).update(cause_gone_on=line.received_on)
    with pytest.raises(NotDecidable) as problem:
        _decide(worker, persona, line)
    assert "overledene" in problem.value.missing


@pytest.mark.parametrize("cause", ["death:not-known-here", "death:7c9e6679-7425-40de-944b-e07fc1f90ae7", ""])
def test_a_case_that_no_known_death_began_finds_the_spouse_who_died_on_the_day_that_is_told(
    citizen, worker, persona, applied, cause
):
    line = applied(cause)
    assert _decide(worker, persona, line).is_granted
    found = queries.case(citizen("widower", SURVIVOR), line.id)
    number = persona("widower_wife").value
    assert number not in repr(found) + repr(found.application.as_json())


@pytest.mark.parametrize("told", [{"overlijdensdatum": "2026-06-09"}, {"relatie_tot_overledene": None}])
def test_a_day_on_which_the_register_lost_no_spouse_leaves_open_who_died(worker, persona, applied, told):
    with pytest.raises(NotDecidable) as problem:
        _decide(worker, persona, applied("", **told))
    assert problem.value.missing


def test_somebody_elses_death_opens_nothing(worker, persona, applied, organisations):
    """Who the register does not call the spouse is not read about, whatever the cause says."""
    line = applied(cause_of(identity.party_for(persona("widow"))))
    with pytest.raises(NotDecidable):
        _decide(worker, persona, line)
