"""States of the two lists, for the browser, and of moving where everybody lives in this instance: nowhere to go.

The pages with another instance beside this one are walked in `tests/operation/test_moving.py`.
"""

from dichterbij.delivery.cases.tests.states import WHO, begun, decided
from dichterbij_world.states import Page, State


def _with_all_kinds(page: Page) -> None:
    decided(page)
    begun("nabestaandenuitkering")(page)
    page.goto("/applications")


def _box(page: Page) -> None:
    decided(page)
    page.goto("/messages")


NOBODY = "00000099999999999999"

STATES = [
    State(route="go-on", name="nobody lives there", go=f"/go-on/{NOBODY}", who="neutral", status=404),
    State(route="hand-over", name="nobody lives there", go=f"/hand-over/{NOBODY}", who="neutral", status=404),
    State(route="login-from", name="not believed: log in here", go=f"/login/from/{NOBODY}"),
    State(route="login-from-back", name="not asked", go=f"/login/from/{NOBODY}/back?state=x&code=y", status=403),
    State(route="login-from-left", name="nobody lives there", go=f"/login/from/{NOBODY}/left", status=404),
    State(route="applications", name="nothing yet", go="/applications", who="neutral"),
    State(route="applications", name="a draft and a case", go=_with_all_kinds, who=WHO),
    State(route="messages", name="nothing yet", go="/messages", who="neutral"),
    State(route="messages", name="with letters", go=_box, who=WHO),
]
