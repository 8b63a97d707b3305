"""The journey of the student: from the public checklist to the letter with the decision, and who looked."""

import io
import re
from collections.abc import Callable

import pikepdf
import pytest

from dichterbij.ground.outbox import services as outbox

from .page import Page
from .rooms import has
from .visitor import Visitor

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "logbook"])
GRANT = "aanvullende-beurs"
MOMENT = re.compile(r"\d{1,2} juni 2026")
STORY = [
    "U stuurde uw aanvraag",
    "Een medewerker begon met uw aanvraag",
    "Wij stelden u een vraag. De termijn stond stil",
    "U gaf antwoord. De termijn liep weer door",
    "Het besluit is genomen",
    "Wij stuurden u het besluit",
]
IDENTIFIER = re.compile(r"/[0-9a-f]{8}-[0-9a-f-]{27}")


def test_from_checklist_to_letter(visitor: Callable[[], Visitor]) -> None:
    student, worker = visitor(), visitor()
    answered = _checklist(student)
    student.log_in("student")
    draft = _begin(student, answered=answered)
    case = _send(student, draft)
    assert case in student.get("/applications").links
    if not has("desk"):
        return
    _worker_asks(worker, case)
    _answers(student, case)
    _worker_decides(worker, case)
    letter = _letter(student, case)
    assert story(student.get(case)) == STORY
    _sees_who_looked(student)
    _sees_the_case_on_the_plan(student, case)
    _no_one_else_sees_any_of_it(visitor(), [case, letter, draft])


def story(page: Page) -> list[str]:
    """Return what the timeline of a case tells, without the moments."""
    (line,) = page.top.with_class("dichterbij-timeline")
    return [MOMENT.split(step.text)[0].strip() for step in line.all("li")]


def _checklist(student: Visitor) -> bool:
    """Read the public checklist and answer one question of it; returns whether there is a checklist."""
    if not has("life_events"):
        return False
    page = student.get("/life-events/death")
    assert "Gecondoleerd" in page.text
    before = page.text
    page = student.get(f"{page.path}?questions")
    page = student.press(page, page.form(having="relatie_tot_overledene"), {"relatie_tot_overledene": "kind"})
    assert len(page.text) < len(before)
    return True


def _begin(student: Visitor, *, answered: bool) -> str:
    """Begin an application, from the plan when there is one; returns the address of the draft."""
    if answered:
        page = student.press(_plan(student), _plan(student).form(f"/cards/{GRANT}/apply"))
    else:
        page = student.get(f"/apply/{GRANT}")
        page = student.press(page, page.form())
    assert page.path.startswith("/applications/draft/")
    assert "Basisregistratie Personen" in page.text
    return page.path


def _plan(student: Visitor) -> Page:
    """Open the plan that waits, and go to the card of the grant."""
    page = student.get("/plan")
    waiting = [link for link in page.links if IDENTIFIER.search(link)]
    page = student.get(waiting[0]) if waiting else student.press(page, page.form("/plan"))
    if page.path.endswith("/open") or any(form.action.endswith("/open") for form in page.forms):
        page = student.press(page, page.form("/open"))
    if any("who" in form.names for form in page.forms):
        page = student.press(page, page.form(having="who"), {"who": "0", "zelfde_adres_als_overledene": "yes"})
    return student.get(page.link(page.path, f"/cards/{GRANT}"))


def _send(student: Visitor, draft: str) -> str:
    """Fill in, read over, send; returns the address of the case."""
    page = student.get(draft)
    page = student.press(page, page.form(having="remark"), {"remark": "Bel mij liever na vijven."})
    assert "Bel mij liever na vijven." in page.text
    page = student.press(page, page.form(having="key"))
    assert "Uw aanvraag is binnen" in page.text
    return page.path.removesuffix("/received")


def _worker_asks(worker: Visitor, case: str) -> None:
    worker.log_in("duo_handler", as_staff=True)
    page = worker.get(worker.get("/desk").link("/desk/cases/", case.rpartition("/")[2]))
    assert "Waarom opent u" in page.text
    page = worker.press(page, page.form(having="reason"), {"reason": "Aanvraag behandelen"})
    page = worker.press(page, page.form("/handling"))
    worker.press(page, page.form("/question"), {"text": "Woont u nog op hetzelfde adres?"})


def _answers(student: Visitor, case: str) -> None:
    page = student.get(case)
    assert "Woont u nog op hetzelfde adres?" in page.text
    assert "De termijn staat stil" in page.text
    page = student.get(page.link(f"{case}/answer/"))
    page = student.press(page, page.form(having="answer"), {"answer": "Ja, voorlopig wel."})
    assert "De termijn staat stil" not in page.text


def _worker_decides(worker: Visitor, case: str) -> None:
    page = worker.get(f"/desk/cases/{case.rpartition('/')[2]}")
    assert "Ja, voorlopig wel." in page.text
    page = worker.press(page, page.form("/decision"))
    assert "Toegekend" in page.text
    worker.press(page, page.form("/publication"))
    outbox.run_once()


def _letter(student: Visitor, case: str) -> str:
    """Read the decision on paper and on screen; returns its address."""
    page = student.get(case)
    assert "Er is een besluit" in page.text
    address = page.link("/messages/")
    letter = student.get(address)
    assert "U krijgt een aanvullende beurs" in letter.text
    assert "bezwaar" in letter.text.casefold()
    assert address in student.get("/messages").links
    pdf = student.client.get(f"{address}/pdf")
    with pikepdf.open(io.BytesIO(pdf.content)) as file:
        assert file.Root.MarkInfo.Marked
        assert str(file.Root.Lang).startswith("nl")
    return address


def _sees_who_looked(student: Visitor) -> None:
    if not has("my_data"):
        return
    page = student.get("/who-looked")
    acts = [student.get(link) for link in page.links if link.startswith("/who-looked/")]
    told = [act.main for act in acts if "“Aanvraag behandelen”" in act.main]
    assert told, page.main
    assert all("Dienst Uitvoering Onderwijs" in text for text in told)
    page = student.get("/my-data")
    page = student.press(page, page.form("/my-data"))
    assert "11 februari 2002" in page.text


def _sees_the_case_on_the_plan(student: Visitor, case: str) -> None:
    if not has("life_events"):
        return
    page = _plan(student)
    assert case in page.links
    assert "Besluit genomen" in page.text


def _no_one_else_sees_any_of_it(other: Visitor, addresses: list[str]) -> None:
    other.log_in("uncle")
    for address in addresses:
        other.get(address, status=404)
