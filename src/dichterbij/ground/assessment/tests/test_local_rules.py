"""Where the law leaves it to the municipality, the rules of the municipality the register names are used."""

from datetime import date

import pytest

from dichterbij.ground.assessment import queries, services
from dichterbij.ground.assessment.domain import Request, State
from dichterbij.ground.registry import activities
from dichterbij.kernel.identifiers import Bsn, Oin
from dichterbij.kernel.periods import Period

STUDENT, ROTTERDAM = Bsn("999993653"), Oin("00000099100000001000")
JUNE = date(2026, 6, 15)
ALLOWANCE = Request(
    law="participatiewet_artikel_36",
    outputs=("heeft_recht_op_individuele_inkomenstoeslag", "individuele_inkomenstoeslag"),
    period=Period.day(JUNE),
    decided_on=JUNE,
)
JUDGED = {
    "afwijken_van_weigering": False,
    "in_detentie": False,
    "laag_inkomen_vastgesteld": True,
    "lang_in_buitenland": False,
    "opleiding_afgerond_op": None,
    "uitzicht_op_meer_inkomen": False,
    "verblijft_in_inrichting": False,
    "verlaging_100_procent": False,
    "vermogen_nu": 0,
    "vorige_inkomenstoeslag": None,
}
pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", "logbook"]),
    pytest.mark.usefixtures("organisations"),
]


@pytest.fixture
def rotterdam(new_access):
    activity = activities.activity("rotterdam.inkomenstoeslag")
    return new_access(bsn=STUDENT, organisation=ROTTERDAM, activity=activity)


@pytest.fixture
def resident(registries):
    """A tenant of 24 in Rotterdam with 900 euros a month, now and in the past three years."""
    registries.say("brp", STUDENT).update(
        {
            "gemeenteVanInschrijving.code": "GM0599",
            "verblijfplaats.inNederland": True,
            "verblijfplaats.adresseerbaarObjectIdentificatie": "0599010000000001",
        }
    )
    registries.say("huur", STUDENT).update({"huurovereenkomst.aanwezig": True})
    registries.say("duo", STUDENT).clear()
    registries.say("uwv", STUDENT).update(
        {
            "inkomsten.gemiddeldNetto36Maanden": 90_000,
            "inkomsten.nettoLoon": 0,
            "inkomsten.nettoPensioen": 0,
            "inkomsten.nettoUitkering": 90_000,
        }
    )
    return registries


def test_the_rules_of_the_municipality_of_residence_decide(rotterdam, resident):
    found = services.assess(rotterdam, ALLOWANCE, JUDGED)
    assert (found.state, found.territory) == (State.DETERMINED, "GM0599")
    assert found.outputs["individuele_inkomenstoeslag"] == 20_000
    assert queries.replayed(rotterdam, found.id).receipt() == found.receipt


def test_a_municipality_whose_rules_we_do_not_know_is_named_as_such(rotterdam, resident):
    resident.say("brp", STUDENT)["gemeenteVanInschrijving.code"] = "GM0344"
    found = services.assess(rotterdam, ALLOWANCE)
    assert (found.state, found.territory, found.refusal.code) == (State.REFUSED, "GM0344", "no_local_rules")
    assert "Bel uw gemeente" in found.words["nl"].explanation.outcome
    assert queries.assessment(rotterdam, found.id) == found


def test_a_municipality_of_nobody_we_know_is_refused_too(rotterdam, resident):
    del resident.say("brp", STUDENT)["gemeenteVanInschrijving.code"]
    found = services.assess(rotterdam, ALLOWANCE)
    assert (found.state, found.refusal.code) == (State.REFUSED, "no_local_rules")
