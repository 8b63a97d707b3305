"""States of the pages of authorities, for the browser."""

from dichterbij_world.states import Page, State


def _looked_up(page: Page) -> None:
    page.goto("/authorities")
    with page.expect_navigation():
        page.get_by_role("button", name="Kijk na voor wie ik mag handelen").click()


def _acting(page: Page) -> None:
    _looked_up(page)
    with page.expect_navigation():
        page.get_by_role("button", name="Handelen voor").first.click()
    page.goto("/authorities")


def _given(page: Page) -> None:
    page.goto("/authorities/give")
    page.get_by_label("Alles wat ik hier kan regelen").check()
    with page.expect_navigation():
        page.get_by_role("button", name="Code maken").click()


def _waiting(page: Page) -> None:
    _given(page)
    page.goto("/authorities")


def _wrong(page: Page) -> None:
    page.goto("/authorities/give")
    page.get_by_label("Alleen wat ik aankruis").check()
    with page.expect_navigation():
        page.get_by_role("button", name="Code maken").click()


def _wrong_code(page: Page) -> None:
    page.goto("/authorities")
    page.get_by_label("Uw code").fill("AAAA BBBB CCCC")
    with page.expect_navigation():
        page.get_by_role("button", name="Machtiging aannemen").click()


def _begun(page: Page) -> None:
    _looked_up(page)
    with page.expect_navigation():
        page.get_by_role("button", name="Handelen voor").first.click()


def _own(page: Page) -> None:
    _begun(page)
    with page.expect_navigation():
        page.get_by_role("button", name="Terug naar mijn eigen zaken").click()


def _ended(page: Page) -> None:
    _waiting(page)
    with page.expect_navigation():
        page.get_by_role("button", name="Stoppen").first.click()


STATES = [
    State(route="authorities-look-up", name="nobody found", who="student", go=_looked_up),
    State(route="authorities-act", name="begun", who="new_mother", go=_begun),
    State(route="login-own", name="one's own matters again", who="new_mother", go=_own),
    State(route="authorities-end", name="a mandate that was stopped", who="uncle", go=_ended),
    State(route="authorities", name="nobody yet", who="widow", go="/authorities"),
    State(route="authorities", name="children, looked up", who="new_father", go=_looked_up),
    State(route="authorities", name="acting for another", who="guardian", go=_acting),
    State(route="authorities", name="a code that waits", who="widower", go=_waiting),
    State(route="authorities", name="a code that does not exist", who="widower", go=_wrong_code, status=404),
    State(route="authorities-give", name="empty", who="student", go="/authorities/give"),
    State(route="authorities-give", name="nothing chosen", who="student", go=_wrong),
    State(route="authorities-code", name="the code", who="student", go=_given),
]
