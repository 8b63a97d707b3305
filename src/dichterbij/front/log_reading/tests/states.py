"""States of the pages of who checks staff, for the browser."""

from dichterbij_world.states import Page, State

AUDITOR = "rotterdam_reader"


def _file(page: Page) -> None:
    page.goto("/staff-looks")
    with page.expect_download() as file:
        page.locator("main a[download]").click()
    assert file.value.suggested_filename.endswith(".csv")


STATES = [
    State(route="staff-looks", name="this month", who=AUDITOR, go="/staff-looks"),
    State(route="staff-looks", name="nothing of this worker", who=AUDITOR, go="/staff-looks?worker=M-NOBODY"),
    State(route="staff-looks", name="for a worker who checks nobody", who="duo_handler", go="/staff-looks", status=403),
    State(route="staff-looks-file", name="kept as a file", who=AUDITOR, go=_file),
]
