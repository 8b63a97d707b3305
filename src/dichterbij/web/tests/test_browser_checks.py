"""The checks themselves: each one sees the defect it is for."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from dichterbij.web.tests import browser as checks

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not checks.CHROMIUM.exists(), reason="Chromium is not installed"),
]
HEAD = '<!doctype html><html lang="nl"><title>x</title><body><main><h1>x</h1>'


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    with checks.chromium() as browser:
        yield browser.new_page(viewport=checks.PHONE)


def test_axe_sees_a_field_without_a_label(page):
    page.set_content(f'{HEAD}<input name="x">')
    assert any(line.startswith("label:") for line in checks.violations(page))


def test_a_word_that_sticks_out_is_seen(page):
    page.set_content(f"{HEAD}<p style='width:900px'>breed</p>")
    assert len(checks.sideways(page)) == 1


def test_text_that_is_cut_off_is_seen(page):
    page.set_content(f"{HEAD}<p style='width:40px;overflow:hidden;white-space:nowrap'>afgesneden tekst</p>")
    assert len(checks.clipped(page)) == 1


def test_a_target_that_is_too_small_is_seen(page):
    page.set_content(f"{HEAD}<button style='height:12px;padding:0'>x</button>")
    assert len(checks.small_targets(page)) == 1


def test_focus_that_does_not_show_or_is_covered_is_seen(page):
    page.set_content(
        f"{HEAD}<a href='#a' style='outline:0'>zonder rand</a><br><button>gewoon</button><br>"
        "<div style='position:relative'><a href='#b'>bedekt</a><div style='position:absolute;inset:0'>x</div></div>"
    )
    stops = {stop["text"]: stop for stop in checks.focus_walk(page)}
    assert stops["zonder rand"]["shown"] is False
    assert stops["bedekt"]["covered"] is True
    assert stops["gewoon"]["covered"] is False


def test_a_second_typeface_is_seen(page):
    page.set_content(f"{HEAD}<p style='font-family:Courier'>x</p>")
    assert "Courier" in checks.fonts(page)
