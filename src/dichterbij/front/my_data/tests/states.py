"""States of the pages of my data and of who looked, for the browser."""

import re

from dichterbij_world.states import Page, State

NOBODY = "/who-looked/00000000-0000-0000-0000-000000000000"


def _asked(page: Page) -> None:
    page.goto("/my-data")
    with page.expect_navigation():
        page.locator("main form button[type=submit]").first.click()


def _looked(page: Page) -> None:
    _asked(page)
    page.goto("/who-looked")


def _reasons_open(page: Page) -> None:
    _looked(page)
    for summary in page.locator("main summary").all():
        summary.click()


def _lines(page: Page) -> None:
    _looked(page)
    with page.expect_navigation():
        page.get_by_role("link", name=re.compile("Bekijk elke regel")).first.click()


def _proof(page: Page) -> None:
    _lines(page)
    with page.expect_navigation():
        page.get_by_role("link", name="Bewijs 1", exact=True).first.click()


def _proved(page: Page) -> None:
    _proof(page)
    with page.expect_download() as file:
        page.get_by_role("link", name=re.compile("Download")).first.click()
    assert file.value.suggested_filename.endswith(".zip")


def _no_messages(page: Page) -> None:
    page.goto("/who-looked")
    with page.expect_navigation():
        page.locator("form[action='/who-looked/notices'] button").click()


STATES = [
    State(route="my-data", name="nothing asked yet", who="ward", go="/my-data"),
    State(route="my-data", name="asked", who="student", go=_asked),
    State(route="my-data", name="asked, on Bonaire", who="bonaire_mother", go=_asked),
    State(route="who-looked", name="nobody looked", who="ward", go="/who-looked"),
    State(route="who-looked", name="a story", who="student", go=_looked),
    State(route="who-looked-notices", name="no messages any more", who="student", go=_no_messages),
    State(route="who-looked", name="with reasons", who="student", go=_reasons_open),
    State(route="who-looked-act", name="lines of one act", who="student", go=_lines),
    State(route="who-looked-line", name="what it proves", who="student", go=_proof),
    State(route="who-looked-proof", name="kept as a file", who="student", go=_proved),
    State(route="who-looked-act", name="no such act", who="student", go=NOBODY, status=404),
]
