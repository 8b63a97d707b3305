"""States of the two lists, for the browser."""

from dichterbij.delivery.cases.tests.states import WHO, begun, decided
from dichterbij_world.states import Page, State


def _with_all_kinds(page: Page) -> None:
    decided(page)
    begun("nabestaandenuitkering")(page)
    page.goto("/applications")


def _box(page: Page) -> None:
    decided(page)
    page.goto("/messages")


STATES = [
    State(route="applications", name="nothing yet", go="/applications", who="neutral"),
    State(route="applications", name="a draft and a case", go=_with_all_kinds, who=WHO),
    State(route="messages", name="nothing yet", go="/messages", who="neutral"),
    State(route="messages", name="with letters", go=_box, who=WHO),
]
