"""States of the pages of appointments, for the browser."""

from dichterbij_world.states import Page, State


def _booked(page: Page) -> None:
    page.goto("/appointments/new/deventer-stadhuis")
    page.get_by_label("Iets anders").check()
    page.locator("[name=time]").select_option(index=1)
    with page.expect_navigation():
        page.get_by_role("button", name="Maak de afspraak").click()


def _listed(page: Page) -> None:
    _booked(page)
    page.goto("/appointments")


def _nothing_chosen(page: Page) -> None:
    page.goto("/appointments/new/rotterdam-centrum")
    with page.expect_navigation():
        page.get_by_role("button", name="Maak de afspraak").click()


def _moving(page: Page) -> None:
    _booked(page)
    with page.expect_navigation():
        page.get_by_role("link", name="Verzetten").click()


def _cancelling(page: Page) -> None:
    _booked(page)
    with page.expect_navigation():
        page.get_by_role("link", name="Afzeggen").click()


def _cancelled(page: Page) -> None:
    _cancelling(page)
    with page.expect_navigation():
        page.get_by_role("button", name="Ja, zeg de afspraak af").click()


def _in_the_calendar(page: Page) -> None:
    _booked(page)
    with page.expect_download():
        page.get_by_role("link", name="eigen agenda").click()


STATES = [
    State(route="appointments", name="none", who="widower", go="/appointments"),
    State(route="appointments", name="one", who="neutral", go=_listed),
    State(route="appointments", name="one that was cancelled", who="neutral", go=_cancelled),
    State(route="appointment-where", name="where", who="widower", go="/appointments/new"),
    State(route="appointment-new", name="empty", who="student", go="/appointments/new/rotterdam-centrum"),
    State(route="appointment-new", name="nothing chosen", who="student", go=_nothing_chosen, status=422),
    State(route="appointment", name="made", who="student_father", go=_booked),
    State(route="appointment-calendar", name="downloaded", who="uncle", go=_in_the_calendar),
    State(route="appointment-move", name="another time", who="new_mother", go=_moving),
    State(route="appointment-cancel", name="asked", who="new_father", go=_cancelling),
    State(route="appointments-expected", name="nobody today", who="rotterdam_handler", go="/appointments/expected"),
]
