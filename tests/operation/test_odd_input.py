"""Every field of every form, filled with what no browser sends: an answer that says what to do, never a defect."""

from collections.abc import Callable, Iterator

import pytest

from tests.journeys.page import Form, Page
from tests.journeys.rooms import has
from tests.journeys.visitor import Visitor

from .applying import GRANT

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "logbook"])
Open = Callable[[], Visitor]
ODD = {
    "much": "x" * 900_000,
    "digits": "9" * 900_000,
    "minus": "-" + "9" * 5_000,
    "nothing": "\0",
    "half a character": "\ud83d".encode("utf-16", "surrogatepass").decode("utf-16", "replace"),
    "other digits": "٣٤٥",
    "infinite": "1e999999",
    "not a number": "NaN",
    "a path": "../../etc/passwd",
    "markup": "<script>alert(1)</script>{{ 7 }}{% now %}",
}
ENDS = ("/erase", "/discard")
"""After these there would be nothing left to try."""


@pytest.fixture
def pages(visitor: Open) -> Iterator[tuple[Visitor, list[Page]]]:
    """Somebody with a draft, a plan and a case, and the pages with forms that they see."""
    student = visitor()
    student.log_in("student")
    draft = student.get(f"/apply/{GRANT}")
    draft = student.press(draft, draft.form())
    found = [student.get(f"/apply/{GRANT}"), draft, student.get("/login?for=staff")]
    if has("life_events"):
        from tests.journeys.plans import open_plan, shown_cards

        found += [student.get("/life-events/death"), student.get("/plan")]
        plan = open_plan(student, {"who": "0", "zelfde_adres_als_overledene": "yes"})
        found += [plan, *(student.get(card.address) for card in shown_cards(plan).values())]
    yield student, found


def test_odd_input_is_answered(pages: tuple[Visitor, list[Page]]) -> None:
    student, found = pages
    forms = [(page, form, name) for page, form in _forms(found) for name in form.names - {"csrfmiddlewaretoken"}]
    assert len(forms) > 10
    for page, form, name in forms:
        for kind, value in ODD.items():
            sent = {**student.filled(form), name: [value]}
            headers = {"referer": f"http://testserver{page.path}"}
            answer = student.client.post(form.action or page.path, sent, headers=headers)
            assert answer.status_code < 500, f"{answer.status_code}: {kind} in {name} of {form.action}"
            assert b"<script>alert(1)" not in answer.content


def _forms(pages: list[Page]) -> Iterator[tuple[Page, Form]]:
    """Return every form once, by where it goes and what it asks."""
    seen: set[tuple[str, frozenset[str]]] = set()
    for page in pages:
        for form in page.forms:
            key = (form.action, frozenset(form.names))
            if key not in seen and not form.action.startswith("/logout") and not form.action.endswith(ENDS):
                seen.add(key)
                yield page, form
