"""States of the pages of the rules, for the browser: a few laws stand for all (another test renders every one)."""

from dichterbij_world.states import Page, State

LAW = "/rules/wet_op_de_zorgtoeslag"
CHECK = f"{LAW}/check"
BIRTH = {"day": "1", "month": "6", "year": "1990"}


def _go_on(page: Page) -> None:
    page.locator("main form.dichterbij-form button[type=submit]").first.click()
    page.wait_for_load_state()


def _begun(page: Page) -> None:
    page.goto(CHECK)
    _go_on(page)


def _answered(page: Page) -> None:
    """Answer every question: no to relations, yes to the rest, and go on until there is an outcome."""
    _begun(page)
    while page.locator("main input[name=step][value=round]").count():
        for group in page.locator("main form.dichterbij-form fieldset").all():
            _choose(group)
        for amount in page.locator("main input[data-amount]").all():
            amount.fill("24000")
        _go_on(page)


def _choose(group: Page) -> None:
    none, yes = group.locator("input[value=none]"), group.locator("input[value=yes]")
    for part, value in BIRTH.items():
        if group.locator(f"input[name$=_{part}]").count():
            group.locator(f"input[name$=_{part}]").fill(value)
    if none.count() or yes.count():
        (none if none.count() else yes).first.check()


def _empty(page: Page) -> None:
    _begun(page)
    _go_on(page)


def _change(page: Page) -> None:
    _answered(page)
    page.goto(f"{CHECK}?change")


def _on_bonaire(page: Page) -> None:
    page.goto(CHECK)
    page.locator("input[name=territory][value=BQ-BO]").check()
    _go_on(page)


STATES = [
    State(route="rules", name="all laws", go="/rules"),
    State(route="rules", name="in Papiamentu", go="/pap/rules"),
    State(route="rules-law", name="one law", go=LAW),
    State(route="rules-law", name="amounts of a former year", go="/rules/bedragen_zorgtoeslag?version=2024-01-01"),
    State(route="rules-law", name="no such law", go="/rules/bestaat-niet", status=404),
    State(route="rules-article", name="with a rule and choices", go=f"{LAW}/articles/2"),
    State(route="rules-article", name="in English", go=f"/en{LAW}/articles/2"),
    State(route="rules-examples", name="with origin", go=f"{LAW}/examples"),
    State(route="rules-check", name="where and when", go=CHECK),
    State(route="rules-check", name="questions", go=_begun),
    State(route="rules-check", name="nothing filled in", go=_empty, status=422),
    State(route="rules-check", name="outcome", go=_answered),
    State(route="rules-check", name="change answers", go=_change),
    State(route="rules-check", name="does not apply here", go=_on_bonaire),
]
