"""The same death is another plan for another person: the widow, the father of young children, the brother abroad."""

import re
from collections.abc import Callable
from datetime import date

import pytest

from dichterbij_world.store import World

from .oracle import Somebody
from .rooms import has
from .told import ON, Told
from .visitor import Visitor

if not has("life_events"):
    pytest.skip("there are no life events in this house", allow_module_level=True)

from .plans import Shown, asked_of, differences, open_plan, shown_cards

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "logbook"])
TOGETHER, APART = {"zelfde_adres_als_overledene": "yes"}, {"zelfde_adres_als_overledene": "no"}
SISTER = {"name": "mijn zus", "relation": "broer_zus", "died_on_day": "8", "died_on_month": "6", "died_on_year": "2026"}
Open = Callable[..., dict[str, Shown]]


@pytest.fixture
def cards(world: World, visitor: Callable[[], Visitor]) -> Open:
    """Return a function that opens the plan of a persona, checks it against the law, and gives its cards."""

    def opened(who: str, dead: str, relation: str, form: dict[str, str]) -> dict[str, Shown]:
        browser = visitor()
        browser.log_in(who)
        found = shown_cards(open_plan(browser, form))
        number, day = _death(world, dead)
        _number, family = world.family_of(world.persona(who).bsn)
        told = Told(family.person(world.persona(who).bsn), family, ON)
        said: dict[str, object] = {
            "overlijdensdatum": day.isoformat(),
            "relatie_tot_overledene": relation,
            "zelfde_adres_als_overledene": form["zelfde_adres_als_overledene"] == "yes",
            "woont_in_nederland": told.person.abroad is None,
        }
        is_named = "who" in form
        somebody = Somebody(told, said | {"overledene": number} if is_named else said, number if is_named else "")
        problems = differences(found, asked_of(somebody, day), said)
        assert not problems, "\n".join(problems)
        return {card: shown for card, shown in found.items() if not shown.is_not_for_you}

    return opened


def _death(world: World, key: str) -> tuple[str, date]:
    number = world.persona(key).bsn
    day = world.family_of(number)[1].person(number).died_on
    assert day
    return number, day


def test_the_student_has_ten_cards_over_six_organisations(cards: Open) -> None:
    found = cards("student", "student_mother", "kind", TOGETHER | {"who": "0"})
    assert len(found) >= 10
    assert "€" in found["aanvullende-beurs"].text
    names = ("DUO", "Dienst Toeslagen", "Belastingdienst", "Rotterdam", "RDW", "rechtbank", "verhuurder", "notaris")
    assert len([name for name in names if any(name in shown.text for shown in found.values())]) >= 6
    assert "aow-alleenstaande" not in found


def test_the_widow_gets_what_follows_from_her_pension_and_no_grant(cards: Open) -> None:
    found = cards("widow", "widow_husband", "partner", TOGETHER | {"who": "0"})
    assert {"aow-overlijdensuitkering-partner", "aow-alleenstaande"} <= found.keys()
    assert not {"aanvullende-beurs", "nabestaandenuitkering"} & found.keys()


def test_the_father_of_young_children_is_told_what_is_for_them(cards: Open) -> None:
    found = cards("widower", "widower_wife", "partner", TOGETHER | {"who": "0"})
    assert "nabestaandenuitkering" in found
    assert not {"aow-alleenstaande", "aanvullende-beurs"} & found.keys()


def test_the_brother_abroad_gets_what_concerns_him_alone(cards: Open) -> None:
    found = cards("uncle", "student_mother", "broer_zus", APART | SISTER)
    assert "inloggen-buitenland" in found
    assert not {"aanvullende-beurs", "nabestaandenuitkering", "aow-overlijdensuitkering-partner"} & found.keys()


@pytest.mark.slow
def test_the_brother_abroad_completes_his_plan(visitor: Callable[[], Visitor]) -> None:
    """He needs no Dutch address or counter for it: what is for him to do, he does and ticks off where he lives."""
    browser = visitor()
    browser.log_in("uncle")
    plan = open_plan(browser, APART | SISTER)
    ticked = 0
    for shown in shown_cards(plan).values():
        page = browser.get(shown.address)
        if any(form.action.endswith("/tick") for form in page.forms):
            browser.press(page, page.form("/tick"), {"done": "yes"})
            ticked += 1
    assert ticked
    progress = re.search(r"([0-9]+) van ([0-9]+) taken klaar", browser.get(plan.path).text)
    assert progress
    assert (int(progress[1]), int(progress[2])) == (ticked, ticked)
