"""States of helping somebody, for the browser, on both sides of the counter."""

import re
from collections.abc import Callable

from dichterbij.delivery.cases.tests.states import sent
from dichterbij_world.states import Page, State, log_in

HELPER, COLLEAGUE, REVIEWER = "rotterdam_handler", "duo_handler", "rotterdam_reader"
BORN = {"day": "11", "month": "2", "year": "2002"}
_apply = sent("aanvullende-beurs", "Aanvullende beurs")


def _press(page: Page, name: str) -> None:
    with page.expect_navigation():
        page.locator("main").get_by_role("button", name=re.compile(name)).first.click()


def _as(worker: str, go: Callable[[Page], None]) -> Callable[[Page], None]:
    """Return the same after logging in anew: who begins to help gets a new session id, a kept one is no use."""

    def went(page: Page) -> None:
        log_in(page, worker)
        go(page)

    return went


def _citizen(page: Page, who: str) -> Page:
    """Return a page of somebody else in a browser of their own."""
    site = re.match(r"https?://[^/]+", page.url or "")
    if site is None:
        page.goto("/counter")
        site = re.match(r"https?://[^/]+", page.url)
    assert site
    other = page.context.browser.new_context(base_url=site[0], locale="nl-NL").new_page()
    log_in(other, who)
    return other


def _helping(who: str) -> Callable[[Page], None]:
    """Return what begins to help somebody with the code on their phone."""

    def go(page: Page) -> None:
        page.goto("/counter")
        other = _citizen(page, who)
        other.goto("/talks")
        _press(other, "Toon mijn code")
        code = other.locator("main strong").first.inner_text()
        other.context.close()
        _with_code(page, code)

    return go


def _with_code(page: Page, code: str) -> None:
    page.locator("[name=code]").fill(code)
    page.locator("[name=reason][value=apply]").check()
    _press(page, "Code gebruiken")


def _wrong_code(page: Page) -> None:
    page.goto("/counter")
    _with_code(page, "AAAA 2222")


def _half_a_search(page: Page) -> None:
    page.goto("/counter")
    for part, value in BORN.items():
        page.locator(f"[name=born_on_{part}]").fill(value)
    _press(page, "Zoeken")


def _sought(surname: str) -> Callable[[Page], None]:
    def go(page: Page) -> None:
        page.goto("/counter")
        for part, value in BORN.items():
            page.locator(f"[name=born_on_{part}]").fill(value)
        page.locator("[name=surname]").fill(surname)
        _press(page, "Zoeken")

    return go


def _chosen(page: Page) -> None:
    _sought("Zwaanstra")(page)


def _nothing_chosen(page: Page) -> None:
    _chosen(page)
    _press(page, "Beginnen")


def _asked(page: Page) -> None:
    _chosen(page)
    page.locator("[name=presence][value=questions]").check()
    page.locator("[name=reason][value=call-back]").check()
    _press(page, "Beginnen")


def _with_a_case(page: Page) -> None:
    other = _citizen(page, "new_father")
    _apply(other)
    other.context.close()
    _helping("new_father")(page)


def _whom(page: Page) -> None:
    _helping("director")(page)
    page.goto("/counter/whom")


def _looked_up(page: Page) -> None:
    _whom(page)
    _press(page, "^Kijk na voor wie")


def _for_a_company(page: Page) -> None:
    _looked_up(page)
    _press(page, "^Voor Trattoria")


def _conferring(page: Page) -> None:
    _with_a_case(page)
    page.get_by_role("link", name=re.compile("erbij halen$")).first.click()
    page.locator("main textarea[name=words]").fill("Telt het inkomen mee?")
    _press(page, "^Vragen$")


def _asks_nothing(page: Page) -> None:
    _with_a_case(page)
    page.get_by_role("link", name=re.compile("erbij halen$")).first.click()
    _press(page, "^Vragen$")


def _invited(page: Page) -> None:
    page.goto("/conferences")
    if page.locator("main table a").count() == 0:
        helper = _worker(page, HELPER)
        _conferring(helper)
        helper.context.close()
        page.goto("/conferences")


def _joined(page: Page) -> None:
    _invited(page)
    page.locator("main table a").first.click()


def _worker(page: Page, who: str) -> Page:
    site = re.match(r"https?://[^/]+", page.url)
    assert site
    other = page.context.browser.new_context(base_url=site[0], locale="nl-NL").new_page()
    log_in(other, who)
    return other


def _ended(page: Page) -> None:
    _helping("student")(page)
    _press(page, "Afsluiten")


def _left(page: Page) -> None:
    """Go back to one's own work while the help goes on."""
    _helping("student")(page)
    with page.expect_navigation():
        page.get_by_role("button", name="Terug naar mijn werk").click()
    page.goto("/counter")


def _resumed(page: Page) -> None:
    _left(page)
    _press(page, "Verder met deze persoon")


def _undone(page: Page) -> None:
    """Ask to undo what a worker sent in; somebody else than the other states help."""
    page.goto("/talks")
    _press(page, "Toon mijn code")
    code = page.locator("main strong").first.inner_text()
    helper = _worker(page, HELPER)
    helper.goto("/counter")
    _with_code(helper, code)
    _apply(helper)
    case = re.sub("/received$", "", helper.url)
    _done(helper)
    page.goto(case)
    page.get_by_role("link", name=re.compile("ongedaan maken")).first.click()


def _done(helper: Page) -> None:
    helper.goto("/counter/now")
    _press(helper, "Afsluiten")
    helper.context.close()


def _called(page: Page, phone: str = "010 123 45 67") -> None:
    page.goto("/call-me")
    page.locator("[name=organisation]").select_option("duo")
    page.locator("[name=name]").fill("M. Verzonnen")
    page.locator("[name=phone]").fill(phone)
    page.locator("[name=about]").fill("Mijn beurs")
    _press(page, "Vraag om een telefoontje")


def _call_without_number(page: Page) -> None:
    page.goto("/call-me")
    _press(page, "Vraag om een telefoontje")


def _waiting(page: Page) -> None:
    page.goto("/calls")
    other = _citizen(page, "student")
    _called(other, "06 1234 5678")
    other.context.close()
    page.goto("/calls")


def _taken(page: Page) -> None:
    _waiting(page)
    _press(page, "Ik bel")


def _talked(page: Page) -> None:
    _taken(page)
    page.locator("[name=outcome][value=reached]").first.check()
    _press(page, "Bewaren")


def _talking(page: Page) -> None:
    _taken(page)
    _press(page, "Gesprek beginnen")


def _emergency(page: Page) -> None:
    _chosen(page)
    page.locator("[name=presence][value=emergency]").check()
    page.locator("[name=because]").fill("Zij ligt in het ziekenhuis")
    _press(page, "Beginnen")


def _to_review(page: Page) -> None:
    page.goto("/reviews")
    if page.locator("main table a").count() == 0:
        helper = _worker(page, HELPER)
        _emergency(helper)
        _done(helper)
        page.goto("/reviews")


def _review(page: Page) -> None:
    _to_review(page)
    page.locator("main table a").first.click()


def _stopped(page: Page) -> None:
    page.goto("/talks")
    _press(page, "Toon mijn code")
    code = page.locator("main strong").first.inner_text()
    helper = _worker(page, HELPER)
    helper.goto("/counter")
    _with_code(helper, code)
    helper.context.close()
    page.goto("/talks")
    _press(page, "Stop deze hulp nu")


def _nobody_to_take_over(page: Page) -> None:
    """Send the form to go on with help that is over, as a page that stood open still would."""
    page.goto("/counter")
    page.evaluate(
        """() => {
            const form = document.querySelector("form:has([name=csrfmiddlewaretoken])");
            form.action = "/counter/00000000-0000-0000-0000-000000000000/take-over";
            form.method = "post";
            form.submit();
        }"""
    )
    page.wait_for_url("**/take-over")


STATES = [
    State(route="desk-help", name="empty", who=COLLEAGUE, go="/counter"),
    State(route="desk-help", name="somebody is being helped", go=_as(HELPER, _left)),
    State(route="desk-help", name="half a search", go=_as(HELPER, _half_a_search), status=422),
    State(route="desk-help", name="wrong code", go=_as(COLLEAGUE, _wrong_code), status=404),
    State(route="desk-help", name="for a reader", who="duo_reader", go="/counter", status=403),
    State(route="desk-help-found", name="nobody", go=_as(HELPER, _sought("Niemand"))),
    State(route="desk-help-person", name="found", go=_as(HELPER, _chosen)),
    State(route="desk-help-person", name="nothing chosen", go=_as(HELPER, _nothing_chosen), status=422),
    State(route="desk-help-letter", name="sent", who=HELPER, go="/counter/letter"),
    State(route="desk-help-questions", name="asked", go=_as(HELPER, _asked)),
    State(route="desk-help-now", name="with a case", go=_as(HELPER, _with_a_case)),
    State(route="desk-help-whom", name="not looked up", go=_as(HELPER, _whom)),
    State(route="desk-help-whom", name="looked up", go=_as(HELPER, _looked_up)),
    State(route="desk-help-now", name="for a company", go=_as(HELPER, _for_a_company)),
    State(route="desk-help-now", name="emergency", go=_as(HELPER, _emergency)),
    State(route="desk-help-confer", name="asked", go=_as(HELPER, _conferring)),
    State(route="desk-help-confer", name="without words", go=_as(HELPER, _asks_nothing), status=422),
    State(route="desk-help-end", name="ended", go=_as(HELPER, _ended)),
    State(route="desk-help-resume", name="resumed", go=_as(HELPER, _resumed)),
    State(route="desk-help-take", name="over already", go=_as(HELPER, _nobody_to_take_over), status=404),
    State(route="desk-conferences", name="none", who="svb_handler", go="/conferences"),
    State(route="desk-conferences", name="invited", go=_as(COLLEAGUE, _invited)),
    State(route="desk-conference", name="joined", go=_as(COLLEAGUE, _joined)),
    State(route="desk-calls", name="none", who=HELPER, go="/calls"),
    State(route="desk-calls", name="waiting", go=_as(COLLEAGUE, _waiting)),
    State(route="desk-call-take", name="taken", go=_as(COLLEAGUE, _taken)),
    State(route="desk-called", name="done", go=_as(COLLEAGUE, _talked)),
    State(route="desk-call-talk", name="begins", go=_as(COLLEAGUE, _talking)),
    State(route="desk-reviews", name="waiting", go=_as(REVIEWER, _to_review)),
    State(route="desk-review", name="one", go=_as(REVIEWER, _review)),
    State(route="desk-family", name="empty", who=COLLEAGUE, go="/family"),
    State(route="call-me", name="not logged in", go="/call-me"),
    State(route="call-me", name="without a number", go=_call_without_number, status=422),
    State(route="call-me-received", name="received", go=_called),
    State(route="my-talks", name="empty", who="uncle", go="/talks"),
    State(route="my-talk-stop", name="stopped", who="student", go=_stopped),
    State(route="case-undo", name="asked", who="uncle", go=_undone),
]
