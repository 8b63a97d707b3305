"""One browser and one running site for all browser tests."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from . import story as journey
from .site import Site, opened

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium."""
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed: the browser tests did not run")
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield found
        found.close()


@pytest.fixture(scope="session")
def site(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The product as `make run` starts it."""
    state: Path = tmp_path_factory.mktemp("site")
    with opened(state, browser) as made:
        yield made


@pytest.fixture(scope="session")
def story(site: Site) -> str:
    """The whole journey of the student, walked once with JavaScript; the reference of her case."""
    return journey.whole(site, javascript=True)


@pytest.fixture
def browser_site_without_history(browser: Browser, tmp_path: Path) -> Iterator[Site]:
    """A site in which nothing happened yet."""
    with opened(tmp_path, browser) as made:
        yield made
