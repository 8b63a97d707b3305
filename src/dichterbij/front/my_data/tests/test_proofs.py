"""What a person can take along and anybody can check: the proof of a line, and the signed stands of the log."""

import re
import zipfile
from uuid import uuid4

import pikepdf
import pytest
from django.core.management import call_command
from django.test import Client

from dichterbij.delivery.messages.tests.reading import text_of_pdf
from dichterbij.front.my_data.api import PREFIX
from dichterbij.ground.logbook import proof_files, proving
from dichterbij.ground.logbook import services as logbook
from dichterbij.ground.logbook.domain import Entry, Kind, Result

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "logbook"])
GRANT = "aanvullende-beurs"


@pytest.fixture
def looked(citizen):
    """A look of DUO at the student, signed."""
    access = citizen("student", GRANT)
    entry = Entry(kind=Kind.READ, subject=access.subject.bsn, registry="brp", fields=("x",), outcome=Result.GIVEN)
    receipt = logbook.record(access, entry)
    logbook.seal()
    return access.act, receipt.id


def test_a_line_leads_to_a_file_that_proves_it_on_paper_too_and_names_nobody(log_in, looked, persona, tmp_path, capsys):
    act, line = looked
    student = log_in("student")
    page = student.get(f"/who-looked/{act}").content.decode()
    (about,) = re.findall(r'href="(/who-looked/lines/[^"]+)"', page)
    told = student.get(about).content.decode()
    assert "Hij staat op plaats 1 van 1." in told
    (address,) = re.findall(r'href="(/who-looked/lines/[^"]+/proof)"', told)
    answer = student.get(address)
    assert "attachment" in answer["Content-Disposition"]
    file = tmp_path / "bewijs.zip"
    file.write_bytes(answer.content)
    call_command("logbook", "verify", "--proof", str(file))
    said = capsys.readouterr().out
    assert "in order: line 1 of 1, signed by" in said
    assert "the PDF belongs to it" in said
    assert str(line) in said
    with zipfile.ZipFile(file) as held, held.open(proof_files.PAPER) as paper:
        words = text_of_pdf(pikepdf.open(paper))
    assert "Dienst Uitvoering Onderwijs" in words
    assert f"dichterbij logbook verify --proof bewijs-{str(line)[:8]}.zip" in words
    assert persona("student").value not in words + said
    assert student.get(address).content == answer.content


def test_a_line_that_was_just_written_is_signed_before_its_proof_is_shown(log_in, citizen):
    access = citizen("student", GRANT)
    receipt = logbook.record(access, Entry(kind=Kind.ACT, subject=access.subject.bsn, fields=("aanvraag",)))
    for ending in ("", "/proof"):
        assert log_in("student").get(f"/who-looked/lines/{receipt.id}{ending}").status_code == 200


def test_somebody_else_finds_no_proof_and_nobody_learns_whether_there_is_one(log_in, looked):
    _, line = looked
    widow = log_in("widow")
    for ending in ("", "/proof"):
        answers = [widow.get(f"/who-looked/lines/{number}{ending}") for number in (line, uuid4())]
        assert [answer.status_code for answer in answers] == [404, 404]
        texts = [re.sub(r'[0-9a-f-]{36}|value="[^"]+"', "", answer.content.decode()) for answer in answers]
        assert texts[0] == texts[1]


def test_everybody_can_keep_the_signed_stands_and_a_proof_rests_on_one_of_them(looked, citizen):
    _, line = looked
    (stand,) = Client().get(f"/{PREFIX}/heads").json()["heads"]
    proof = proving.proof(citizen("student", GRANT), line)
    assert {name: proof[name] for name in stand} == stand
    assert Client().get(f"/{PREFIX}/heads?before=1").json() == {"heads": []}


@pytest.mark.parametrize("before", ["x", "-1", "9" * 60])
def test_a_place_that_is_none_is_refused_or_shows_everything_before_it(looked, before):
    answer = Client().get(f"/{PREFIX}/heads", {"before": before})
    assert answer.status_code in (200, 400)
    assert answer.status_code == 400 or len(answer.json()["heads"]) == 1


def test_everybody_can_check_that_a_later_stand_only_added_to_the_one_they_kept(looked, citizen):
    logbook.record(citizen("student", GRANT), Entry(kind=Kind.ACT, subject=None))
    logbook.seal()
    proof = Client().get(f"/{PREFIX}/consistency", {"first": 1, "second": 2}).json()
    assert proving.check_consistency(proof) == (1, 2)


@pytest.mark.parametrize(
    ("asked", "status"), [((1, 9), 404), ((0, 1), 400), (("x", 1), 400), ((1, 10**30), 400), ((2, 1), 404)]
)
def test_stands_that_were_never_signed_prove_nothing(looked, asked, status):
    answer = Client().get(f"/{PREFIX}/consistency", dict(zip(("first", "second"), asked, strict=True)))
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
