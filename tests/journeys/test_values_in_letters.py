"""No value of a relative who does not claim along is on a page, in a letter or its file, or at the desk."""

import io
import random
from collections.abc import Callable

import pikepdf
import pytest

from dichterbij.delivery.messages.tests.reading import text_of_pdf
from dichterbij.ground.outbox import services as outbox
from dichterbij_world.store import World

from .page import Page
from .private import everybody, secrets_of
from .rooms import has
from .told import ON, Told
from .visitor import Visitor

if not has("desk"):
    pytest.skip("there is no desk in this house", allow_module_level=True)

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "logbook"])
DRAWN = 8
ROUNDS = 12
"""More rounds of questions than any product asks; what is typed stays empty, so unknown."""
PRODUCTS = {"aanvullende-beurs": "duo_handler", "zorgtoeslag": "toeslagen_handler"}


@pytest.mark.slow
def test_no_value_of_a_relative_is_in_letters_files_or_at_the_desk(
    world: World, seed: int, visitor: Callable[[], Visitor]
) -> None:
    files = 0
    for key, told in _children(world, seed):
        applicant = visitor()
        applicant.log_in(key)
        applicant.watch.secrets = secrets_of(told)
        assert applicant.watch.secrets, "there must be something to hide"
        for product, worker in PRODUCTS.items():
            _handle(visitor(), worker, _apply(applicant, product))
        files += _read_everything(applicant)
    assert files >= 2 * (DRAWN + 1)


def _children(world: World, seed: int) -> list[tuple[str, Told]]:
    """Return the student of the story and some other adults drawn from the world, all with a living parent."""
    found = [
        (key, Told(person, family, ON))
        for key, person, family in sorted(everybody(world), key=lambda each: each[0])
        if any(parent.bsn and family.person(parent.bsn).is_alive(ON) for parent in person.parents)
    ]
    student = world.persona("student").bsn
    own = Told(world.family_of(student)[1].person(student), world.family_of(student)[1], ON)
    others = [(key, told) for key, told in found if told.person.bsn != student and secrets_of(told)]
    return [("student", own), *random.Random(seed).sample(others, DRAWN)]


def _apply(applicant: Visitor, product: str) -> str:
    page = applicant.get(f"/apply/{product}")
    page = applicant.press(page, page.form())
    for _ in range(ROUNDS):
        if any("key" in form.names for form in page.forms):
            break
        choices = {node.attributes["name"] for node in page.top.all("input", type="radio")}
        page = applicant.press(page, page.form(having="remark"), dict.fromkeys(choices, "unknown"))
    case = applicant.press(page, page.form(having="key")).path.removesuffix("/received")
    outbox.run_once()
    return case


def _handle(worker: Visitor, who: str, case: str) -> None:
    """Open the case at the desk, ask the law again, decide and send the letter as far as the law allows."""
    worker.log_in(who, as_staff=True)
    page = worker.get(f"/desk/cases/{case.rpartition('/')[2]}")
    page = worker.press(page, page.form(having="reason"), {"reason": "Aanvraag behandelen"})
    if not _may(page, "/decision"):
        return
    worker.send(page.form("/decision").action.replace("/decision", "/assessment"), _empty(page), coming_from=page.path)
    answer = worker.client.post(page.form("/decision").action, _empty(page), headers={"origin": "http://testserver"})
    worker.watch.look("the decision at the desk", answer.content.decode())
    page = worker.get(page.path)
    if _may(page, "/publication"):
        worker.get(f"{page.path}/letter")
        worker.press(page, page.form("/publication"))


def _may(page: Page, act: str) -> bool:
    return any(form.action.endswith(act) for form in page.forms)


def _empty(page: Page) -> dict[str, list[str]]:
    return Visitor.filled(page.form("/decision"))


def _read_everything(applicant: Visitor) -> int:
    """Read every letter as a page and as a file; returns how many there were."""
    letters = [link for link in applicant.get("/messages").links if link.startswith("/messages/")]
    for letter in letters:
        applicant.get(letter)
        file = pikepdf.open(io.BytesIO(applicant.client.get(f"{letter}/pdf").content))
        text = text_of_pdf(file)
        assert "zorgtoeslag" in text.casefold() or "beurs" in text.casefold()
        applicant.watch.look(f"the file of {letter}", text)
    return len(letters)
