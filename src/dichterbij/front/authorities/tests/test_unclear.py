"""What somebody reads when a register cannot say who may act: why, what to bring, and how to reach a human."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import Client
from django.urls import NoReverseMatch, reverse

from dichterbij.ground.authority.domain import Unclear
from dichterbij.ground.authority.models import RegisteredAuthority
from dichterbij.ground.authority.tests.said import OfEach, Register, Silent
from dichterbij.ground.identity.tests.clients import sign_in_client
from dichterbij.ground.registry import adapters
from dichterbij.ground.registry.domain import Value
from dichterbij.kernel.identifiers import Bsn
from dichterbij.kernel.levels import Level

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "logbook"])
ANNA, BORIS, CHILD = Bsn("999990007"), Bsn("999990019"), Bsn("999990032")
PART: dict[str, Value] = {"nummer": BORIS.value, "rol": "erfgenaam", "medeErfgenamen": 0}
DISPUTED, ALONE = ({"nalatenschappen": (PART | {"bevoegdheid": power},)} for power in ("niet te bepalen", "alleen"))
NOBODYS = {"soort": "TijdelijkGeenGezag", "vanNiemand": True, "minderjarige": CHILD.value, "naam": "Kind"}
PROXY = {"nummer": "90123458", "naam": "Verzonnen B.V.", "functie": "gevolmachtigde", "bevoegdheid": "beperkt bevoegd"}
GROWN_UP, YOUNG = {"geboorte.datum": "1980-02-03"}, {"geboorte.datum": "2012-02-03"}
SAID = {
    Unclear.ESTATE: (DISPUTED, GROWN_UP, {}, "niet zeggen wie voor deze nalatenschap mag", "verklaring van erfrecht"),
    Unclear.YOUNG_HEIR: (ALONE, YOUNG, {}, "u bent nog geen 18 jaar", "Laat die persoon inloggen"),
    Unclear.CHILD: ({}, GROWN_UP | {"gezag": (NOBODYS,)}, {}, "niet zeggen wie nu gezag heeft", "gezagsregister"),
    Unclear.LIMITED_PROXY: ({}, GROWN_UP, {"functies": (PROXY,)}, "U bent beperkt bevoegd", "Neem uw volmacht mee"),
}
"""What the courts, the population register and the business register say of somebody, and what they then read."""


@pytest.fixture
def anna(organisations: None) -> Iterator[Client]:
    """Log somebody in."""
    client = Client()
    sign_in_client(client, ANNA, Level.SUBSTANTIAL)
    yield client
    adapters.configure(settings.REGISTRIES)


@pytest.mark.parametrize("why", Unclear)
def test_who_cannot_be_determined_reads_why_what_to_bring_and_how_to_reach_a_human(anna, why):
    courts, population, business, reason, bring = SAID[why]
    died = {"naam.volledigeNaam": "B. Verzonnen", "overlijden.datum": "2026-06-01"}
    adapters.register("ccbr", OfEach({ANNA: courts}))
    adapters.register("brp", OfEach({ANNA: population, BORIS: died}))
    adapters.register("kvk", OfEach({ANNA: business}))
    assert anna.post("/authorities/look-up").status_code == 302
    row = RegisteredAuthority.objects.get()
    assert (row.kind, row.unclear) == ("undetermined", why)
    page = anna.get("/authorities").content.decode()
    assert reason in page and bring in page and "Een medewerker zoekt dat met u uit." in page
    try:
        assert f'href="{reverse("call-me")}">Laat u bellen' in page
    except NoReverseMatch:
        assert "Laat u bellen" not in page  # nobody calls where there is no counter
    assert f'value="{row.represented}"' not in page
    assert anna.post("/authorities/act", {"person": str(row.represented)}).status_code == 404


@pytest.mark.parametrize("silent", ["brp", "kvk", "ccbr"])
def test_a_register_that_is_silent_is_said_and_not_taken_for_a_no(anna, silent):
    for name in ("brp", "kvk", "ccbr"):
        adapters.register(name, Silent() if name == silent else Register())
    answer = anna.post("/authorities/look-up")
    assert answer.status_code == 503
    assert "Wij kennen nu niemand voor wie u mag handelen" not in answer.content.decode()
