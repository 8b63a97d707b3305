"""States of the pages of the help point, for the browser."""

from dichterbij_world.states import Page, State


def _wrong_code(page: Page) -> None:
    page.goto("/help-points/questions")
    page.get_by_label("Code van uw informatiepunt").fill("punt-1 AAAAAAAA")
    page.get_by_label("Een brief begrijpen").check()
    with page.expect_navigation():
        page.get_by_role("button", name="Tel deze vraag").click()


STATES = [
    State(route="help-points", name="empty", go="/help-points"),
    State(route="help-points", name="found", go="/help-points?near=Deventer"),
    State(route="help-points", name="nothing there", go="/help-points?near=Nergens"),
    State(route="help-card", name="card", go="/help-points/safe"),
    State(route="help-guide", name="products", go="/help-points/guide"),
    State(route="help-guide-application", name="a grant", go="/help-points/guide/aanvullende-beurs"),
    State(route="help-guide-application", name="with questions", go="/help-points/guide/zorgtoeslag"),
    State(route="help-guide-afterwards", name="received", go="/help-points/guide/zorgtoeslag/afterwards"),
    State(route="help-questions", name="nothing counted", go="/help-points/questions"),
    State(route="help-questions", name="a wrong code", go=_wrong_code, status=422),
]
