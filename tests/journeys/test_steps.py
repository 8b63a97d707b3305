"""How many steps it takes to apply for the grant: by the student herself after a death, and with her at the counter.

A step is a page that is opened or a form that is sent; both begin at the page where they are before they know what for,
and both show who the person is: she logs in, the worker types a code or looks at a document.
"""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from dichterbij_world.store import World

from .page import Form, Page
from .rooms import has
from .test_student import GRANT, _plan
from .test_student_helped import shown_code, two_things_she_tells
from .visitor import Values, Visitor

pytest.importorskip("dichterbij.front.desk")
pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "logbook"])


@dataclass
class Walk:
    """Somebody at the front door whose steps are counted."""

    by: Visitor
    steps: int = 0

    def get(self, address: str) -> Page:
        """Follow a link."""
        self.steps += 1
        return self.by.get(address)

    def press(self, page: Page, form: Form, values: Values | None = None) -> Page:
        """Fill in a form and send it."""
        self.steps += 1
        return self.by.press(page, form, values)


@pytest.mark.slow
def test_at_the_counter_and_on_the_phone_it_takes_at_most_half_the_steps(
    visitor: Callable[[], Visitor], world: World
) -> None:
    if not has("life_events"):
        pytest.skip("without a plan the student has no journey to compare")
    worker = visitor()
    worker.log_in("rotterdam_handler", as_staff=True)
    with_a_document, with_a_code, herself = Walk(worker), Walk(worker), Walk(visitor())
    on_the_phone = Walk(worker)
    _calls(on_the_phone, world)
    _shows_a_document(with_a_document)
    student = visitor()
    student.log_in("student")
    _shows_a_code(with_a_code, shown_code(student))
    _by_herself(herself)
    assert 2 * with_a_code.steps <= herself.steps, (with_a_code.steps, herself.steps)
    assert 2 * with_a_document.steps <= herself.steps, (with_a_document.steps, herself.steps)
    assert 2 * on_the_phone.steps <= herself.steps, (on_the_phone.steps, herself.steps)


def _by_herself(walk: Walk) -> None:
    page = walk.get("/login")
    page = walk.press(page, page.form("/login/start"))
    page = walk.press(page, page.form(having="state"), {"person": "student"})
    page = _plan(walk)  # type: ignore[arg-type]
    _fill_in_and_send(walk, walk.press(page, page.form(f"/cards/{GRANT}/apply")))


def _shows_a_code(walk: Walk, code: str) -> None:
    page = walk.by.get("/counter")
    page = walk.press(page, page.form(having="code"), {"code": code, "reason": "apply"})
    _fill_in_and_send(walk, walk.press(page, page.form(f"/apply/{GRANT}")))


def _shows_a_document(walk: Walk) -> None:
    page = walk.by.get("/counter")
    page = walk.press(page, page.form(having="surname"), two_things_she_tells())
    shown = {"presence": "document", "document": "passport", "number": "C39", "reason": "apply"}
    page = walk.press(page, page.form(having="presence"), shown)
    _fill_in_and_send(walk, walk.press(page, page.form(f"/apply/{GRANT}")))


def _calls(walk: Walk, world: World) -> None:
    from dichterbij.front.desk.tests.talking import answers

    page = walk.by.get("/counter")
    page = walk.press(page, page.form(having="surname"), {**two_things_she_tells(), "call": "1"})
    form = page.form("/counter/questions")
    told = {name: value for name, value in answers(world, "student").items() if name in form.names}
    page = walk.press(page, form, {**told, "reason": "apply"})
    _fill_in_and_send(walk, walk.press(page, page.form(f"/apply/{GRANT}")))


def _fill_in_and_send(walk: Walk, page: Page) -> None:
    page = walk.press(page, page.form(having="remark"))
    page = walk.press(page, page.form(having="key"))
    assert "Uw aanvraag is binnen" in page.text
    page = walk.by.get(page.path.replace("/received", "/withdraw"))  # so that the next one begins as this one did
    walk.by.press(page, page.form("/withdraw"))
