"""A death that was registered by mistake, undone at the front door: nothing that rests on it is left standing."""

import io
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pikepdf
import pytest
from django.core.management import call_command

from dichterbij.delivery.messages.tests.reading import text_of_pdf
from dichterbij.ground.identity.register_events import receive
from dichterbij.ground.outbox import services as outbox
from dichterbij_world.events import correct_death, register_death
from dichterbij_world.load import load
from dichterbij_world.store import World

from .conftest import ON, PERSONS
from .page import Page
from .rooms import has
from .visitor import Visitor

if not (has("life_events") and has("desk")):
    pytest.skip("there are no life events or no desk in this house", allow_module_level=True)

from .plans import open_plan, shown_cards

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "logbook"])


@pytest.fixture
def mistaken(world: World, seed: int) -> Iterator[World]:
    """The widow is registered as dead, and is not; afterwards the world is as it was."""
    register_death(world.path, world.persona("widow").bsn, date(2026, 6, 14))
    yield world
    load(world.path, seed=seed, persons=PERSONS, on=ON)


def test_what_was_begun_after_a_wrong_death_goes_and_what_was_sent_is_looked_at_again(
    mistaken: World, visitor: Callable[[], Visitor], tmp_path: Path
) -> None:
    daughter = visitor()
    daughter.log_in("widow_daughter")
    plan = open_plan(daughter, {"zelfde_adres_als_overledene": "no", "who": "0"})
    assert shown_cards(plan)
    drafts = _begin_everything(daughter, plan)
    case = _send(daughter, drafts.pop("zorgtoeslag"))
    outbox.run_once()  # decided by itself; the letter to the next of kin waits for the printer
    assert "Er is een besluit" in daughter.get(case).main
    assert drafts
    correct_death(mistaken.path, mistaken.persona("widow").bsn)
    for event in mistaken.events():
        receive(event)
    outbox.run_once()
    daughter.get(plan.path, status=404)
    for draft in drafts.values():
        daughter.get(draft, status=404)
    assert "Wij bekijken uw aanvraag opnieuw" in daughter.get(case).main
    assert "Wij bekijken uw aanvraag opnieuw" in daughter.get("/messages").main
    _the_worker_decides_again(visitor(), case)
    assert "Het is klaar sinds" in daughter.get(case).main
    _only_the_apology_is_printed(mistaken, tmp_path)


def _begin_everything(daughter: Visitor, plan: Page) -> dict[str, str]:
    """Begin an application from every card that has one; returns the drafts by product."""
    found = {}
    for shown in shown_cards(plan).values():
        card = daughter.get(shown.address)
        if any(form.action.endswith("/apply") for form in card.forms):
            found[shown.address.rpartition("/")[2]] = daughter.press(card, card.form("/apply")).path
    return found


def _send(daughter: Visitor, draft: str) -> str:
    page = daughter.get(draft)
    while not any("key" in form.names for form in page.forms):
        page = daughter.press(page, page.form(having="remark"))
    return daughter.press(page, page.form(having="key")).path.removesuffix("/received")


def _the_worker_decides_again(worker: Visitor, case: str) -> None:
    worker.log_in("toeslagen_handler", as_staff=True)
    work = worker.get("/desk")
    assert "opnieuw bekijken" in work.main
    page = worker.get(work.link("/desk/cases/", case.rpartition("/")[2]))
    page = worker.press(page, page.form(having="reason"), {"reason": "Aanvraag behandelen"})
    assert "Het overlijden is teruggedraaid" in page.main
    page = worker.press(page, page.form("/decision"))
    assert "14 juni 2026" not in page.main.partition("Gebruikte gegevens")[2]
    worker.press(page, page.form("/publication"))


def _only_the_apology_is_printed(world: World, folder: Path) -> None:
    call_command("letters", str(folder / "letters"), stdout=io.StringIO())
    name = world.persona("widow").name
    letters = [text_of_pdf(pikepdf.open(file)) for file in (folder / "letters").glob("*.pdf")]
    assert [("excuses" in each, "nabestaanden van" in each) for each in letters if name in each] == [(True, False)]
