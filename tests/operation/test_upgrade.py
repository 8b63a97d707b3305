"""An instance of an earlier release comes to this one with everything people had: `releases/` keeps one of each.

A kept instance: `prepare`, `demonstration --persons 20`, the journey of `benchmarks/story.py`, and the state folder
packed without `static` and `shelf`.
"""

import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from . import applying
from .guest import Guest
from .product import Product

pytestmark = pytest.mark.slow
RELEASES = sorted((Path(__file__).parent / "releases").glob("*.tar.xz"))


@pytest.fixture(params=RELEASES, ids=lambda path: path.name)
def earlier(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Product]:
    """An instance as an earlier release left it, on SQLite."""
    with tarfile.open(request.param) as packed:
        packed.extractall(tmp_path / "state", filter="data")
    instance = Product(tmp_path / "state")
    yield instance
    for server in instance.servers:
        server.stop()


def test_after_an_upgrade_people_find_their_case_their_letter_and_who_looked(earlier: Product, tmp_path: Path) -> None:
    said = earlier.run("upgrade", str(tmp_path / "copy"))
    assert said.endswith("Everything works. You can serve.\n")
    student = Guest(earlier.start().address)
    student.log_in("student")
    case = student.get(applying.cases(student)[0])
    letter = student.get(case.link("/messages/"))
    assert "aanvullende beurs" in letter.main.lower()
    assert student.http.get(f"{student.address}{letter.path}/pdf").content.startswith(b"%PDF")
    assert "aanvullende beurs" in student.get("/who-looked").main.lower()


def test_after_an_upgrade_a_draft_of_before_becomes_an_application(earlier: Product, tmp_path: Path) -> None:
    earlier.run("upgrade", str(tmp_path / "copy"))
    student = Guest(earlier.start().address)
    student.log_in("student")
    draft = student.get("/apply/zorgtoeslag")
    review = applying.fill(student, student.press(draft, draft.form()))
    assert student.press(review, applying.sending(review)).path.endswith("/received")


def test_the_copy_it_made_brings_everything_back(earlier: Product, tmp_path: Path) -> None:
    earlier.run("upgrade", str(tmp_path / "copy"))
    assert "Back as of" in earlier.run("restore", str(tmp_path / "copy"))


def test_an_upgrade_that_cannot_make_its_copy_changes_nothing(earlier: Product, tmp_path: Path) -> None:
    before = (earlier.state / "dichterbij.sqlite3").read_bytes()
    (tmp_path / "copy").mkdir()
    (tmp_path / "copy" / "something").touch()
    with pytest.raises(AssertionError, match="is niet leeg"):
        earlier.run("upgrade", str(tmp_path / "copy"))
    assert (earlier.state / "dichterbij.sqlite3").read_bytes() == before
