"""Conformance scenarios on columns: as one row and as a thousand they give what one person gets."""

from decimal import Decimal
from pathlib import Path

import pytest

from dichterbij.law import LawSet
from dichterbij.law.columns import scenario
from dichterbij.law.conformance import run
from dichterbij.law.conformance.beside import Beside, Differs
from dichterbij.law.conformance.world import World
from dichterbij.law.tests.test_conformance import FEATURE, GRAMMAR, PUBLISHED
from dichterbij.law.tests.test_format import article, file, giver, reader

COLLECTION = """
execution:
  parameters: [{name: bedragen, type: array}, {name: dag, type: date}, {name: deel, type: number}]
  output: [{name: uitkomst, type: number}, {name: later, type: date}]
  actions:
    - output: uitkomst
      value:
        operation: FOREACH
        collection: $bedragen
        as: bedrag
        filter: {operation: GREATER_THAN, subject: $bedrag, value: 10}
        body: {operation: ROUND, value: {operation: MULTIPLY, values: [$bedrag, $deel]}, precision: 0}
        combine: ADD
    - output: later
      value: {operation: DATE_ADD, date: $dag, months: 1}
"""


def test_records_unknown_cells_and_errors_are_the_same_on_columns(tmp_path: Path) -> None:
    (tmp_path / "grammar.yaml").write_text(GRAMMAR)
    (tmp_path / "own.feature").write_text(FEATURE)
    (tmp_path / "a.yaml").write_text(file(reader("{}")))
    (tmp_path / "b.yaml").write_text(file(giver("5", "{name: bsn, type: string, required: false}"), id_="bron"))
    report = run(tmp_path, columns=True)
    assert (report.passed, report.failed, report.unsupported) == (5, 1, 1)
    assert "expected 6, got 5" in str(report)
    assert report.columns == "columns: 5 evaluations the same, 5 of them without the scalar steps"


def test_lists_and_dates_are_the_same_on_columns() -> None:
    world = World(LawSet.of({"a.yaml": file(article(COLLECTION))}, strict=False), beside=Beside())
    world.parameters = {"bedragen": (10, 11, 25), "deel": Decimal("0.5"), "dag": "2025-01-31"}
    world.evaluate("proef", ("uitkomst", "later"))
    assert world.outcome.outputs == {"uitkomst": 19, "later": "2025-02-28"}
    assert str(world.beside) == "columns: 1 evaluations the same, 1 of them without the scalar steps"


def test_a_difference_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scenario, "found_alone", lambda *_: (0, 20))
    world = World(LawSet.of({"a.yaml": file(article(COLLECTION))}, strict=False), beside=Beside())
    world.parameters = {"bedragen": (10, 11, 25), "deel": Decimal("0.5"), "dag": "2025-01-31"}
    with pytest.raises(Differs, match="columns give"):
        world.evaluate("proef", ("uitkomst",))


@pytest.mark.skipif(not PUBLISHED.is_dir(), reason="the published folder is not on this machine")
def test_every_published_scenario_is_the_same_on_columns() -> None:
    report = run(PUBLISHED, columns=True)
    assert report.is_clean, str(report)
    assert report.columns.startswith("columns: ")
