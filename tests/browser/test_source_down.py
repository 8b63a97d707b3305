"""A source that gives no answer, as a person sees it: what is missing is named, what is known is shown."""

import subprocess
import sys
from collections.abc import Iterator

import pytest

from .site import NARROW, WIDE, Site
from .test_states import _problems as problems

pytestmark = pytest.mark.browser


def _fault(site: Site, registry: str, fault: str) -> None:
    world = str(site.state / "world.sqlite3")
    command = [sys.executable, "-m", "dichterbij_world", "--world", world, "fault", registry, fault]
    subprocess.run(command, check=True, capture_output=True)


@pytest.fixture
def without_duo(site: Site) -> Iterator[Site]:
    """The site while the study registry is down."""
    _fault(site, "duo", "down")
    yield site
    _fault(site, "duo", "none")


def test_my_data_names_the_source_that_is_down_and_shows_the_others(without_duo: Site) -> None:
    with without_duo.visit("uncle") as page:
        page.goto("/my-data")
        page.get_by_role("button", name="Mijn gegevens opvragen").click()
        page.get_by_role("heading", name="Deze bron geeft nu geen antwoord").wait_for()
        text = page.inner_text("main").replace("\N{SOFT HYPHEN}", "")
        assert "Er kan dus meer over u bekend zijn dan hier staat." in text
        assert "Geboortedatum" in text
        found = []
        for width in (WIDE, NARROW):
            page.set_viewport_size(width)
            found += problems(page, width["width"])
        assert not found, "\n".join(found)
