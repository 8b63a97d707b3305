"""When a way closes, every card, page and letter about that organisation names what works instead, at once."""

import io
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command

import dichterbij
from dichterbij.delivery.cases import outages
from dichterbij.delivery.messages.document import Contact
from dichterbij.delivery.messages.reaching import contact
from dichterbij.ground.organisations import queries as organisations
from dichterbij.kernel import clock

from .rooms import has
from .visitor import Visitor

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "logbook"])
APPLY, INSTEAD = "/apply/aanvullende-beurs", "Dit kan wel: op de site, langskomen, schrijven."


@pytest.fixture
def ways(visitor: Callable[[], Visitor]) -> Iterator[Callable[..., None]]:
    """Return what closes and opens ways to DUO, where a visitor can come; nothing is remembered afterwards."""

    def change(*words: str) -> None:
        call_command("ways", "duo", *words, stdout=io.StringIO())

    yield change
    organisations.forget()


def _in_letters() -> Contact:
    return contact(organisations.by_key("duo").oin, "nl")


def test_a_phone_that_is_closed_is_told_on_the_page_and_in_letters_and_no_longer_once_it_is_open(
    visitor: Callable[[], Visitor], ways: Callable[..., None]
) -> None:
    ways("--close", "call")
    page = visitor().get(APPLY)
    assert f"is nu niet te bereiken door: bellen. {INSTEAD}" in page.main
    told = dict(_in_letters().pairs)
    assert str(told["Let op"]).endswith(INSTEAD)
    assert told["Bellen"] == "Dit kan nu niet. Gebruik een van de andere manieren."
    ways("--open", "call")
    assert INSTEAD not in visitor().get(APPLY).main
    assert dict(_in_letters().pairs)["Bellen"] != "Dit kan nu niet. Gebruik een van de andere manieren."


def test_every_card_names_what_works_while_the_phone_of_its_organisation_is_closed(
    visitor: Callable[[], Visitor], ways: Callable[..., None]
) -> None:
    if not has("life_events"):
        pytest.skip("there are no life events in this house")
    for each in organisations.organisations():
        call_command("ways", each.key, "--close", "call", stdout=io.StringIO())
    page = visitor().get("/life-events/death")
    assert f"tel:{organisations.operator().contact.phone.replace(' ', '')}" not in page.links
    assert "bel ons" not in page.main
    tasks = page.top.with_class("dichterbij-task")
    here = [task.text for task in tasks if "door: bellen" in task.text]
    assert all(INSTEAD in text for text in here)
    assert all("Dit kan nu niet. Dit werkt wel:" in text for text in here if "Bellen" in text)
    outside = [task.text for task in tasks if "door: bellen" not in task.text]
    assert not [text for text in outside if any(each.name in text for each in organisations.organisations())]
    assert here


def test_no_letter_says_to_call_outside_the_block_that_knows_which_ways_are_closed() -> None:
    source = Path(dichterbij.__file__).parent
    letters = [*source.glob("delivery/*/letters/*.py"), *source.glob("*/*/letters.py")]
    letters += source.glob("front/appointments/telling.py")
    assert len(letters) > 10
    told = {f"{path.parent.name}: {text}" for path in letters for text in re.findall(r'_\("(.*?)"', path.read_text())}
    assert not [text for text in told if re.search(r"[Bb]el(t u)? ons", text)]


def test_an_outage_that_lasts_closes_the_site_and_its_end_opens_it(ways: Callable[..., None]) -> None:
    ways()
    duo, began = organisations.by_key("duo").oin, clock.now() - timedelta(hours=1)
    outages.record(duo, began, None)
    assert organisations.organisation(duo).closed == {"click"}
    outages.record(duo, began, clock.now())
    assert organisations.organisation(duo).closed == frozenset()
