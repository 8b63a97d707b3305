"""States of the pages of the catalogue, for the browser."""

from dichterbij_world.states import Page, State

ALLOWANCE = "/data-catalogue/decisions/wet_op_de_zorgtoeslag-5"


def _mine(page: Page) -> None:
    page.goto(ALLOWANCE)
    page.locator("main form button[type=submit]").click()


STATES = [
    State(route="data-catalogue", name="the list", go="/data-catalogue"),
    State(route="data-catalogue-decision", name="a decision", go=ALLOWANCE),
    State(route="data-catalogue-decision", name="not there", go="/data-catalogue/decisions/niets-1", status=404),
    State(route="data-catalogue-mine", name="one's own data", who="student", go=_mine),
    State(route="data-catalogue-mine", name="one's own data, on Bonaire", who="bonaire_mother", go=_mine),
    State(route="data-catalogue-flows", name="the sources", go="/data-catalogue/flows"),
    State(route="data-catalogue-flows-from", name="one source", go="/data-catalogue/flows/brp"),
    State(route="data-catalogue-flows-from", name="no such source", go="/data-catalogue/flows/niets", status=404),
    State(route="data-catalogue-processing", name="the record", go="/data-catalogue/processing"),
    State(
        route="data-catalogue-processing-of",
        name="of one organisation, half of it not stated",
        go="/data-catalogue/processing/rotterdam",
    ),
]
