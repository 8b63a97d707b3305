"""The widow without a computer: whatever is sent to her also goes to the printer, with her address on it."""

import io
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from django.core.management import call_command

from dichterbij.delivery.messages.tests.reading import text_of_pdf
from dichterbij.ground.outbox import services as outbox
from dichterbij_world.store import World

from .visitor import Visitor

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "logbook"])


def test_receipt_and_decision_for_the_widow_wait_for_the_printer_with_her_address(
    world: World, visitor: Callable[[], Visitor], tmp_path: Path
) -> None:
    widow = visitor()
    widow.log_in("widow")
    page = widow.get("/apply/zorgtoeslag")
    page = widow.press(page, page.form())
    while not any("key" in form.names for form in page.forms):
        page = widow.press(page, page.form(having="remark"))
    widow.press(page, page.form(having="key"))
    outbox.run_once()
    call_command("letters", str(tmp_path / "letters"), stdout=io.StringIO())
    texts = [text_of_pdf(pikepdf.open(file)) for file in (tmp_path / "letters").glob("*.pdf")]
    street = _street(world)
    hers = [text for text in texts if "zorgtoeslag" in text.casefold()]
    assert len(hers) == 2
    assert all(street in text and "Geertje van der Hazelkamp" in text for text in hers)


def _street(world: World) -> str:
    number = world.persona("widow").bsn
    _number, family = world.family_of(number)
    home = family.home(family.person(number).home)
    assert home
    return f"{home.street} {home.number}"
