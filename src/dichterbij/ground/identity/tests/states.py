"""States of the pages of logging in and out, for the browser."""

from dichterbij_world.states import Page, State, choose, log_in


def _press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def _to_the_test_means(page: Page) -> None:
    page.goto("/login")
    page.locator("main form button[type=submit]").first.click()


def _stopped(page: Page) -> None:
    _to_the_test_means(page)
    _press(page, "Stoppen met inloggen")


def _logged_in(page: Page) -> None:
    """Log in as the last person of the list: other checks keep the login of the others."""
    _to_the_test_means(page)
    choose(page.locator("button[name=person]").last)


def _without_number(page: Page) -> None:
    """Log in from another country, as somebody for whom nobody in the Netherlands has a number."""
    log_in(page, "neighbour", "test-eidas")


def _logged_out(page: Page) -> None:
    _logged_in(page)
    page.goto("/logout")
    page.locator("main").get_by_role("button", name="Uitloggen", exact=True).click()


def _log_in_again_in_another_tab(page: Page) -> None:
    """Send a form that stood open while the same person logged in again in another tab."""
    _logged_in(page)
    page.goto("/login?level=high")
    page.locator("main form button[type=submit]").first.click()
    tab = page.context.new_page()
    tab.goto("/login?level=high")
    tab.locator("main form button[type=submit]").first.click()
    choose(tab.locator("button[name=person]").last)
    tab.close()
    page.locator("input[name=term]").fill("een lange naam")
    _press(page, "Zoeken")


STATES = [
    State(route="login", name="kiezen", go="/login"),
    State(route="login", name="medewerker", go="/login?for=staff"),
    State(route="login", name="gestopt", go=_stopped),
    State(route="login", name="hoger niveau nodig", who="neutral", go="/login?level=high"),
    State(route="login", name="medewerker wil eigen zaken", who="kvk_reader", go="/login?next=/logout"),
    State(route="login", name="burger wil naar het werk", who="neutral", go="/login?for=staff"),
    State(route="login-start", name="naar het middel", go=_to_the_test_means),
    State(route="login-onward", name="niemand vroeg erom", go="/login/onward"),
    State(route="login-help", name="hulp", go="/login/help"),
    State(route="login-without-number", name="uit een ander land", go=_without_number),
    State(route="logout", name="ingelogd", who="neutral", go="/logout"),
    State(route="logout", name="niemand ingelogd", go="/logout"),
    State(route="logout", name="net uitgelogd", go=_logged_out),
    State(route="logout", name="misschien elders nog ingelogd", go="/logout?unsure=1"),
    State(route="kept-form", name="bewaard", go=_log_in_again_in_another_tab),
    State(
        route="kept-form",
        name="van iemand anders",
        who="neutral",
        go="/kept-forms/00000000-0000-0000-0000-000000000000",
        status=404,
    ),
]
