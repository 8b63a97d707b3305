"""Every page in every state, wide and narrow: no accessibility violation, no sideways scrolling, sound structure."""

import json
from collections import Counter
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import LocalePrefixPattern
from playwright.sync_api import Page

from dichterbij.kernel import clock
from dichterbij_world.states import State
from tests.states import all_states

from .site import NARROW, WIDE, Site

pytestmark = pytest.mark.browser
AXE = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
RESULTS = Path(__file__).resolve().parents[2] / "test-results"


STATES = all_states()


def _page_names(resolver: URLResolver, *, is_page: bool = False) -> set[str]:
    """Return the names of the addresses that stand under a language; what machines ask stands outside."""
    names: set[str] = set()
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            names |= _page_names(entry, is_page=is_page or isinstance(entry.pattern, LocalePrefixPattern))
        elif is_page and isinstance(entry, URLPattern) and entry.name:
            names.add(entry.name)
    return names


def test_every_page_has_a_state() -> None:
    pages = _page_names(get_resolver())
    assert {"login", "plan", "case"} <= pages
    without = pages - {state.route for state in STATES}
    assert not without, f"no state in tests/states.py for: {sorted(without)}"


@pytest.fixture(scope="session")
def evidence() -> dict[str, object]:
    """Collect what was found; stored when all states ran, for the accessibility statement."""
    found: dict[str, object] = {"pages": set(), "states": 0, "findings": []}
    yield found
    if found["states"] != len(STATES):
        return  # a part of the checks proves nothing about the whole
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "accessibility.json").write_text(
        json.dumps(
            {
                "on": clock.today().isoformat(),
                "pages": len(found["pages"]),
                "states": found["states"],
                "widths": [WIDE["width"], NARROW["width"]],
                "findings": found["findings"],
                "not_tested": ["Schermlezers zijn niet door mensen getest."],
            },
            indent=1,
        )
        + "\n",
        encoding="utf-8",
    )


@pytest.mark.parametrize("state", STATES, ids=[f"{state.route}: {state.name}" for state in STATES])
def test_a_state_is_accessible_wide_and_narrow(state: State, site: Site, story: str, evidence: dict) -> None:
    with site.visit(state.who) as page:
        statuses: list[int] = []
        page.on("response", lambda answer: statuses.append(answer.status) if _is_document(answer) else None)
        if isinstance(state.go, str):
            page.goto(state.go)
        else:
            state.go(page)
        page.wait_for_load_state("networkidle")  # a click may still be on its way to the next page
        evidence["pages"].add(state.route)
        evidence["states"] += 1
        problems = [f"answered {statuses[-1]}"] if statuses and statuses[-1] != state.status else []
        problems += _structure(page)  # before the tools touch the page
        for width in (WIDE, NARROW):
            page.set_viewport_size(width)
            _picture(page, state, width["width"])
            problems += _problems(page, width["width"]) + _way_out(page, width["width"])
        evidence["findings"] += problems
        assert not problems, "\n".join(problems)


def _is_document(answer: object) -> bool:
    return answer.request.resource_type == "document"  # type: ignore[attr-defined]


def _problems(page: Page, width: int) -> list[str]:
    found = [f"{width} px: {line}" for line in _axe(page)]
    overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    if overflow > 0:
        found.append(f"{width} px: scrolls sideways by {overflow} px")
    return found


def _way_out(page: Page, width: int) -> list[str]:
    """Say where somebody who is logged in sees no button to log out, without opening a menu."""
    is_logged_in = page.context.request.get("/session").json()["seconds"] > 0
    in_sight = page.locator(".dichterbij-account button").first.is_visible()
    return [f"{width} px: nowhere to log out"] if is_logged_in and not in_sight else []


def _axe(page: Page) -> list[str]:
    result = Axe().run(page, options=AXE)
    return [
        f"{violation['id']}: {violation['help']} ({violation['nodes'][0]['html'][:120]})"
        for violation in result.response["violations"]
    ]


def _structure(page: Page) -> list[str]:
    counts = page.evaluate(
        "() => ['h1', 'main', '[style]', 'body > header, [role=banner]'].map(q => document.querySelectorAll(q).length)"
    )
    found = [f"{count} of h1" for count in counts[:1] if count != 1] + [f"{c} of main" for c in counts[1:2] if c != 1]
    found += ["a style attribute"] if counts[2] else []
    ids = Counter(page.evaluate("() => [...document.querySelectorAll('[id]')].map(e => e.id)"))
    return found + [f"id {name} occurs {count} times" for name, count in ids.items() if count > 1]


def _picture(page: Page, state: State, width: int) -> None:
    folder = RESULTS / "pages"
    folder.mkdir(parents=True, exist_ok=True)
    name = "".join(sign if sign.isalnum() else "-" for sign in f"{state.route}-{state.name}")
    page.screenshot(path=folder / f"{name}-{width}.png", full_page=True)
