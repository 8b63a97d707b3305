"""From a line of the log: a question or an objection, to who looked; a worker answers and the answer is in the box."""

import re
from html import unescape
from uuid import uuid4

import pytest
from django.http import HttpResponse

from dichterbij.delivery.cases.models import CorrectionRequest
from dichterbij.delivery.messages.models import Message

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "logbook"])


def read(response: HttpResponse) -> str:
    return unescape(response.content.decode()).replace("\xa0", " ").replace("\xad", "")


@pytest.fixture
def student(log_in):
    client = log_in("student")
    client.post("/my-data")
    return client


@pytest.fixture
def question(student) -> str:
    """The address to which the link at a line leads."""
    act = re.search(r'href="(/who-looked/[0-9a-f-]{36})"', read(student.get("/who-looked")))[1]
    return re.search(r'href="(/corrections/new/logboek/[^"]+)"', read(student.get(act)))[1]


def test_the_link_at_a_line_leads_to_a_question_that_somebody_answers(student, question, log_in):
    assert "Vraag of bezwaar: gebruik van uw gegevens op 15 juni 2026" in read(student.get(question))
    sent = student.post(question, {"says": "Waarom keek u in mijn gegevens?"})
    assert "zoekt het uit" in read(student.get(sent.url))
    receipt = Message.objects.get()
    assert "Waarom keek u in mijn gegevens?" in read(student.get(f"/messages/{receipt.id}"))
    asked = CorrectionRequest.objects.get()
    worker = log_in("rotterdam_handler")
    assert "Gebruik van uw gegevens op" in read(worker.get("/desk"))
    worker.post(f"/desk/corrections/{asked.id}", {"kind": "check"})
    page = read(worker.get(f"/desk/corrections/{asked.id}"))
    assert "Dit gebruik was goed" in page
    answer = {"outcome": "no", "text": "U vroeg uw gegevens zelf op."}
    assert worker.post(f"/desk/corrections/{asked.id}/answer", answer).status_code == 302
    assert "U vroeg uw gegevens zelf op." in read(student.get(sent.url))
    assert Message.objects.count() == 2


def test_asking_stands_in_the_log_as_a_question(student, question):
    student.post(question, {"says": "Waarom?"})
    assert "U stelde Gemeente Rotterdam een vraag over het gebruik van uw gegevens" in read(student.get("/who-looked"))


def test_an_empty_question_is_told_and_not_sent(student, question):
    answer = student.post(question, {"says": "  "})
    assert (answer.status_code, CorrectionRequest.objects.count()) == (422, 0)


@pytest.mark.parametrize("name", ["x", "00000099100000001000.2026-06-15", "1.2026-06-15.x", f"{'9' * 20}.2026-06-15.x"])
def test_a_use_of_data_that_is_none_is_not_found(student, name):
    assert student.get(f"/corrections/new/logboek/{name}").status_code == 404


def test_about_a_use_by_a_body_that_is_not_here_one_reads_whom_to_ask(student):
    page = read(student.get(f"/corrections/new/logboek/{'9' * 20}.2026-06-15.{uuid4()}"))
    assert "is hier niet aangesloten" in page
