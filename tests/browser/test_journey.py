"""The journey of the house, in a real browser: with and without JavaScript, and by keyboard alone."""

import re

import pytest
from playwright.sync_api import Page

from . import story
from .site import NARROW, Site

pytestmark = pytest.mark.browser


def test_the_student_gets_her_decision_in_box_and_letter(site: Site, story: str) -> None:
    with site.visit("student") as page:
        page.goto("/messages")
        page.get_by_role("link", name=re.compile("U krijgt een aanvullende beurs")).first.click()
        assert "€\u00a0466,40" in page.inner_text("main")
        assert "27 juli 2026" in page.inner_text("main")
        with page.expect_download() as download:
            page.get_by_role("link", name=re.compile("PDF", re.IGNORECASE)).first.click()
        assert download.value.path().read_bytes().startswith(b"%PDF-")


def test_she_reads_who_looked_and_why(site: Site, story: str) -> None:
    with site.visit("student") as page:
        page.goto("/who-looked")
        text = page.inner_text("main")
        assert "Aanvraag behandelen" not in text  # the reason stands one click deeper
        for sentence in ("U liet uitzoeken wat u kunt", "besliste over uw aanvraag", "stelde u een vraag"):
            assert sentence in text
        page.get_by_role("link", name=re.compile("Bekijk elke regel.*Een medewerker")).first.click()
        assert "Aanvraag behandelen" in page.inner_text("main")


@pytest.mark.parametrize("language", ["", "/en", "/pap"])
def test_the_public_list_prints_on_two_sheets_in_every_language(site: Site, language: str) -> None:
    with site.visit() as page:
        page.goto(f"{language}/life-events/death")
        assert page.pdf(format="A4").count(b"/Type /Page\n") == 2


def test_the_public_list_fits_a_small_screen_with_text_twice_as_large(site: Site) -> None:
    with site.visit(width=NARROW) as page:
        page.goto("/life-events/death")
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]


def test_the_whole_journey_works_without_javascript(browser_site_without_history: Site) -> None:
    assert story.whole(browser_site_without_history, javascript=False)


@pytest.mark.journey
def test_the_plan_is_walked_by_keyboard(site: Site, story: str) -> None:
    with site.visit("student") as page:
        page.goto("/plan")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className").startswith("nl-skip-link")
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "main"
        _tab_to(page, re.compile("Uw plan na het overlijden"))
        page.keyboard.press("Enter")
        page.get_by_role("heading", level=1, name=re.compile("Uw plan na het overlijden")).wait_for()
        _tab_to(page, re.compile("Aanvullende beurs"))
        page.keyboard.press("Enter")
        page.get_by_role("heading", level=1, name=re.compile("Aanvullende beurs")).wait_for()


def _tab_to(page: Page, name: re.Pattern[str]) -> None:
    for _ in range(80):
        page.keyboard.press("Tab")
        text = page.evaluate("document.activeElement.innerText || ''").replace("\u00ad", "")
        if name.search(text):
            outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            assert outline != "none", f"no visible focus on {text}"
            return
    raise AssertionError(f"never reached {name.pattern}")
