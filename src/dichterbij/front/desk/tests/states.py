"""States of the desk, for the browser: each with the case of an applicant of its own, so that none needs another."""

from collections.abc import Callable
from functools import cache
from urllib.parse import urlsplit

from dichterbij.delivery.cases.tests.states import asks_to_correct, decided_by_itself, press, sent
from dichterbij_world.states import Page, State, log_in, reload_until

from . import states_help, states_objection

PRODUCT, NAME = "bijzondere-bijstand-uitvaart", "Bijzondere bijstand voor een uitvaart"
HANDLER, READER = "rotterdam_handler", "rotterdam_reader"
_apply = sent(PRODUCT, NAME)


def _press(page: Page, name: str) -> None:
    """Press a button that sends a form, and wait for the page that answers."""
    with page.expect_navigation():
        press(page, name)


def _case(page: Page, applicant: str) -> str:
    """Return the address at the desk of the case of an applicant, who applies for it first when there is none."""
    page.goto("/desk")
    address = urlsplit(page.url)
    return _applied(page.context.browser, f"{address.scheme}://{address.netloc}", applicant)


@cache
def _applied(browser: object, site: str, applicant: str) -> str:
    context = browser.new_context(base_url=site, locale="nl-NL")  # type: ignore[attr-defined]
    citizen = context.new_page()
    log_in(citizen, applicant)
    _apply(citizen)
    case = urlsplit(citizen.url).path.rsplit("/", 1)[-1]
    context.close()
    return f"/desk/cases/{case}"


def _opened(applicant: str) -> Callable[[Page], None]:
    """Return what opens the case of an applicant; the reason is given when it is asked."""

    def go(page: Page) -> None:
        page.goto(_case(page, applicant))
        if page.locator("input[name=reason]").count():
            page.locator("input[name=reason]").fill("Ik behandel deze aanvraag")
            _press(page, "Aanvraag openen")

    return go


def _not_opened(page: Page) -> None:
    page.goto(_case(page, "new_father"))


def _without_reason(page: Page) -> None:
    _not_opened(page)
    _press(page, "Aanvraag openen")


def _listed(page: Page) -> None:
    _case(page, "new_mother")
    page.goto("/desk")


def _send(page: Page, act: str) -> None:
    """Send the form of an act that the page no longer offers, as a second tab still would."""
    page.evaluate(
        """act => {
            const form = document.querySelector("form:has([name=csrfmiddlewaretoken])");
            form.action = location.pathname + "/" + act;
            form.method = "post";
            form.submit();
        }""",
        act,
    )
    page.wait_for_url(f"**/{act}")


def _refused(applicant: str, act: str) -> Callable[[Page], None]:
    """Return what sends an act that this worker may not do, or not now."""

    def go(page: Page) -> None:
        _opened(applicant)(page)
        _send(page, act)

    return go


def _question_without_words(page: Page) -> None:
    _opened("new_mother")(page)
    page.get_by_text("De aanvrager iets vragen").click()
    _press(page, "Vraag versturen")


def _moved_nowhere(page: Page) -> None:
    _opened("new_mother")(page)
    page.get_by_text("Naar een andere afdeling").click()
    _press(page, "Overdragen")


def _judge(page: Page) -> None:
    page.locator("input[name=uitvaartkosten_noodzakelijk][value=yes]").check()
    page.locator("[name=uitvaartkosten_noodzakelijk_reason]").fill("De nalatenschap is leeg.")
    page.locator("[name=noodzakelijke_uitvaartkosten]").fill("3100")
    page.locator("[name=noodzakelijke_uitvaartkosten_reason]").fill("Een sobere uitvaart.")


def _asked_again(page: Page) -> None:
    _opened("new_mother")(page)
    _judge(page)
    _press(page, "Vraag wat de wet nu zegt")


def _judged_without_reason(page: Page) -> None:
    _opened("new_mother")(page)
    _judge(page)
    page.locator("[name=noodzakelijke_uitvaartkosten_reason]").fill("")
    _press(page, "Vraag wat de wet nu zegt")


def _nothing_judged(page: Page) -> None:
    _opened("new_mother")(page)
    _press(page, "Besluiten")


def _decided(page: Page) -> None:
    _opened("widow_daughter")(page)
    if page.get_by_role("link", name="Lees de brief").count() == 0:
        _judge(page)
        _press(page, "Besluiten")


def _letter(page: Page) -> None:
    _decided(page)
    page.get_by_role("link", name="Lees de brief").click()


def _noted(page: Page) -> None:
    _opened("new_mother")(page)
    page.get_by_role("link", name="Uit gesprekken met de aanvrager").click()


def _no_letter(page: Page) -> None:
    _opened("new_mother")(page)
    page.goto(f"{page.url}/letter")


def _published(page: Page) -> None:
    _opened("starter")(page)
    if page.get_by_text("Bezwaar kan tot en met").count() == 0:
        _judge(page)
        _press(page, "Besluiten")
        _press(page, "Besluit bekendmaken")


def _correction(page: Page) -> str:
    """Return the address at the desk of a request to correct a datum, which is made when there is none."""
    page.goto("/desk")
    address = urlsplit(page.url)
    return _asked_to_correct(page.context.browser, f"{address.scheme}://{address.netloc}")


@cache
def _asked_to_correct(browser: object, site: str) -> str:
    context = browser.new_context(base_url=site, locale="nl-NL")  # type: ignore[attr-defined]
    citizen = context.new_page()
    log_in(citizen, "homeless")
    asks_to_correct(citizen)
    request = urlsplit(citizen.url).path.rsplit("/", 1)[-1]
    context.close()
    return f"/desk/corrections/{request}"


def _correction_opened(page: Page) -> None:
    page.goto(_correction(page))
    if page.locator("input[name=reason]").count():
        page.locator("input[name=reason]").fill("Ik behandel dit verzoek")
        _press(page, "Verzoek openen")


def _answered_without_words(page: Page) -> None:
    _correction_opened(page)
    _press(page, "Antwoord versturen")


def _second_look(page: Page) -> None:
    """Open a decision that rests on a datum which its source corrected since."""
    page.goto("/desk")
    address = urlsplit(page.url)
    page.goto(_looked_at_again(page.context.browser, f"{address.scheme}://{address.netloc}"))
    if page.locator("input[name=reason]").count():
        page.locator("input[name=reason]").fill("Ik kijk dit besluit na")
        _press(page, "Aanvraag openen")
    asked = page.get_by_role("heading", name="Kijk opnieuw naar dit besluit")
    reload_until(page, lambda: asked.count() > 0)


@cache
def _looked_at_again(browser: object, site: str) -> str:
    """Let somebody get a decision, ask to correct a datum of it, and let who keeps the source correct it."""
    context = browser.new_context(base_url=site, locale="nl-NL")  # type: ignore[attr-defined]
    citizen = context.new_page()
    log_in(citizen, "new_father")
    decided_by_itself(citizen)
    case = urlsplit(citizen.url).path.rsplit("/", 1)[-1]
    citizen.goto("/corrections/new/belastingdienst/toetsingsinkomen")
    citizen.locator("textarea").fill("Ik werk minder sinds januari.")
    _press(citizen, "Verzoek versturen")
    request = urlsplit(citizen.url).path.rsplit("/", 1)[-1]
    context.close()
    _correct(browser, site, request)
    return f"/desk/cases/{case}"


def _correct(browser: object, site: str, request: str) -> None:
    context = browser.new_context(base_url=site, locale="nl-NL")  # type: ignore[attr-defined]
    keeper = context.new_page()
    log_in(keeper, "belastingdienst_handler")
    keeper.goto(f"/desk/corrections/{request}")
    keeper.locator("input[name=reason]").fill("Ik behandel dit verzoek")
    _press(keeper, "Verzoek openen")
    keeper.locator("input[name=outcome][value=yes]").check()
    keeper.locator("textarea[name=text]").fill("Uw inkomen was niet goed verwerkt.")
    _press(keeper, "Antwoord versturen")
    context.close()


def _no_reason_to_stand(page: Page) -> None:
    _second_look(page)
    page.get_by_text("Het besluit laten staan").click()
    _press(page, "Laten staan")


STATES = [
    State(
        route="desk-correction",
        name="a reason is asked",
        who="duo_reader",
        go=lambda page: page.goto(_correction(page)),
    ),
    State(route="desk-correction", name="opened", who="duo_handler", go=_correction_opened),
    State(
        route="desk-correction-answer",
        name="without words",
        who="duo_handler",
        go=_answered_without_words,
        status=422,
    ),
    State(route="desk", name="empty", who="kvk_handler", go="/desk"),
    State(route="desk", name="filled", who=HANDLER, go=_listed),
    State(route="desk-case", name="a reason is asked", who=HANDLER, go=_not_opened),
    State(route="desk-case", name="without a reason", who=HANDLER, go=_without_reason, status=422),
    State(route="desk-case", name="opened", who=HANDLER, go=_opened("new_mother")),
    State(route="desk-case", name="for a reader", who=READER, go=_opened("new_mother")),
    State(
        route="desk-case",
        name="of another organisation",
        who="duo_handler",
        go=lambda page: page.goto(_case(page, "new_mother")),
        status=403,
    ),
    State(
        route="desk-case",
        name="no such case",
        who=HANDLER,
        go="/desk/cases/00000000-0000-0000-0000-000000000000",
        status=404,
    ),
    State(
        route="desk-case-scans",
        name="no such case",
        who=HANDLER,
        go="/desk/cases/00000000-0000-4000-8000-000000000000/scans",
        status=404,
    ),
    State(
        route="desk-case-scan",
        name="no such case",
        who=HANDLER,
        go="/desk/cases/00000000-0000-4000-8000-000000000000/scans/00000000-0000-4000-8000-000000000000",
        status=404,
    ),
    State(route="desk-case", name="published", who=HANDLER, go=_published),
    State(route="desk-take", name="refused to a reader", who=READER, go=_refused("new_mother", "handling"), status=403),
    State(route="desk-move", name="no unit chosen", who=HANDLER, go=_moved_nowhere, status=422),
    State(route="desk-signals", name="none", who="rdw_jurist", go="/rule-signals"),
    State(route="judged", name="for everybody", go="/judged"),
    State(route="desk-cosign", name="not asked", who=HANDLER, go=_refused("new_mother", "second-worker"), status=409),
    State(route="desk-ask", name="without words", who=HANDLER, go=_question_without_words, status=422),
    State(route="desk-assess", name="what the law says now", who=HANDLER, go=_asked_again),
    State(route="desk-assess", name="judged without a reason", who=HANDLER, go=_judged_without_reason, status=422),
    State(route="desk-decide", name="a judgement is missing", who=HANDLER, go=_nothing_judged, status=409),
    State(route="desk-notes", name="none", who=HANDLER, go=_noted),
    State(route="desk-letter", name="before it is sent", who=HANDLER, go=_letter),
    State(route="desk-letter", name="not decided yet", who=HANDLER, go=_no_letter, status=409),
    State(route="desk-publish", name="too early", who=HANDLER, go=_refused("new_mother", "publication"), status=409),
    State(route="desk-case", name="a decision to look at again", who="toeslagen_handler", go=_second_look),
    State(
        route="desk-second-look", name="without a reason", who="toeslagen_handler", go=_no_reason_to_stand, status=422
    ),
    *states_help.STATES,
    *states_objection.STATES,
]
