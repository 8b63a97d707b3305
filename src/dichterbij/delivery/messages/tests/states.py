"""States of the page of a message, for the browser."""

from dichterbij.delivery.cases.tests.states import WHO, decided
from dichterbij_world.states import Page, State, reload_until


def _receipt(page: Page) -> None:
    decided(page)
    page.goto("/messages")
    page.locator("main").get_by_role("link", name="Wij hebben uw aanvraag ontvangen").first.click()


def _decision(page: Page) -> None:
    decided(page)
    page.goto("/messages")
    letters = page.locator("main").get_by_role("link", name="U krijgt")
    reload_until(page, lambda: letters.count() > 0)
    letters.first.click()


def _kept(page: Page) -> None:
    _decision(page)
    with page.expect_download() as file:
        page.locator("main a[href$='/pdf']").click()
    assert file.value.suggested_filename.endswith(".pdf")


def _on_paper(page: Page) -> None:
    _decision(page)
    button = page.get_by_role("button", name="Ook op papier", exact=True)
    if button.count():
        button.click()


STATES = [
    State(route="message-post", name="also on paper", go=_on_paper, who=WHO),
    State(route="message-pdf", name="kept as a file", go=_kept, who=WHO),
    State(route="message", name="a receipt", go=_receipt, who=WHO),
    State(route="message", name="a decision", go=_decision, who=WHO),
    State(route="message", name="not there", go="/messages/00000000-0000-4000-8000-000000000000", who=WHO, status=404),
]
