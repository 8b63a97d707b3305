"""States of pages, for the checks in a real browser: who looks, and what they do to get there.

Each room lists its own in `tests/states.py` as `STATES`; an address without a state fails the browser tests.
"""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Page = Any
"""A Playwright page whose addresses are relative to the site; not imported, so that the world needs no browser."""


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """One page in one state.

    `route`: name of the address (as in `urls.py`); `who`: key of a persona, empty for somebody who is not logged in;
    `go`: a path, or what to do with a page to get there; `status`: of the answer (an error page has another).
    """

    route: str
    name: str
    go: str | Callable[[Page], None]
    who: str = ""
    status: int = 200


AT_MOST_SECONDS = 90
"""A slow machine does by itself what it must within this; nothing is measured by it."""


def reload_until(page: Page, is_there: Callable[[], bool]) -> None:
    """Reload a page until it shows what happens by itself; raises `TimeoutError` when it never does."""
    last = time.monotonic() + AT_MOST_SECONDS
    while not is_there():
        if time.monotonic() > last:
            raise TimeoutError(f"still not there: {page.url}")
        page.wait_for_timeout(250)
        page.reload()


def log_in(page: Page, who: str, means: str = "") -> None:
    """Log in through the front door with a test means: a person of the stories, a worker, or a key as `12-1`."""
    page.goto("/login?for=staff" if re.search(r"_(handler|reader|jurist)$", who) else "/login")
    press_means(page, means)
    if "-" in who:
        page.locator("input[name=term]").fill(who)
        page.get_by_role("button", name="Zoeken").click()
    choose(page.locator(f"button[name=person][value='{who}']").first)


def press_means(page: Page, means: str = "") -> None:
    """Press the button of a means on the login page; the first one without a name."""
    named = f"[value^='{means}']" if means else ""  # an empty beginning is the beginning of nothing
    page.locator(f"main form:has(input[name=means]{named}) button[type=submit]").first.click()


def choose(person: Any) -> None:
    """Press the button of a person in the test means, and wait until they are logged in."""
    person.click()
    person.page.wait_for_url(lambda url: "/test-means/" not in url)
