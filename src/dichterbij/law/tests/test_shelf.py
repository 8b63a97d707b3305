"""Law files that were read before: the same law set, sooner; never from a file somebody else could have written."""

import json
from pathlib import Path

import pytest

from dichterbij.law import LawSet, LawSetInvalid
from dichterbij.law.shelf import Shelf

LAWS = Path(__file__).resolve().parents[4] / "laws" / "nl" / "wet_op_de_zorgtoeslag"
FACTS = Path(__file__).resolve().parents[4] / "laws" / "facts.yaml"


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    """A private folder with the files of a law."""
    LawSet.load([LAWS, FACTS], shelf=tmp_path / "shelf")
    return tmp_path / "shelf"


def written(shelf: Path) -> Path:
    """Return the file on the shelf."""
    (file,) = shelf.iterdir()
    return file


def test_what_was_read_before_gives_the_same_law_set(shelf: Path) -> None:
    assert all(Shelf.open(shelf).has(file.read_text()) for file in [*LAWS.glob("*.yaml"), FACTS])
    again, fresh = LawSet.load([LAWS, FACTS], shelf=shelf), LawSet.load([LAWS, FACTS])
    assert (again.laws, again.vocabulary, again.hash) == (fresh.laws, fresh.vocabulary, fresh.hash)


def test_a_changed_file_is_read_and_checked_again(shelf: Path, tmp_path: Path) -> None:
    changed = tmp_path / "2026.yaml"
    changed.write_text(next(LAWS.glob("*.yaml")).read_text().replace("regulatory_layer: WET", "regulatory_layer: WENS"))
    with pytest.raises(LawSetInvalid):
        LawSet.load([changed, FACTS], shelf=shelf)
    assert not Shelf.open(shelf).has(changed.read_text())


def test_a_file_that_others_can_write_is_not_believed(shelf: Path) -> None:
    file = written(shelf)
    file.write_text(json.dumps({key: {"$id": "vals", "articles": []} for key in json.loads(file.read_text())}))
    with pytest.raises(LawSetInvalid, match="vals"):
        LawSet.load([LAWS, FACTS], shelf=shelf)
    file.chmod(0o666)
    assert "wet_op_de_zorgtoeslag" in LawSet.load([LAWS, FACTS], shelf=shelf).laws


def test_a_folder_that_others_can_write_is_not_used(shelf: Path) -> None:
    shelf.chmod(0o777)
    assert not Shelf.open(shelf).known


def test_a_broken_file_is_read_afresh(shelf: Path) -> None:
    written(shelf).write_text("{")
    assert "wet_op_de_zorgtoeslag" in LawSet.load([LAWS, FACTS], shelf=shelf).laws
