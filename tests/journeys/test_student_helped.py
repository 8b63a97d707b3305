"""The journey of the student at the counter and by phone: the same case, told truthfully on both sides."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from dichterbij.ground.outbox import services as outbox
from dichterbij_world.store import World, default_path

from .page import Form, Page
from .rooms import has
from .test_student import _plan, story
from .visitor import Visitor

pytest.importorskip("dichterbij.front.desk")
pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "logbook"])
GRANT = "aanvullende-beurs"
AT_THE_COUNTER = "Een medewerker van Gemeente Rotterdam (aan de balie, met u erbij)"
ON_THE_PHONE = "Een medewerker van Dienst Uitvoering Onderwijs (aan de telefoon met u)"


def test_at_the_counter_with_a_code_on_her_phone(visitor: Callable[[], Visitor]) -> None:
    student, counter, decider = visitor(), visitor(), visitor()
    student.log_in("student")
    counter.log_in("rotterdam_handler", as_staff=True)
    page = counter.get("/counter")
    page = counter.press(page, page.form(having="code"), {"code": shown_code(student), "reason": "apply"})
    assert "Eerst nodig" in page.text
    case = _apply(counter)
    _leave(counter)
    _decided(decider, student, case, AT_THE_COUNTER)


def test_by_phone_with_questions_only_she_can_answer(visitor: Callable[[], Visitor]) -> None:
    student, phone, decider = visitor(), visitor(), visitor()
    phone.log_in("duo_handler", as_staff=True)
    page = phone.get("/counter")
    page = phone.press(page, page.form(having="surname"), two_things_she_tells())
    page = phone.press(page, page.form(having="presence"), {"presence": "questions", "reason": "apply"})
    page = phone.press(page, _questions(page), _answers())
    assert "vragen beantwoord" in page.text
    case = _apply(phone)
    _leave(phone)
    student.log_in("student")
    _decided(decider, student, case, ON_THE_PHONE)


def shown_code(student: Visitor) -> str:
    """Return the code that she lets her phone show."""
    page = student.get("/talks")
    shown = student.press(page, page.form("/talks")).main.split("Laat deze code zien")[0]
    return "".join(shown.split()[-2:])


def two_things_she_tells() -> dict[str, str]:
    """Return her surname and day of birth, as a worker fills them in."""
    born = _student()["geboorte"]["datum"]["datum"].split("-")
    parts = dict(zip(("born_on_year", "born_on_month", "born_on_day"), born, strict=True))
    return {"surname": _student()["naam"]["geslachtsnaam"], **parts}


def _questions(page: Page) -> Form:
    """Return the form with whichever questions were drawn."""
    return next(form for form in page.forms if _answers().keys() & set(form.names))


def _student() -> Mapping[str, Any]:
    world = World(default_path())
    return world.document("brp", world.persona("student").bsn) or {}


def _answers() -> dict[str, str]:
    person = _student()
    day = next(each["geboorte"]["datum"]["datum"] for each in person["ouders"] if "geboorte" in each).split("-")
    parent = dict(zip(("parent_born_year", "parent_born_month", "parent_born_day"), day, strict=True))
    return {
        "home_since": person["verblijfplaats"]["datumVan"]["datum"][:4],
        **parent,
    }


def _apply(worker: Visitor) -> str:
    """Begin from the plan, fill in, send: on the pages of the student, by a worker."""
    page = _plan(worker) if has("life_events") else worker.get(f"/apply/{GRANT}")
    page = worker.press(page, page.form(f"/cards/{GRANT}/apply" if has("life_events") else ""))
    page = worker.press(page, page.form(having="remark"), {"remark": "Mijn zus was erbij."})
    page = worker.press(page, page.form(having="key"))
    assert "Uw aanvraag is binnen" in page.text
    return page.path.removesuffix("/received")


def _leave(worker: Visitor) -> None:
    page = worker.get("/counter/now")
    assert "Aanvullende beurs" in page.text
    worker.press(page, page.form("/counter/end"))


def _decided(decider: Visitor, student: Visitor, case: str, who: str) -> None:
    """Let DUO decide, and read the whole story as the student does."""
    decider.log_in("duo_handler", as_staff=True)
    page = decider.get(f"/desk/cases/{case.rpartition('/')[2]}")
    page = decider.press(page, page.form(having="reason"), {"kind": "handle"})
    page = decider.press(page, page.form("/decision"))
    decider.press(page, page.form("/publication"))
    outbox.run_once()
    page = student.get(case)
    assert story(page) == [f"{who} stuurde uw aanvraag in", "Het besluit is genomen", "Wij stuurden u het besluit"]
    assert "Er is een besluit" in page.text
    letters = student.get("/messages")
    assert "Ons gesprek op 15 juni 2026" in letters.text
    assert f"{who} stuurde uw aanvraag in" in student.get("/talks").text
    assert "Kamperdijk" not in page.text + letters.text
