"""An objection at the front door: not decided on by who decided first; the person reads what and why."""

from collections.abc import Callable

import pytest

from dichterbij.ground.outbox import services as outbox
from dichterbij_world.store import World

from .rooms import has
from .visitor import Visitor

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "logbook"])
FUNERAL = "bijzondere-bijstand-uitvaart"
NO = {
    "uitvaartkosten_noodzakelijk": "no",
    "uitvaartkosten_noodzakelijk_reason": "Er was geld.",
    "noodzakelijke_uitvaartkosten": "3100",
    "noodzakelijke_uitvaartkosten_reason": "Sober.",
}
RULED = {
    "uitvaartkosten_noodzakelijk": "yes",
    "uitvaartkosten_noodzakelijk_reason": "De bankafschriften tonen dat er niets was.",
    "hearing": "declined",
    "report": "Aan de telefoon, 15 juni.",
    "grounds": "De nalatenschap was leeg.",
}


def test_a_refusal_becomes_a_grant_by_a_colleague_and_the_student_reads_it(
    world: World, visitor: Callable[[], Visitor]
) -> None:
    if not has("desk"):
        pytest.skip("there is no desk where somebody decides")
    student = visitor()
    student.log_in("student")
    case = _applies(student)
    worker = _opens(visitor(), "rotterdam_handler", case)
    page = worker.get(f"/desk/cases/{case}")
    page = worker.press(page, page.form("/decision"), NO)
    worker.press(page, page.form("/publication"))
    page = student.get(f"/applications/{case}/objection")
    page = student.press(page, page.form(having="text"), {"text": "Er was geen geld in de nalatenschap."})
    assert "Uw bezwaar is binnen" in page.main
    page = worker.get(f"/desk/cases/{case}/objection")
    refused = worker.press(page, page.form(having="grounds"), {**RULED, "do": "rule"}, status=403)
    assert "Hierover beslist een collega" in refused.text
    colleague = _opens(visitor(), "rotterdam_jurist", case)
    page = colleague.get("/desk")
    assert "Bezwaren" in page.main
    page = colleague.get(f"/desk/cases/{case}/objection")
    page = colleague.press(page, page.form(having="grounds"), {**RULED, "do": "weigh"})
    assert "De aanvrager krijgt gelijk" in page.main
    page = colleague.press(page, page.form(having="grounds"), {**RULED, "do": "rule"})
    assert "Gegrond" in page.main
    page = student.get(f"/applications/{case}")
    assert "Wij gaven u gelijk in uw bezwaar" in page.main
    assert "U kunt naar de rechtbank tot en met 27 juli 2026" in page.main
    letter = student.get(page.link("/messages/"))
    assert "3.100" in letter.text
    assert "De nalatenschap was leeg." in letter.text


def _applies(student: Visitor) -> str:
    page = student.get(f"/apply/{FUNERAL}")
    page = student.press(page, page.form())
    while not any("key" in form.names for form in page.forms):
        page = student.press(page, page.form(having="remark"), {"uitvaart_niet_te_betalen": "yes"})
    page = student.press(page, page.form(having="key"))
    outbox.run_once()
    return page.path.split("/")[2]


def _opens(worker: Visitor, who: str, case: str) -> Visitor:
    worker.log_in(who, as_staff=True)
    page = worker.get(f"/desk/cases/{case}")
    worker.press(page, page.form(having="reason"), {"kind": "handle"})
    return worker
