"""States of the pages of life events, for the browser."""

import re

from dichterbij_world.states import Page, State


def _press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def _answered(page: Page) -> None:
    page.goto("/life-events/death?questions")
    page.locator("input[name=relatie_tot_overledene][value=kind]").check()
    _press(page, "Laat mijn lijst zien")


def _wrong_answer(page: Page) -> None:
    page.goto("/life-events/death?questions")
    page.locator("input[name=overlijdensdatum_day]").fill("31")
    page.locator("input[name=overlijdensdatum_month]").fill("2")
    page.locator("input[name=overlijdensdatum_year]").fill("2026")
    _press(page, "Laat mijn lijst zien")


def _begin(page: Page) -> None:
    page.goto("/plan")
    _press(page, "Plan maken")


def _waiting(page: Page) -> None:
    """Go to the plan that waits since the registered death; it may have been looked at by an earlier check."""
    page.goto("/plan")
    page.locator("main .dichterbij-card a").first.click()


def _look(page: Page) -> None:
    _waiting(page)
    closed = page.get_by_role("button", name="Openen", exact=True)
    if closed.count():
        closed.click()


def _begin_without_choice(page: Page) -> None:
    _begin(page)
    _press(page, "Maak mijn plan")


def _open(page: Page) -> None:
    """Go to the open plan of the person; make it when there is none."""
    page.goto("/plan")
    ready = page.get_by_role("link", name=re.compile("Uw plan na"))
    if ready.count():
        ready.first.click()
        page.get_by_role("button", name="Opnieuw vragen", exact=True).wait_for()
        return
    _press(page, "Plan maken")
    page.get_by_role("button", name="Maak mijn plan", exact=True).wait_for()
    if page.locator("input[name=who]").count() == 0:
        page.locator("input[name=name]").fill("Een naaste")
        for part, value in (("day", "8"), ("month", "6"), ("year", "2026")):
            page.locator(f"input[name=died_on_{part}]").fill(value)
        page.locator("input[name=relation][value=broer_zus]").check()
    page.locator("input[name=zelfde_adres_als_overledene][value=yes]").check()
    _press(page, "Maak mijn plan")
    page.get_by_role("button", name="Opnieuw vragen", exact=True).wait_for()


def _card(card: str) -> object:
    def go(page: Page) -> None:
        _open(page)
        page.goto(f"{page.url}/cards/{card}")

    return go


def _asked(page: Page) -> None:
    _card("huurwoning-kind")(page)
    _press(page, "Bewaar en vraag opnieuw")


def _ticked(page: Page) -> None:
    _card("contactpersoon")(page)
    done = page.get_by_role("button", name="Dit heb ik gedaan", exact=True)
    if done.count():
        done.click()


def _refreshed(page: Page) -> None:
    _open(page)
    _press(page, "Opnieuw vragen")


def _erasing(page: Page) -> None:
    _open(page)
    page.get_by_role("link", name="Dit plan weggooien").click()


def _applied(page: Page) -> None:
    """Go on to the application; who applied already sees on the card where it stands."""
    _card("zorgtoeslag")(page)
    if page.get_by_role("button", name="Aanvragen", exact=True).count():
        _press(page, "Aanvragen")


STATES = [
    State(route="home", name="bezoeker", go="/"),
    State(route="home", name="ingelogd", who="widow", go="/"),
    State(route="life-event", name="hele lijst", go="/life-events/death"),
    State(route="life-event", name="met antwoorden", go=_answered),
    State(route="life-event", name="fout in de vragen", go=_wrong_answer, status=422),
    State(route="life-event", name="onbekende gebeurtenis", go="/life-events/unknown", status=404),
    State(route="plans", name="nog geen plan", who="homeless", go="/plan"),
    State(route="plans", name="met plan", who="widow", go="/plan"),
    State(route="plan", name="over wie gaat het", who="starter", go=_begin),
    State(route="plan", name="niets gekozen", who="neutral", go=_begin_without_choice, status=422),
    State(route="plan", name="open, student", who="student", go=_open),
    State(route="plan", name="open, weduwe", who="widow", go=_open),
    State(route="plan", name="open, vader", who="widower", go=_open),
    State(route="plan", name="open, broer", who="uncle", go=_open),
    State(route="plan", name="wacht", who="widow_daughter", go=_waiting),
    State(route="plan", name="woont op Bonaire", who="bonaire_mother", go=_open),
    State(route="plan-look", name="opent wat wachtte", who="widow_daughter", go=_look),
    State(route="plan-card", name="met bedrag", who="student", go=_card("aanvullende-beurs")),
    State(route="plan-card", name="met vraag", who="student", go=_card("huurwoning-kind")),
    State(route="plan-card", name="niet voor u", who="student", go=_card("nabestaandenuitkering")),
    State(route="plan-answer", name="zonder antwoord", who="student", go=_asked),
    State(route="plan-tick", name="taak klaar", who="widow", go=_ticked),
    State(route="plan-refresh", name="opnieuw gevraagd", who="widow", go=_refreshed),
    State(route="plan-erase", name="vraagt eerst", who="widow", go=_erasing),
    State(route="plan-apply", name="naar de aanvraag", who="widower", go=_applied),
]
