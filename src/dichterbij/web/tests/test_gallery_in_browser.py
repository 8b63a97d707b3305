"""The gallery in a real browser: every component, on a desk and on a phone."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

import dichterbij
from dichterbij.web.tests import browser as checks

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not checks.CHROMIUM.exists(), reason="Chromium is not installed"),
]
PAGES = ("components", "form", "form-errors", "letter", "checklist", "plan", "problem", "nowhere")
SOURCE = Path(dichterbij.__file__).parent.parent


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "dichterbij.web.tests.gallery.settings",
        "PYTHONPATH": str(SOURCE),
    }
    command = [sys.executable, "-m", "django", "runserver", "--insecure", "--noreload", f"127.0.0.1:{port}"]
    server = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _wait_for(port, server)
    yield f"http://127.0.0.1:{port}"
    server.terminate()
    server.wait()


def _wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    for _ in range(600):
        assert server.poll() is None, "the server stopped"
        with socket.socket() as attempt:
            if attempt.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise TimeoutError(port)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with checks.chromium() as started:
        yield started


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(viewport=checks.PHONE)
    yield page
    page.close()


@pytest.fixture
def desk(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(viewport=checks.DESKTOP)
    yield page
    page.close()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_breaks_no_rule_of_axe_on_a_desk(desk, address, name):
    desk.goto(f"{address}/gallery/{name}")
    assert checks.violations(desk) == []


@pytest.mark.parametrize("name", PAGES)
def test_a_page_on_a_phone_breaks_no_rule_and_scrolls_one_way(phone, address, name):
    phone.goto(f"{address}/gallery/{name}")
    assert checks.violations(phone) == []
    assert phone.evaluate("document.documentElement.scrollWidth") == 320
    assert checks.sideways(phone) == []
    assert checks.small_targets(phone) == []


@pytest.mark.parametrize("language", ["en", "pap"])
def test_a_page_in_another_language_breaks_no_rule(desk, address, language):
    desk.goto(f"{address}/{language}/gallery/form-errors")
    assert checks.violations(desk) == []


@pytest.mark.parametrize(
    "theme", ["rotterdam", "deventer", "duo", "dienst-toeslagen", "svb", "belastingdienst", "kvk", "rdw"]
)
def test_the_colours_of_an_organisation_can_be_read(desk, address, theme):
    desk.goto(f"{address}/gallery/themes/{theme}")
    assert f"themes/{theme}/theme.css" in desk.content()
    assert [line for line in checks.violations(desk) if "contrast" in line] == []


@pytest.mark.parametrize("name", ["components", "form-errors", "plan"])
def test_text_of_twice_the_size_is_not_cut_off(desk, address, name):
    desk.goto(f"{address}/gallery/{name}")
    desk.evaluate("document.documentElement.style.fontSize = '200%'")
    assert checks.sideways(desk) == []
    assert checks.clipped(desk) == []


@pytest.mark.parametrize("name", ["components", "form-errors", "plan"])
def test_wider_spacing_of_text_loses_nothing(phone, address, name):
    phone.goto(f"{address}/gallery/{name}")
    phone.evaluate(
        """() => document.querySelectorAll("*").forEach(element => Object.assign(element.style, {
            lineHeight: "1.5", letterSpacing: "0.12em", wordSpacing: "0.16em" }))"""
    )
    assert checks.sideways(phone) == []
    assert checks.clipped(phone) == []


def test_the_first_stop_of_the_keyboard_leads_past_the_menu(desk, address):
    desk.goto(f"{address}/gallery/plan")
    skip = desk.locator(".nl-skip-link")
    assert skip.bounding_box()["y"] < 0
    desk.keyboard.press("Tab")
    assert skip.bounding_box()["y"] >= 0
    desk.keyboard.press("Enter")
    assert desk.evaluate("document.activeElement.id") == "main"


@pytest.mark.parametrize("name", ["components", "form", "letter", "plan"])
def test_every_stop_of_the_keyboard_shows_and_is_not_covered(desk, address, name):
    desk.goto(f"{address}/gallery/{name}")
    stops = checks.focus_walk(desk)
    assert len(stops) > 10
    assert [stop for stop in stops if not stop["shown"]] == []
    assert [stop for stop in stops if stop["covered"]] == []


def test_after_a_failed_form_the_focus_is_on_the_summary_and_a_link_reaches_the_field(browser, address):
    page = browser.new_context(java_script_enabled=True).new_page()
    page.goto(f"{address}/gallery/form-errors")
    assert page.evaluate("document.activeElement.className") == "dichterbij-problems"
    page.get_by_role("link", name="Wilt u in uw woning blijven wonen?").click()
    assert page.evaluate("document.activeElement.id") == "id_stays_0"


def test_one_typeface_is_used_for_everything(desk, address):
    for name in ("components", "form-errors", "letter"):
        desk.goto(f"{address}/gallery/{name}")
        assert checks.fonts(desk) == {"Source Sans 3"}


def test_the_typeface_comes_from_ourselves_and_the_page_does_not_jump(desk, address):
    asked: list[str] = []
    desk.on("request", lambda request: asked.append(request.url))
    desk.add_init_script(
        """window.jumps = 0;
        const count = list => list.getEntries().forEach(entry => window.jumps += entry.value);
        new PerformanceObserver(count).observe({type: "layout-shift", buffered: true})"""
    )
    desk.goto(f"{address}/gallery/components")
    desk.wait_for_function("document.fonts.status === 'loaded'")
    assert all(url.startswith(address) for url in asked)
    assert any(url.endswith("source-sans-3-latin.woff2") for url in asked)
    assert desk.evaluate("window.jumps") < 0.1


def test_nothing_moves_for_who_asks_for_rest(browser, address):
    page = browser.new_context(reduced_motion="reduce").new_page()
    page.goto(f"{address}/gallery/components")
    moving = page.evaluate(
        "[...document.querySelectorAll('*')].filter(e => getComputedStyle(e).transitionDuration !== '0s').length"
    )
    assert moving == 0


def test_forced_colours_keep_borders_and_words(browser, address):
    page = browser.new_context(forced_colors="active").new_page()
    page.goto(f"{address}/gallery/components")
    for selector in (".nl-button--primary", ".nl-data-badge", ".utrecht-alert"):
        width = page.locator(selector).first.evaluate("element => parseFloat(getComputedStyle(element).borderTopWidth)")
        assert width >= 1, selector


def test_the_public_checklist_prints_on_two_pages(browser, address):
    page = browser.new_page()
    page.goto(f"{address}/gallery/checklist")
    assert page.pdf(prefer_css_page_size=True).count(b"/Type /Page\n") == 2
    page.emulate_media(media="print")
    assert not page.locator("nav").first.is_visible()
    assert not page.get_by_role("link", name="Maak er uw eigen lijst van").is_visible()


def test_without_script_the_form_is_complete(browser, address):
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{address}/gallery/form")
    assert page.get_by_label("Rekeningnummer (IBAN)").is_visible()
    assert page.get_by_role("group", name="Wilt u in uw woning blijven wonen?").is_visible()
    assert not page.locator("dialog").is_visible()


def test_names_of_controls_and_landmarks_are_in_the_accessibility_tree(desk, address):
    desk.goto(f"{address}/gallery/form-errors")
    tree = desk.locator("body").aria_snapshot()
    assert tree.count("- banner") == tree.count("- main") == tree.count("- contentinfo") == 1
    assert 'navigation "Hoofdmenu"' in tree
    assert 'navigation "Taal"' in tree
    assert 'textbox "Rekeningnummer (IBAN)"' in tree
    assert 'group "Wanneer bent u verhuisd?"' in tree
    assert 'heading "De laatste vragen" [level=1]' in tree


def test_the_dialog_warns_before_the_session_ends_and_escape_closes_it(desk, address):
    desk.clock.install()
    desk.goto(f"{address}/gallery/form")
    desk.clock.run_for(12 * 60 * 1000)
    assert not desk.locator("dialog").is_visible()
    desk.clock.run_for(2 * 60 * 1000)
    assert desk.get_by_role("dialog", name="Bent u er nog?").is_visible()
    assert checks.violations(desk) == []
    desk.keyboard.press("Escape")
    assert not desk.locator("dialog").is_visible()


def posts_after_two_clicks(page: Page, address: str) -> int:
    """Return how many times a form is sent by two clicks, half a second apart, while the server thinks."""
    page.goto(f"{address}/gallery/form")
    page.evaluate(
        """() => {
            window.sent = 0;
            const form = document.querySelector("main form");
            window.addEventListener("submit", event => { if (!event.defaultPrevented) window.sent += 1;
                                                         event.preventDefault(); });
            const button = form.querySelector("button");
            button.click();
            button.click();
        }"""
    )
    return page.evaluate("window.sent")


def test_a_second_click_does_not_send_a_form_twice(desk, browser, address):
    assert posts_after_two_clicks(desk, address) == 1
    without_script = browser.new_context().new_page()
    without_script.route("**/dichterbij.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
    assert posts_after_two_clicks(without_script, address) == 2
