"""States of the pages of contact details, for the browser."""

import re

from dichterbij_world.states import Page, State, reload_until

WHO = "student"
MAIL = "naam@voorbeeld.example"


def _fill(page: Page, way: str = "email", value: str = MAIL) -> None:
    page.goto(f"/contact-details/{way}")
    page.locator("main input[name=email], main input[name=phone]").fill(value)
    page.locator("main form button[type=submit]").click()


def _wrong_code(page: Page) -> None:
    _fill(page)
    page.locator("main input[name=code]").fill("abc")
    page.locator("main form button[type=submit]").click()


def _codes(page: Page) -> list[str]:
    """Return the codes that were sent, on the page that is open."""
    return re.findall(r"Uw code is (\d{6})", page.locator("main").inner_text())


def _proven(page: Page) -> None:
    page.goto("/contact-details")
    if page.locator("main form[action$='email/remove']").count():
        return
    page.goto("/demonstration/told")
    before = _codes(page)
    _fill(page)
    page.goto("/demonstration/told")
    reload_until(page, lambda: _codes(page) != before)
    code = _codes(page)[0]
    page.goto("/contact-details/email/code")
    page.locator("main input[name=code]").fill(code)
    page.locator("main form button[type=submit]").click()


def _exception(page: Page) -> None:
    _proven(page)
    page.goto("/contact-details/exception")
    page.locator("main select").select_option(index=1)
    page.locator("main input[value=paper]").check()
    page.locator("main form button[type=submit]").click()


def _nothing_chosen(page: Page) -> None:
    page.goto("/contact-details/exception")
    page.locator("main form button[type=submit]").click()


def _press(page: Page, action: str) -> None:
    page.locator(f"main form[action$='{action}'] button").first.click()


def _forgotten(page: Page) -> None:
    _exception(page)
    _press(page, "exception/forget")


def _removed(page: Page) -> None:
    _proven(page)
    _press(page, "email/remove")


def _in_english(page: Page) -> None:
    page.goto("/contact-details")
    page.locator("main button[value=nl], main button[value=en]").first.click()


STATES = [
    State(route="contact-details", name="nothing known", who="new_father", go="/contact-details"),
    State(route="contact-details", name="only on paper", who="widow", go="/contact-details"),
    State(route="contact-details", name="known, with an exception", who=WHO, go=_exception),
    State(route="contact-address", name="an e-mail address", who=WHO, go="/contact-details/email"),
    State(route="contact-address", name="no number", who=WHO, go=lambda page: _fill(page, "sms", "geen nummer")),
    State(route="contact-address", name="no such way", who=WHO, go="/contact-details/fax", status=404),
    State(route="contact-code", name="asked", who="uncle", go=_fill),
    State(route="contact-code", name="wrong", who="new_father", go=_wrong_code, status=409),
    State(route="contact-exception", name="to fill in", who=WHO, go="/contact-details/exception"),
    State(route="contact-exception", name="nothing chosen", who=WHO, go=_nothing_chosen),
    State(route="contact-exception-forget", name="gone", who=WHO, go=_forgotten),
    State(route="contact-remove", name="gone", who=WHO, go=_removed),
    State(route="contact-language", name="kept", who="ward", go=_in_english),
]
