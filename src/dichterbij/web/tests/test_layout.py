import re

import pytest
from django.test import Client, RequestFactory

from dichterbij.web import context, slots
from dichterbij.web.slots import SlotItem


def page(path: str) -> str:
    return Client().get(path).content.decode()


@pytest.mark.parametrize("name", ["components", "form", "letter", "plan", "checklist", "form-errors"])
def test_a_page_has_one_first_heading_that_stands_in_its_title(name):
    text = page(f"/gallery/{name}")
    (heading,) = re.findall(r"<h1[^>]*>(.*?)</h1>", text)
    title = re.search(r"<title>(.*?)</title>", text)[1]
    assert heading.replace("\u00ad", "") in title
    assert title.endswith(" - Dichterbij - Gemeente Voorbeeldstad")


def test_a_form_with_errors_says_so_first_in_its_title_and_on_the_page():
    text = page("/gallery/form-errors")
    assert "<title>Fout: De laatste vragen" in text
    assert text.index("dichterbij-problems") < text.index("<h1")
    assert re.search(r'class="dichterbij-problems"[^>]*autofocus', text)


def test_the_same_page_is_offered_in_each_language():
    text = page("/gallery/plan?step=2")
    assert 'href="/en/gallery/plan?step=2" lang="en"' in text
    assert 'href="/pap/gallery/plan?step=2" lang="pap"' in text
    assert 'href="/gallery/plan?step=2"' in page("/pap/gallery/plan?step=2")


def test_a_page_that_is_nowhere_offers_the_start_in_each_language():
    assert 'href="/pap/"' in page("/nowhere")


def test_the_page_is_in_the_language_of_its_address():
    assert '<html lang="pap">' in page("/pap/gallery/plan")


def test_a_language_that_nobody_checked_says_that_dutch_decides():
    assert 'id="draft"' not in page("/gallery/plan")
    assert 'id="draft"' in page("/pap/gallery/plan")


def test_the_banner_of_the_demonstration_names_its_day(settings):
    assert "15 juni 2026" in page("/gallery/plan")
    settings.DEMONSTRATION = False
    assert "Demonstratie" not in page("/gallery/plan")


def test_who_is_logged_in_sees_until_when_and_can_log_out():
    text = page("/gallery/plan")
    assert re.search(r"ingelogd tot \d\d:\d\d uur", text)
    assert re.search(r'<form method="post" action="/gallery/sign-out">', text)
    assert re.search(r'data-session-seconds="(89\d|900)"', text)


def test_a_public_page_needs_no_script_and_may_be_found():
    text = page("/gallery/checklist")
    assert "<script" not in text
    assert "noindex" not in text


def test_help_stands_in_the_same_place_on_every_page():
    feet = {re.search(r"<footer.*</footer>", page(f"/gallery/{name}"), re.S)[0] for name in ("plan", "form", "letter")}
    assert len(feet) == 1


def test_a_slot_is_shown_in_order_and_once():
    provider = lambda request: [SlotItem(label="B", url="/b", order=20), SlotItem(label="A", url="/a", order=10)]  # noqa: E731
    slots.register("footer", provider)
    slots.register("footer", provider)
    assert [item.label for item in slots.items("footer", RequestFactory().get("/"))] == ["A", "B"]


def test_a_slot_that_is_not_there_is_an_error_when_it_is_filled():
    with pytest.raises(ValueError, match="navigation"):
        slots.register("sidebar", lambda request: [])


@pytest.mark.parametrize(
    ("url", "path", "current"),
    [
        ("/box", "/box", "page"),
        ("/box", "/box/3", "true"),
        ("/", "/box", ""),
        ("/pap/", "/pap/box", ""),
        ("/box", "/boxes", ""),
    ],
)
def test_the_navigation_shows_where_you_are(url, path, current):
    slots.register("navigation", lambda request: [SlotItem(label="x", url=url)])
    assert context.navigation(RequestFactory().get(path))[0].current == current
