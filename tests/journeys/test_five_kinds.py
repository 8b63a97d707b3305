"""Five people for the five kinds of vulnerability that policy names, each to a decision they can live with.

Economic: the student who cannot pay a funeral. Social: the man without a home, with only an address for letters.
Health: the man under guardianship, for whom his mother acts. Family: the father of two who lost his wife. Basic skills:
the widow who has no computer: she comes to a counter, never logs in, and reads everything on paper.
"""

import io
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pikepdf
import pytest
from django.core.management import call_command

from dichterbij.delivery.catalogue import queries as catalogue
from dichterbij.delivery.catalogue.domain import Decider
from dichterbij.delivery.messages.tests.reading import text_of_pdf
from dichterbij.ground.outbox import services as outbox

from .page import Page
from .rooms import has
from .test_parity import ANSWERS, _decide, _fitting
from .visitor import Visitor

if not has("desk"):
    pytest.skip("there is no desk where somebody decides", allow_module_level=True)

pytestmark = [pytest.mark.django_db(transaction=True, databases=["default", "logbook"]), pytest.mark.slow]


def _applied(somebody: Visitor, decider: Callable[[], Visitor], page: Page) -> UUID:
    """Fill in and send an application that was begun, and let the law or a worker decide."""
    for _ in range(4):
        if any("key" in form.names for form in page.forms):
            break
        form = page.form(having="remark")
        page = somebody.press(page, form, _fitting(form, ANSWERS))
    form = page.form(having="key")
    product = catalogue.product(dict(form.fields)["product"])
    case = UUID(somebody.press(page, form).path.split("/")[2])
    outbox.run_once()
    if product.decider is Decider.WORKER:
        _decide(decider, case, product)
    return case


def _begun(somebody: Visitor, product: str) -> Page:
    page = somebody.get(f"/apply/{product}")
    return somebody.press(page, page.form())


def _letter(somebody: Visitor, case: UUID) -> str:
    """Return the words of the decision, as the person opens it from the case."""
    page = somebody.get(f"/applications/{case}")
    assert "Er is een besluit" in page.text
    return somebody.get(page.link("/messages/")).text


def test_economic_the_student_gets_help_with_a_funeral_she_cannot_pay(visitor: Callable[[], Visitor]) -> None:
    student = visitor()
    student.log_in("student")
    case = _applied(student, visitor, _begun(student, "bijzondere-bijstand-uitvaart"))
    assert "U krijgt" in _letter(student, case)


def test_social_the_man_without_a_home_gets_his_allowance(visitor: Callable[[], Visitor]) -> None:
    man = visitor()
    man.log_in("homeless")
    assert "U krijgt zorgtoeslag" in _letter(man, _applied(man, visitor, _begun(man, "zorgtoeslag")))


def test_health_the_mother_of_a_man_under_guardianship_applies_and_he_reads_the_answer(
    visitor: Callable[[], Visitor],
) -> None:
    mother, son = visitor(), visitor()
    mother.log_in("guardian")
    mother.press(page := mother.get("/authorities"), page.form("/authorities/look-up"))
    mother.press(page := mother.get("/authorities"), page.form("/authorities/act"))
    case = _applied(mother, visitor, _begun(mother, "zorgtoeslag"))
    son.log_in("ward")
    assert "U krijgt zorgtoeslag" in _letter(son, case)
    assert "namens u" in _letter(son, case) or "curator" in son.get(f"/applications/{case}").text


def test_family_the_father_of_two_who_lost_his_wife_gets_an_allowance_now_that_he_is_alone(
    visitor: Callable[[], Visitor],
) -> None:
    father = visitor()
    father.log_in("widower")
    assert "U krijgt zorgtoeslag" in _letter(father, _applied(father, visitor, _begun(father, "zorgtoeslag")))


def test_family_the_father_who_lost_his_wife_gets_a_survivors_benefit_from_his_plan(
    visitor: Callable[[], Visitor],
) -> None:
    if not has("life_events"):
        pytest.skip("there is no plan to begin from")
    from .plans import open_plan, shown_cards

    father = visitor()
    father.log_in("widower")
    plan = open_plan(father, {"who": "0", "zelfde_adres_als_overledene": "yes"})
    card = father.get(shown_cards(plan)["nabestaandenuitkering"].address)
    case = _applied(father, visitor, father.press(card, card.form("/apply")))
    assert "U krijgt een nabestaandenuitkering" in _letter(father, case)


def test_basic_skills_the_widow_comes_to_a_counter_and_reads_everything_on_paper(
    visitor: Callable[[], Visitor], tmp_path: Path
) -> None:
    worker = _with_the_widow(visitor())
    _applied(worker, visitor, _begun(worker, "zorgtoeslag"))
    call_command("letters", str(tmp_path / "letters"), stdout=io.StringIO())
    texts = [text_of_pdf(pikepdf.open(file)) for file in (tmp_path / "letters").glob("*.pdf")]
    hers = [text for text in texts if "Geertje van der Hazelkamp" in text]
    assert any("U krijgt zorgtoeslag" in text for text in hers)
    assert len(hers) >= 2  # what was received, and what was decided


def _with_the_widow(worker: Visitor) -> Visitor:
    """Find the widow by what she tells, see her identity document, and begin to help."""
    worker.log_in("rotterdam_handler", as_staff=True)
    page = worker.get("/counter")
    born = {"born_on_day": "3", "born_on_month": "2", "born_on_year": "1947"}
    page = worker.press(page, page.form(having="surname"), {"surname": "Hazelkamp"} | born)
    if any("person" in form.names for form in page.forms):
        page = worker.press(page, page.form(having="person"), {"person": "0"})
    seen = {"presence": "document", "document": "passport", "number": "4K7", "reason": "apply"}
    worker.press(page, page.form("/counter/person"), seen)
    return worker
