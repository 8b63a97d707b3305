"""The bereaved student does it all on paper: from the blank form to the letter with the decision, and an objection."""

import io
import re
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from django.core.management import call_command

from dichterbij.delivery.messages.tests.reading import everything_on, text_of_pdf
from dichterbij.delivery.paper.tests.reading_codes import CODE
from dichterbij.ground.outbox import services as outbox
from dichterbij_world.store import World

from .page import Page
from .rooms import has
from .visitor import Visitor

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "logbook"])
GRANT = "aanvullende-beurs"
ARRIVED = {"received_on_day": "12", "received_on_month": "6", "received_on_year": "2026"}


def test_from_blank_form_to_decision_letter_and_an_objection(
    world: World, visitor: Callable[[], Visitor], tmp_path: Path
) -> None:
    if not has("desk"):
        pytest.skip("there is no desk where somebody decides")
    codes = _takes_a_form(visitor())
    worker = visitor()
    worker.log_in("duo_handler", as_staff=True)
    case = _types_it_in(worker, codes, world.persona("student").bsn)
    _decides(worker, case, "Mijn moeder is overleden.")
    letters = _printed(tmp_path / "letters")
    home = _street(world)
    receipt = next(text for text in letters if "Wij hebben uw aanvraag ontvangen" in text)
    decision = next(text for text in letters if "U krijgt een aanvullende beurs" in text)
    assert "Mirthe Zwaanstra" in receipt
    assert home in receipt
    assert home in decision
    assert "12 juni 2026" in receipt
    _objects(worker, _reference(decision))
    assert any("Wij hebben uw bezwaar ontvangen" in text for text in _printed(tmp_path / "later"))
    _reads_what_happened(visitor(), case)


@pytest.mark.slow
def test_what_was_begun_online_and_printed_goes_on_as_the_same_application(
    world: World, visitor: Callable[[], Visitor]
) -> None:
    if not has("desk"):
        pytest.skip("there is no desk where somebody decides")
    student = visitor()
    student.log_in("student")
    page = student.get(f"/apply/{GRANT}")
    page = student.press(page, page.form())
    draft = page.path
    answer = student.client.post(page.form("/paper").action, _token(page, "/paper"))
    worker = visitor()
    worker.log_in("duo_handler", as_staff=True)
    page = worker.get("/post")
    page = worker.press(page, page.form(having="codes"), {"codes": "\n".join(_codes(answer.content)), **ARRIVED})
    assert "Mirthe Zwaanstra" in page.main
    page = worker.press(page, page.form("/application"), {"remark": "Met de pen geschreven."})
    case = str(page.link("/desk/cases/")).rpartition("/")[2]
    _decides(worker, case, "Met de pen geschreven.")
    student.get(draft, status=404)
    assert "Wij kregen uw aanvraag op papier op 12 juni 2026" in student.get(f"/applications/{case}").text


def _takes_a_form(anybody: Visitor) -> list[str]:
    """Take the blank form from the public page without logging in; returns the code on each page."""
    page = anybody.get(f"/apply/{GRANT}")
    answer = anybody.client.get(page.link(f"/apply/{GRANT}/paper"))
    assert answer.headers["Content-Type"] == "application/pdf"
    return _codes(answer.content)


def _codes(form: bytes) -> list[str]:
    with pikepdf.open(io.BytesIO(form)) as file:
        found = [CODE.search(everything_on(sheet)) for sheet in file.pages]
    assert all(found)
    return [each.group(0) for each in found if each]


def _types_it_in(worker: Visitor, codes: list[str], bsn: str) -> str:
    page = worker.get("/post")
    page = worker.press(page, page.form(having="codes"), {"codes": "\n".join(codes), **ARRIVED})
    assert "Van wie is dit?" in page.text
    wrong = {"bsn": bsn, "born_on_day": "12", "born_on_month": "2", "born_on_year": "2002"}
    page = worker.press(page, page.form("/person"), wrong, status=422)
    assert "horen niet bij één persoon" in page.text
    page = worker.press(page, page.form("/person"), {**wrong, "born_on_day": "11"})
    assert "Mirthe Zwaanstra" in page.main
    worker.client.post(page.form("/scan").action, {"scan": io.BytesIO(b"%PDF-1.7 gescand"), **_token(page, "/scan")})
    page = worker.press(page, page.form("/application"), {"remark": "Mijn moeder is overleden."})
    return str(page.link("/desk/cases/")).rpartition("/")[2]


def _token(page: Page, address: str) -> dict[str, str]:
    return {name: value for name, value in page.form(address).fields if name == "csrfmiddlewaretoken"}


def _decides(worker: Visitor, case: str, written: str) -> None:
    page = worker.get(f"/desk/cases/{case}")
    page = worker.press(page, page.form(having="reason"), {"kind": "handle"})
    assert written in page.text
    page = worker.press(page, page.form("/decision"))
    worker.press(page, page.form("/publication"))
    outbox.run_once()


def _printed(folder: Path) -> list[str]:
    call_command("letters", str(folder), stdout=io.StringIO())
    return [text_of_pdf(pikepdf.open(file)) for file in folder.glob("*.pdf")]


def _reference(letter: str) -> str:
    found = re.search(r"Kenmerk (2026-[2-9A-Z]{8})", letter)
    assert found
    return found.group(1)


def _objects(worker: Visitor, reference: str) -> None:
    page = worker.get("/post")
    arrived = {"received_on_day": "15", "received_on_month": "6", "received_on_year": "2026"}
    page = worker.press(page, page.form(having="reference"), {"reference": reference, **arrived})
    page = worker.press(page, page.form(having="text"), {"text": "De bijdrage van mijn vader klopt niet."})
    assert "Naar de aanvraag" in page.text


def _reads_what_happened(student: Visitor, case: str) -> None:
    """Log in later and read the story as it was."""
    student.log_in("student")
    page: Page = student.get(f"/applications/{case}")
    assert "Wij kregen uw aanvraag op papier op 12 juni 2026" in page.text
    assert "Wij kregen uw bezwaar op papier op 15 juni 2026" in page.text
    assert "U stuurde uw aanvraag" not in page.text
    page = student.get(page.link(f"/applications/{case}/scans"))
    answer = student.client.get(page.link(f"/applications/{case}/scans/"))
    assert answer.content == b"%PDF-1.7 gescand"
    if has("my_data"):
        page = student.get("/who-looked")
        assert "nam over wat u op papier aanvroeg" in page.main
        acts = [student.get(link) for link in page.links if link.startswith("/who-looked/")]
        assert any("Uw aanvraag op papier, ontvangen op 12 juni 2026" in act.main for act in acts)


def _street(world: World) -> str:
    number = world.persona("student").bsn
    _number, family = world.family_of(number)
    home = family.home(family.person(number).home)
    assert home
    return f"{home.street} {home.number}"
