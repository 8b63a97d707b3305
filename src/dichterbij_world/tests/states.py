"""States of the test means, for the browser."""

from dichterbij_world.states import Page, State


def _choose_means(page: Page) -> None:
    page.goto("/login")
    page.locator("main form button[type=submit]").first.click()


def _choose_means_for_workers(page: Page) -> None:
    page.goto("/login?for=staff")
    page.locator("main form button[type=submit]").first.click()


def _search(page: Page, term: str) -> None:
    _choose_means(page)
    page.locator("input[name=term]").fill(term)
    page.locator("form:has(input[name=term]) button[type=submit]").click()


STATES = [
    State(route="test-means-citizen", name="kiezen", go=_choose_means),
    State(route="test-means-citizen", name="gevonden", go=lambda page: _search(page, "1-1")),
    State(route="test-means-citizen", name="niet gevonden", go=lambda page: _search(page, "Onbekendenaam")),
    State(route="test-means-citizen", name="niets ingevuld", go=lambda page: _search(page, "")),
    State(route="test-means-staff", name="kiezen", go=_choose_means_for_workers),
    State(route="demonstration-told", name="what would have been sent", go="/demonstration/told"),
]
