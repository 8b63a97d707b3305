"""Steps of somebody who acts for another, as they click them."""

import re
from pathlib import Path

from playwright.sync_api import Page

from dichterbij.kernel import clock
from dichterbij_world.store import World

ADULT = 18


def world(state: Path) -> World:
    """Return the invented world of a running site."""
    return World(state / "world.sqlite3")


def divorced_parents(of: World) -> tuple[str, str]:
    """Return the keys by which the first divorced parents with joint authority over a child log in."""
    year = clock.today().year
    for number, family in enumerate(of.families()):
        alive = {person.bsn: place for place, person in enumerate(family.people, start=1) if person.died_on is None}
        for child in family.people:
            keys = [f"{number}-{alive[parent.bsn]}" for parent in child.parents if parent.bsn in alive]
            parents = [person for person in family.people if person.bsn in {each.bsn for each in child.parents}]
            is_young = child.joint_authority and year - child.born_on.year < ADULT
            if len(keys) == len({one.home for one in parents}) == 2 and is_young and _is_ended(parents[0]):
                return keys[0], keys[1]
    raise AssertionError("the world has no divorced parents")


def _is_ended(parent: object) -> bool:
    return any(union.ended_on for union in parent.unions)  # type: ignore[attr-defined]


def look_up(page: Page) -> None:
    """Go to the page of authorities and ask the registers for whom one may act."""
    page.get_by_role("link", name="Machtigen", exact=True).click()
    page.get_by_role("button", name="Kijk na voor wie ik mag handelen").click()
    page.get_by_text("Laatst nagekeken").wait_for()


def act(page: Page, name: str | re.Pattern[str] = "Handelen voor") -> str:
    """Begin to act for another; returns their name."""
    page.get_by_role("button", name=name).first.click()
    banner = page.get_by_text("U handelt nu voor")
    banner.wait_for()
    return banner.locator("strong").inner_text()


def apply(page: Page, product: str) -> None:
    """Apply for a product from its own page."""
    page.goto(f"/apply/{product}")
    page.get_by_role("button", name="Aanvraag beginnen").click()
    fill_in_and_send(page)


def fill_in_and_send(page: Page) -> None:
    """Send a draft with what is filled in, and the first answer where something is asked."""
    page.wait_for_url("**/applications/draft/*")
    while "/review" not in page.url:
        answer(page)
    page.get_by_role("button", name="Aanvraag versturen").click()
    page.get_by_role("heading", level=1, name="Uw aanvraag is binnen").wait_for()


def reference(page: Page) -> str:
    """Return the reference of what was just sent."""
    found = re.search(r"\d{4}-[0-9A-Z]{8}", page.inner_text("main"))
    assert found
    return found[0]


def answer(page: Page) -> None:
    """Choose the first answer to every question of the page and go on."""
    for group in page.locator("main form fieldset:has(input[type=radio])").all():
        group.locator("input[type=radio]").first.check()
    with page.expect_navigation():
        page.get_by_role("button", name="Verder").click()


def own_matters(page: Page) -> None:
    """Stop acting for another."""
    page.get_by_role("button", name="Terug naar mijn eigen zaken").click()
    page.get_by_text("U handelt nu voor").wait_for(state="detached")
