"""A slow connection: 256 kbit/s with 600 ms to every answer. The journey stays usable, and a second page is quick."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Page

from .site import Site

pytestmark = pytest.mark.browser
BITS_PER_SECOND, LATENCY_MS = 256_000, 600
FIRST_TEXT_MS, NEXT_TEXT_MS = 4_000, 2_000
"""When a page can be read: the first of a visit with its style sheet, and a next one. Nothing else is waited for."""


@contextmanager
def _slow(page: Page) -> Iterator[None]:
    """Let a page be as slow as such a connection, with nothing kept from before."""
    session = page.context.new_cdp_session(page)
    bytes_per_second = BITS_PER_SECOND / 8
    session.send("Network.enable")
    session.send("Network.clearBrowserCache")
    speed = {"downloadThroughput": bytes_per_second, "uploadThroughput": bytes_per_second}
    session.send("Network.emulateNetworkConditions", {"offline": False, "latency": LATENCY_MS, **speed})
    yield
    session.detach()


def _readable_after(page: Page, path: str) -> float:
    """Return after how many milliseconds the first text of a page stands on the screen."""
    page.goto(path, wait_until="load")
    painted: float = page.evaluate(
        "() => performance.getEntriesByType('paint').find(each => each.name === 'first-contentful-paint').startTime"
    )
    return painted


def test_who_has_a_slow_connection_reads_the_public_list_and_the_plan(site: Site, story: str) -> None:
    with site.visit("student") as page, _slow(page):
        first = _readable_after(page, "/life-events/death")
        page.goto("/plan")
        plan = page.locator("main a[href*='/plan/']").first.get_attribute("href")
        assert plan
        times = {path: _readable_after(page, path) for path in (plan, "/applications", "/messages", "/who-looked")}
    assert first <= FIRST_TEXT_MS, f"the first page can be read after {first:.0f} ms"
    assert max(times.values()) <= NEXT_TEXT_MS, f"a next page can be read after: {times}"
