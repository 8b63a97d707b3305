"""The anonymous check: what it asks, what it says, and that nothing of it stays."""

import logging
import re
from datetime import timedelta

import pytest
from django.test import Client

from dichterbij.ground.assessment import guest_answers
from dichterbij.ground.assessment.models import GuestAnswers
from dichterbij.kernel import clock

from .test_pages import text

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "logbook"])
CHECK = "/rules/wet_op_de_zorgtoeslag/check"
START = {"step": "start", "territory": "NL", "month": "2026-07"}
ALONE = {
    "ik.verzekerd_zvw": "yes",
    "ik.geboortedatum_day": "1",
    "ik.geboortedatum_month": "6",
    "ik.geboortedatum_year": "1990",
    "ik.rechtmatig_verblijf": "yes",
    "ik.partner": "none",
    "ik.samenwonende": "none",
    "ik.rendementsgrondslag": "0",
    "ik.toetsingsinkomen": "24.000",
}


def begun(client: Client, prefix: str = "", **changes: str) -> Client:
    answer = client.post(f"{prefix}{CHECK}", START | changes)
    assert (answer.status_code, answer.url) == (302, f"{prefix}{CHECK}")
    return client


def answered(client: Client, answers: dict[str, str], prefix: str = "") -> str:
    """Answer rounds until the law says something; return the page."""
    for _ in range(8):
        page = client.get(f"{prefix}{CHECK}")
        if 'value="round"' not in page.content.decode():
            return text(page)
        assert client.post(f"{prefix}{CHECK}", {"step": "round", **answers}).status_code == 302
    raise AssertionError(f"still asking: {text(page)}")


def test_where_and_when_is_asked_first_and_the_questions_say_why(visitor):
    assert "Waar woont u?" in text(visitor.get(CHECK))
    page = text(begun(visitor).get(CHECK))
    assert "Hebt u een Nederlandse zorgverzekering?" in page
    assert "Wij vragen dit door artikel 1, Zorgverzekeringswet." in page


def test_the_outcome_names_three_facts_what_would_change_it_and_the_effect_of_earning_more(visitor):
    page = answered(begun(visitor), ALONE)
    assert "U hebt recht op zorgtoeslag." in page
    assert "€ 129,00 per maand" in page
    assert "Dit gaf de doorslag Inkomen van dit jaar € 24.000,00" in page
    assert re.search("Wat dit zou veranderen .*Inkomen van dit jaar.* € 40.857,29", page)
    assert "De stip is uw antwoord: € 24.000,00 geeft € 129,00." in page
    assert "Inloggen en aanvragen" in page


@pytest.mark.parametrize(("prefix", "words"), [("/en", "You have a right"), ("/pap", "Bo tin derecho")])
def test_a_check_speaks_the_language_of_the_page(visitor, prefix, words):
    assert words in answered(begun(visitor, prefix), ALONE, prefix)


def test_what_does_not_apply_is_said_with_the_reason(visitor):
    page = answered(begun(visitor), ALONE | {"ik.verzekerd_zvw": "no"})
    assert "U hebt geen recht op zorgtoeslag." in page
    assert "Wat niet geldt, en waarom" in page


def test_a_partner_is_a_person_of_whom_a_few_facts_are_asked(visitor):
    begun(visitor)
    assert visitor.post(CHECK, {"step": "round", **ALONE, "ik.partner": "new"}).status_code == 302
    page = visitor.get(CHECK)
    assert "Weet u dit van uw partner" in text(page)
    partner = {key.replace("ik.", "ik.partner."): value for key, value in ALONE.items()}
    told = answered(visitor, ALONE | {"ik.partner": "new"} | partner | {"ik.partner.toetsingsinkomen": "1000"})
    assert "U hebt recht op zorgtoeslag." in told
    assert "uw partner" in told


def test_where_the_law_does_not_apply_the_page_says_who_helps(visitor):
    page = text(begun(visitor, territory="BQ-BO").get(CHECK))
    assert "Zorgverzekeringskantoor" in page
    assert "Dienst Toeslagen voert deze regel uit" not in page


def test_a_check_starts_from_where_the_law_applies(visitor):
    first = visitor.get("/rules/algemene_ouderdomsverzekering_bes/check").content.decode()
    assert first.index("Bonaire") < first.index("In Nederland, niet op een eiland")
    assert "Bonaire, Sint Eustatius, Saba" in text(visitor.get("/rules/algemene_ouderdomsverzekering_bes"))


def test_a_month_without_amounts_is_refused_with_who_to_ask(visitor):
    page = text(begun(visitor, month="2027-06").get(CHECK))
    assert "Voor deze periode kennen wij geen bedragen." in page
    assert "Dienst Toeslagen voert deze regel uit" in page


def test_what_nobody_knows_stays_open_and_is_never_a_no(visitor):
    unknown = dict(ALONE, **{"ik.toetsingsinkomen": "", "ik.verzekerd_zvw": "unknown"})
    page = answered(begun(visitor), unknown)
    assert "Wij kunnen nog geen uitkomst geven." in page
    assert "Wat wij nog niet weten" in page
    assert "Hebt u een Nederlandse zorgverzekering?" in page
    assert "U hebt geen recht" not in page


def test_a_wrong_answer_is_named_and_nothing_is_kept(visitor):
    begun(visitor)
    before = GuestAnswers.objects.get().id
    answer = visitor.post(CHECK, {"step": "round", **ALONE, "ik.geboortedatum_day": "31"})
    assert answer.status_code == 422
    assert "Deze datum bestaat niet" in text(answer)
    assert GuestAnswers.objects.get().id == before


def test_an_answer_can_be_changed_and_people_nobody_names_are_forgotten(visitor):
    begun(visitor)
    visitor.post(CHECK, {"step": "round", **ALONE, "ik.partner": "new"})
    partner = {key.replace("ik.", "ik.partner."): value for key, value in ALONE.items()}
    answered(visitor, ALONE | {"ik.partner": "new"} | partner)
    assert "ik.partner.geboortedatum_day" in visitor.get(f"{CHECK}?change").content.decode()
    assert visitor.post(CHECK, {"step": "change", **ALONE, **partner}).status_code == 302
    page = text(visitor.get(CHECK))
    assert "Weet u dit van uw partner" not in page
    assert "ik.partner.geboortedatum_day" not in visitor.get(f"{CHECK}?change").content.decode()


def test_answers_live_half_an_hour_are_erased_on_demand_and_stand_in_no_address_and_no_log(visitor, caplog):
    caplog.set_level(logging.DEBUG)
    page = answered(begun(visitor), ALONE)
    assert "24.000" in page
    assert "24000" not in caplog.text
    assert "1990" not in caplog.text
    with clock.frozen(clock.now() + timedelta(minutes=31)):
        assert "Waar woont u?" in text(visitor.get(CHECK))
    visitor.post(CHECK, {"step": "erase"})
    assert not GuestAnswers.objects.exists()
    answered(begun(visitor), ALONE)
    assert guest_answers.purge(clock.now() + timedelta(minutes=31)) == 1


def test_answers_are_sealed_and_another_browser_does_not_see_them(visitor):
    answered(begun(visitor), ALONE)
    assert b"toetsingsinkomen" not in bytes(GuestAnswers.objects.get().sealed)
    assert "Waar woont u?" in text(Client().get(CHECK))


def test_a_page_with_answers_is_kept_nowhere(visitor):
    assert begun(visitor).get(CHECK)["Cache-Control"] == "no-store"


def test_a_municipality_is_chosen_by_name_once(visitor):
    address = "/rules/participatiewet_artikel_36/check"
    page = text(visitor.get(address))
    assert "Gemeente Deventer" in page
    assert "GM0150" not in page
    visitor.post(address, {"step": "start", "territory": "GM0150", "month": "2026-06"})
    assert "In welke gemeente" not in text(visitor.get(address))
