"""The product as `make run` starts it, on a port and a state folder of its own, and people who visit it."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page

from dichterbij_world.states import log_in
from tests.operation.product import product

KEPT_SECONDS = 600
"""A session ends after 15 idle minutes; a cookie kept longer than this is not used again, however slow the machine."""
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 320, "height": 640}


@dataclass
class Site:
    """A running instance. Logging in happens once per person; after that their cookie is used again."""

    address: str
    state: Path
    browser: Browser
    _cookies: dict[tuple[str, bool], tuple[float, dict]] = field(default_factory=dict)

    @contextmanager
    def visit(self, who: str = "", *, javascript: bool = True, width: dict[str, int] = WIDE) -> Iterator[Page]:
        """Give a page in which a persona is logged in; nobody when `who` is empty."""
        stored = self._stored(who, javascript=javascript)
        context = self._context(javascript, width, stored)
        page = context.new_page()
        try:
            if who and stored is None:
                log_in(page, who)
            yield page
            if who:
                self._keep(page, who, javascript=javascript)
        finally:
            context.close()

    def _keep(self, page: Page, who: str, *, javascript: bool) -> None:
        """Go on with this session the next time, unless it ended; its number changes when somebody acts for another."""
        self.forget(who)
        if page.locator(".dichterbij-account").count():
            self._cookies[who, javascript] = time.monotonic(), page.context.storage_state()

    def _stored(self, who: str, *, javascript: bool) -> dict | None:
        """Take the session of the last visit; a visit that fails leaves none, so that the next one logs in anew."""
        kept_at, cookies = self._cookies.pop((who, javascript), (0.0, None))
        return cookies if time.monotonic() - kept_at < KEPT_SECONDS else None

    def forget(self, who: str) -> None:
        """Log in anew the next time."""
        for key in [key for key in self._cookies if key[0] == who]:
            del self._cookies[key]

    def _context(self, javascript: bool, width: dict[str, int], stored: dict | None) -> BrowserContext:
        context = self.browser.new_context(
            base_url=self.address, viewport=width, java_script_enabled=javascript, storage_state=stored, locale="nl-NL"
        )
        context.set_default_timeout(30_000)
        return context


@contextmanager
def opened(state: Path, browser: Browser) -> Iterator[Site]:
    """Make an instance in a state folder, serve it, and open it to a browser."""
    with product(state) as made:
        yield Site(address=made.start().address, state=state, browser=browser)
