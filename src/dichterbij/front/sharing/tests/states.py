"""States of the pages of sharing, for the browser."""

import re

from dichterbij_world.states import Page, State

NOTHING = "/sharing/00000000-0000-0000-0000-000000000000"


def _question(page: Page, what: str = "inkomen") -> None:
    page.goto("/sharing")
    with page.expect_navigation():
        page.get_by_role("link", name=re.compile(what)).first.click()


def _answered(page: Page, answer: str, what: str = "inkomen") -> None:
    _question(page, what)
    page.get_by_label(answer, exact=True).check()
    with page.expect_navigation():
        page.get_by_role("button", name="Verstuur mijn antwoord").click()


def _no_choice(page: Page) -> None:
    _question(page)
    with page.expect_navigation():
        page.get_by_role("button", name="Verstuur mijn antwoord").click()


def _wrong_code(page: Page) -> None:
    page.goto("/sharing")
    page.get_by_label("De code die u van het bedrijf kreeg").fill("AAAA")
    with page.expect_navigation():
        page.get_by_role("button", name="Bekijk de vraag").click()


def _receipt(page: Page) -> None:
    _question(page)
    with page.expect_download() as file:
        page.get_by_role("link", name=re.compile("Download")).click()
    assert file.value.suggested_filename.endswith(".zip")


def _taken_back(page: Page) -> None:
    _question(page)
    with page.expect_navigation():
        page.get_by_role("button", name="Neem mijn toestemming terug").click()


STATES = [
    State(route="sharing", name="nothing asked", who="neutral", go="/sharing"),
    State(route="sharing", name="questions wait", who="starter", go="/sharing"),
    State(route="sharing", name="a wrong code", who="neutral", go=_wrong_code, status=404),
    State(route="sharing-question", name="a question", who="starter", go=_question),
    State(route="sharing-question", name="for a month", who="starter", go=lambda page: _question(page, "adres")),
    State(route="sharing-question", name="nothing chosen", who="starter", go=_no_choice),
    State(route="sharing-question", name="no", who="starter", go=lambda page: _answered(page, "Nee", "adres")),
    State(route="sharing-question", name="yes", who="starter", go=lambda page: _answered(page, "Ja, één keer")),
    State(route="sharing-receipt", name="kept as a file", who="starter", go=_receipt),
    State(route="sharing-take-back", name="taken back", who="starter", go=_taken_back),
    State(route="sharing", name="all is over", who="starter", go="/sharing"),
    State(
        route="sharing-question",
        name="not hers to decide",
        who="ward",
        go=lambda page: _answered(page, "Ja, één keer"),
        status=403,
    ),
    State(route="sharing-question", name="no such question", who="starter", go=NOTHING, status=404),
]
