"""States of the test means, for the browser."""

from dichterbij_world.states import Page, State, press_means


def _choose_means(page: Page) -> None:
    page.goto("/login")
    page.locator("main form button[type=submit]").first.click()


def _choose_another(page: Page, means: str) -> None:
    page.goto("/login")
    press_means(page, means)


def _choose_means_for_workers(page: Page) -> None:
    page.goto("/login?for=staff")
    page.locator("main form button[type=submit]").first.click()


def _search(page: Page, term: str) -> None:
    _choose_means(page)
    page.locator("input[name=term]").fill(term)
    page.locator("form:has(input[name=term]) button[type=submit]").click()


STATES = [
    State(route="test-means", name="kiezen", go=_choose_means),
    State(route="test-means", name="gevonden", go=lambda page: _search(page, "1-1")),
    State(route="test-means", name="niet gevonden", go=lambda page: _search(page, "Onbekendenaam")),
    State(route="test-means", name="niets ingevuld", go=lambda page: _search(page, "")),
    State(route="test-means", name="medewerker kiezen", go=_choose_means_for_workers),
    State(route="test-means", name="ander land", go=lambda page: _choose_another(page, "test-eidas")),
    State(route="test-means", name="voor een bedrijf", go=lambda page: _choose_another(page, "test-eherkenning")),
    State(route="demonstration-told", name="what would have been sent", go="/demonstration/told"),
]
