"""States of the page about an objection, for the browser."""

from functools import cache
from urllib.parse import urlsplit

from dichterbij.delivery.cases.tests.states import objected, press
from dichterbij_world.states import Page, State, log_in

HANDLER, APPLICANT = "toeslagen_handler", "new_mother"


@cache
def _case(browser: object, site: str) -> str:
    """Let somebody object to a decision; returns the address of their case at the desk."""
    context = browser.new_context(base_url=site, locale="nl-NL")  # type: ignore[attr-defined]
    citizen = context.new_page()
    log_in(citizen, APPLICANT)
    objected(citizen)
    citizen.get_by_role("heading", name="Uw bezwaar is binnen").wait_for()
    case = urlsplit(citizen.url).path.rsplit("/", 1)[-1]
    context.close()
    return f"/desk/cases/{case}"


def _opened(page: Page) -> None:
    page.goto("/desk")
    address = urlsplit(page.url)
    case = _case(page.context.browser, f"{address.scheme}://{address.netloc}")
    page.goto(case)
    if page.locator("input[name=reason]").count():
        page.locator("input[name=reason]").fill("Ik behandel dit bezwaar")
        _send(page, "Aanvraag openen")
    page.goto(f"{case}/objection")


def _send(page: Page, name: str) -> None:
    with page.expect_navigation():
        press(page, name)


def _without_words(page: Page) -> None:
    _opened(page)
    _send(page, "Beslissen en brief versturen")


def _weighed(page: Page) -> None:
    _opened(page)
    _send(page, "Vraag wat de wet nu zegt")


STATES = [
    State(route="desk-objection", name="opened", who=HANDLER, go=_opened),
    State(route="desk-objection", name="what the law says now", who=HANDLER, go=_weighed),
    State(route="desk-objection", name="without words", who=HANDLER, go=_without_words, status=422),
]
