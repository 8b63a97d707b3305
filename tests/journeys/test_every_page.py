"""Every page that a link leads to, in every language: it answers, with at most twelve questions and no number."""

from collections.abc import Callable, Iterator

import pytest

from dichterbij.ground.outbox import services as outbox

from .rooms import has
from .visitor import Visitor

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "logbook"])
MOST_PAGES = 120
GRANT = "aanvullende-beurs"


@pytest.mark.parametrize("who", [pytest.param("", marks=pytest.mark.slow), "student", "duo_handler"])
def test_no_link_leads_nowhere(who: str, visitor: Callable[[], Visitor]) -> None:
    somebody = visitor()
    if who:
        somebody.log_in(who, as_staff=who.endswith("_handler"))
    if who == "student":
        _with_something_to_see(somebody)
    start = "/desk" if who == "duo_handler" and has("desk") else "/"
    seen = list(_walk(somebody, [start, "/en/about", "/pap/about"] if has("about") else [f"/apply/{GRANT}"]))
    assert len(seen) > (3 if who == "duo_handler" else 8), seen


def _with_something_to_see(student: Visitor) -> None:
    """Send an application, so that there is a case and a message; let what was sent be delivered."""
    page = student.get(f"/apply/{GRANT}")
    page = student.press(page, page.form())
    page = student.press(page, page.form(having="remark"))
    student.press(page, page.form(having="key"))
    outbox.run_once()


def _walk(somebody: Visitor, addresses: list[str]) -> Iterator[str]:
    """Follow every link of the house from some pages; files to keep are looked at, not read."""
    todo, seen = list(addresses), set(addresses)
    for _ in range(MOST_PAGES):
        if not todo:
            return
        address = todo.pop(0)
        page = somebody.get(address)
        yield address
        for link in page.links:
            plain = link.partition("#")[0]
            if plain.startswith("/") and not plain.startswith(("/static/", "/logout")) and plain not in seen:
                seen.add(plain)
                todo.append(plain)
