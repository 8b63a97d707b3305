"""States of forms on paper and of the post, for the browser."""

import io
from collections.abc import Callable
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import pikepdf

from dichterbij.delivery.cases.tests.states import begun, press
from dichterbij.delivery.messages.tests.reading import everything_on
from dichterbij_world.states import Page, State, log_in

from .reading_codes import CODE

PRODUCT, HANDLER, APPLICANT = "zorgtoeslag", "toeslagen_handler", "student_father"
NOWHERE = "00000000-0000-4000-8000-000000000000"
BUTTON = "Liever op papier? Download het ingevulde formulier (PDF)"


def _codes(content: bytes) -> list[str]:
    with pikepdf.open(io.BytesIO(content)) as file:
        found = [CODE.search(everything_on(sheet)) for sheet in file.pages]
    return [each.group(0) for each in found if each]


def _blank(page: Page) -> None:
    page.goto(f"/apply/{PRODUCT}")
    with page.expect_download() as file:
        page.locator(f"main a[href$='/apply/{PRODUCT}/paper']").click()
    assert file.value.suggested_filename == f"aanvraag-{PRODUCT}.pdf"


def _prefilled(page: Page) -> list[str]:
    begun(PRODUCT)(page)
    with page.expect_download() as file:
        page.get_by_role("button", name=BUTTON, exact=True).click()
    return _codes(Path(file.value.path()).read_bytes())


def _downloads(page: Page) -> None:
    assert _prefilled(page)


@cache
def _codes_of(browser: object, site: str, applicant: str) -> tuple[str, ...]:
    """Return the codes of a form that was made for somebody, by a browser of their own."""
    context = browser.new_context(base_url=site, locale="nl-NL")  # type: ignore[attr-defined]
    citizen = context.new_page()
    log_in(citizen, applicant)
    codes = tuple(_prefilled(citizen))
    context.close()
    return codes


def _send(page: Page, name: str) -> None:
    with page.expect_navigation():
        press(page, name)


def _take_in(page: Page, codes: tuple[str, ...] | list[str]) -> None:
    page.goto("/post")
    page.locator("textarea[name=codes]").fill("\n".join(codes))
    _send(page, "Formulier openen")


def _for_one(page: Page) -> None:
    page.goto("/post")
    address = urlsplit(page.url)
    _take_in(page, _codes_of(page.context.browser, f"{address.scheme}://{address.netloc}", APPLICANT))


def _nobodys(page: Page) -> None:
    answer = page.request.get(f"/apply/{PRODUCT}/paper")
    _take_in(page, _codes(answer.body()))


def _page_missing(page: Page) -> None:
    page.goto("/post")
    address = urlsplit(page.url)
    codes = _codes_of(page.context.browser, f"{address.scheme}://{address.netloc}", "new_mother")
    _take_in(page, codes[:1])


def _then(go: Callable[[Page], None], button: str) -> Callable[[Page], None]:
    """Return what goes somewhere and presses a button without filling anything in."""

    def act(page: Page) -> None:
        go(page)
        _send(page, button)

    return act


def _wrong_code(page: Page) -> None:
    _take_in(page, ["ABCD"])


def _wrong_reference(page: Page) -> None:
    page.goto("/post")
    page.locator("input[name=reference]").fill("2026-22222222")
    _send(page, "Bezwaar openen")


def _wrong_person(page: Page) -> None:
    _nobodys(page)
    page.locator("input[name=bsn]").fill("123")
    _send(page, "Zoeken")


def _with_a_colleague(page: Page) -> None:
    _nobodys(page)
    page.get_by_label("Het is niet te lezen").check()
    page.get_by_label("Aan een collega geven").check()
    _send(page, "Doen")


STATES = [
    State(route="paper-blank", name="taken without a login", go=_blank),
    State(route="paper-prefilled", name="filled in", go=_downloads, who=APPLICANT),
    State(route="case-scans", name="not there", go=f"/applications/{NOWHERE}/scans", who=APPLICANT, status=404),
    State(
        route="case-scan", name="not there", go=f"/applications/{NOWHERE}/scans/{NOWHERE}", who=APPLICANT, status=404
    ),
    State(route="post", name="what waits", go="/post", who=HANDLER),
    State(route="post", name="a wrong code", go=_wrong_code, who=HANDLER, status=422),
    State(route="post-objection", name="a wrong reference", go=_wrong_reference, who=HANDLER, status=422),
    State(route="post-piece", name="of nobody knows whom", go=_nobodys, who=HANDLER),
    State(route="post-piece", name="made for one person", go=_for_one, who=HANDLER),
    State(route="post-piece", name="a page is missing", go=_page_missing, who=HANDLER),
    State(route="post-person", name="a wrong number", go=_wrong_person, who=HANDLER, status=422),
    State(route="post-pages", name="no codes", go=_then(_page_missing, "Toevoegen"), who=HANDLER, status=422),
    State(route="post-scan", name="no file", go=_then(_for_one, "Scan bewaren"), who=HANDLER, status=422),
    State(route="post-trouble", name="nothing chosen", go=_then(_for_one, "Doen"), who=HANDLER, status=422),
    State(route="post-trouble", name="with a colleague", go=_with_a_colleague, who=HANDLER),
    State(route="post-application", name="not there", go=f"/post/{NOWHERE}/application", who=HANDLER, status=404),
    State(route="post-objection-text", name="not there", go=f"/post/{NOWHERE}/objection", who=HANDLER, status=404),
    State(route="post-returned", name="nothing came back", go="/post/returned", who=HANDLER),
    State(
        route="post-returned",
        name="nothing filled in",
        go=_then(lambda page: page.goto("/post/returned"), "Opschrijven"),
        who=HANDLER,
        status=422,
    ),
    State(
        route="post-returned-address", name="only by its button", go=f"/post/returned/{NOWHERE}/address", who=HANDLER
    ),
    State(
        route="post-returned-reached", name="only by its button", go=f"/post/returned/{NOWHERE}/reached", who=HANDLER
    ),
]
