"""States of the pages to apply and of a case, for the browser."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

from dichterbij_world.states import Page, State, log_in, reload_until

WHO = "widower"
WRONG = "/corrections/new/duo/onderwijssoort"
QUESTION = "Welke opleiding volgt u?"


def press(page: Page, name: str) -> None:
    """Press a button by its words, and wait for the page that answers."""
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).click()


def begun(product: str) -> Callable[[Page], None]:
    """Return what brings a page to the draft of a product that these states never send."""

    def go(page: Page) -> None:
        page.goto(f"/apply/{product}")
        press(page, "Aanvraag beginnen")

    return go


def _with_a_correction(page: Page) -> None:
    _correcting(page)
    page.locator("textarea").fill("Dit is niet meer zo sinds vorige maand.")
    press(page, "Bewaren")


def _correcting(page: Page) -> None:
    begun("nabestaandenuitkering")(page)
    page.locator("main a[href*='/correct/']").first.click()


def _left_open(page: Page) -> None:
    begun("voertuig-na-overlijden")(page)
    press(page, "Verder")


def _reviewing(page: Page) -> None:
    begun("nabestaandenuitkering")(page)
    _through(page)


def _through(page: Page) -> None:
    """Answer every question with the first answer, as long as there are any."""
    while "/draft/" in page.url and not page.url.endswith("/review"):
        for group in page.locator("main form fieldset").all():
            if group.locator("input[type=radio]").count():
                group.locator("input[type=radio]").first.check()
        press(page, "Verder")


def sent(product: str, name: str) -> Callable[[Page], None]:
    """Return what brings a page to the case of a product; it is applied for when only a draft is there, or nothing."""

    def go(page: Page) -> None:
        page.goto("/applications")
        known = page.locator("main a:not([href*='/draft/'])", has_text=name)
        if known.count():
            known.first.click()
            return
        begun(product)(page)
        _through(page)
        press(page, "Aanvraag versturen")
        page.get_by_role("link", name="Bekijk uw aanvraag").click()

    return go


def _thrown_away(page: Page) -> None:
    begun("voertuig-na-overlijden")(page)
    press(page, "Niet doorgaan en weggooien")


def _received(page: Page) -> None:
    _grant(page)
    page.goto(f"{page.url}/received")


def _withdrawing(page: Page) -> None:
    _grant(page)
    page.goto(f"{page.url}/withdraw")


def _asked(page: Page) -> None:
    """Let a worker ask something about the case, once, and look at it as the person."""
    _grant(page)
    page.wait_for_load_state("networkidle")
    if page.get_by_role("link", name="Antwoord geven").count() == 0:
        _worker_asks(page)
        page.reload()


def _worker_asks(page: Page) -> None:
    address = urlsplit(page.url)
    context = page.context.browser.new_context(base_url=f"{address.scheme}://{address.netloc}", locale="nl-NL")
    desk = context.new_page()
    log_in(desk, "duo_handler")
    desk.goto(f"/desk/cases/{address.path.rsplit('/', 1)[-1]}/question")
    _fill_the_desk(desk)
    context.close()


def _fill_the_desk(desk: Page) -> None:
    """Give a reason when the desk asks for one, then ask the question."""
    if desk.locator("input[name=reason]").count():
        desk.locator("input[name=reason]").fill("Aanvraag behandelen")
        press(desk, "Aanvraag openen")
    if not desk.locator("textarea[name=text]").is_visible():
        desk.locator("details:has(textarea[name=text]) summary").click()
    desk.locator("textarea[name=text]").fill(QUESTION)
    press(desk, "Vraag versturen")


def _answering(page: Page) -> None:
    _asked(page)
    page.get_by_role("link", name="Antwoord geven").click()


def _without_words(page: Page) -> None:
    _answering(page)
    press(page, "Antwoord sturen")


def asks_to_correct(page: Page) -> None:
    """Say that one's study is not right; the request that runs is shown when there is one."""
    page.goto(WRONG)
    page.locator("textarea").fill("Ik doe sinds september een andere opleiding.")
    with page.expect_navigation():
        press(page, "Verzoek versturen")


def _takes_back(page: Page) -> None:
    asks_to_correct(page)
    page.get_by_role("link", name="Dit verzoek intrekken").click()


def _asks_without_words(page: Page) -> None:
    page.goto(WRONG)
    with page.expect_navigation():
        press(page, "Verzoek versturen")


_grant = sent("aanvullende-beurs", "Aanvullende beurs")
decided = sent("zorgtoeslag", "Zorgtoeslag")


def decided_by_itself(page: Page) -> None:
    """Wait for the automatic decision."""
    decided(page)
    letter = page.get_by_role("link", name=re.compile("Lees de brief"))
    reload_until(page, lambda: letter.count() > 0)


def _objecting(page: Page) -> None:
    decided_by_itself(page)
    page.goto(f"{page.url}/objection")


def _objecting_without_words(page: Page) -> None:
    _objecting(page)
    with page.expect_navigation():
        press(page, "Bezwaar versturen")


def objected(page: Page) -> None:
    """Object to the decision that came by itself, once."""
    _objecting(page)
    if page.locator("textarea[name=text]").count():
        page.locator("textarea[name=text]").fill("Mijn inkomen is lager dan u denkt.")
        press(page, "Bezwaar versturen")


STATES = [
    State(route="apply", name="nobody is logged in", go="/apply/aanvullende-beurs"),
    State(route="apply", name="a product with an amount", go="/apply/zorgtoeslag", who=WHO),
    State(route="apply", name="no such product", go="/apply/bestaat-niet", status=404),
    State(route="application", name="filled in", go=begun("nabestaandenuitkering"), who=WHO),
    State(route="application", name="with questions", go=begun("bijzondere-bijstand-uitvaart"), who=WHO),
    State(route="application", name="a question left open", go=_left_open, who=WHO),
    State(route="application", name="with a correction", go=_with_a_correction, who=WHO),
    State(route="application-discard", name="thrown away", go=_thrown_away, who=WHO),
    State(route="application-correct", name="empty", go=_correcting, who=WHO),
    State(route="correction-ask", name="empty", go=WRONG, who=WHO),
    State(route="correction-ask", name="without words", go=_asks_without_words, who=WHO, status=422),
    State(route="correction-ask", name="kept by nobody here", go="/corrections/new/huur/kale_huur", who=WHO),
    State(route="correction-ask", name="no such datum", go="/corrections/new/brp/niets", who=WHO, status=404),
    State(route="correction", name="just sent", go=asks_to_correct, who=WHO),
    State(route="correction-take-back", name="asked", go=_takes_back, who=WHO),
    State(route="application-review", name="ready to send", go=_reviewing, who=WHO),
    State(route="case-received", name="just sent", go=_received, who=WHO),
    State(route="case", name="decided by itself", go=decided_by_itself, who=WHO),
    State(route="case-objection", name="empty", go=_objecting, who="student"),
    State(route="case-objection", name="without words", go=_objecting_without_words, who="student", status=422),
    State(
        route="case-late",
        name="no such case",
        go="/applications/00000000-0000-0000-0000-000000000000/late",
        who=WHO,
        status=404,
    ),
    State(route="case", name="with an objection", go=objected, who=WHO),
    State(route="case-withdraw", name="asked whether to stop", go=_withdrawing, who=WHO),
    State(route="case", name="with a question", go=_asked, who=WHO),
    State(route="case-answer", name="empty", go=_answering, who=WHO),
    State(route="case-answer", name="sent without words", go=_without_words, who=WHO),
]
