"""Running conformance folders: the published one where it is, and small ones of our own."""

from pathlib import Path

import pytest

from dichterbij.law.conformance import run

from .test_format import article, file, giver, reader

PUBLISHED = Path(__file__).resolve().parents[5] / "shared" / "conformance" / "regelrecht"

GRAMMAR = """
version: 1
steps:
  - {id: d, action: set_calculation_date, keyword: given, tier: core, text: 'the day is "{date}"'}
  - {id: p, action: set_parameter, keyword: given, tier: core, text: '"{name}" has {value}'}
  - {id: s, action: set_data_source_for_law, keyword: given, tier: core,
     text: 'records "{source}" by "{key}" for "{law}":', datatable: true}
  - {id: c, action: set_parameter_collection, keyword: given, tier: core, text: '"{name}" holds:', datatable: true}
  - {id: e, action: evaluate_outputs, keyword: when, tier: core, text: 'I ask "{outputs}" of "{law}"'}
  - {id: q, action: assert_equals, keyword: then, tier: core, text: '"{output}" equals {value}'}
  - {id: u, action: assert_unknown_for, keyword: then, tier: core, text: '"{output}" lacks "{name}"'}
  - {id: a, action: assert_null, keyword: then, tier: core, text: '"{output}" is absent'}
  - {id: f, action: assert_fails_with, keyword: then, tier: core, text: 'it fails with "{message}"'}
  - {id: x, action: dance, keyword: then, tier: core, text: 'I dance'}
"""

FEATURE = """
@tier:core
Feature: Own scenarios

  Background:
    Given the day is "2025-01-01"

  Scenario: A record answers
    Given records "register" by "bsn" for "proef":
      | bsn | gelezen |
      | 1   | 42      |
    And "bsn" has 1
    When I ask "uitkomst" of "proef"
    Then "uitkomst" equals 42

  Scenario: An empty cell is unknown, a null cell is absent
    Given records "register" by "bsn" for "proef":
      | bsn | gelezen |
      | 1   |         |
      | 2   | null    |
    And "bsn" has 1
    When I ask "uitkomst" of "proef"
    Then "uitkomst" lacks "gelezen"
    Given "bsn" has 2
    When I ask "uitkomst" of "proef"
    Then "uitkomst" is absent

  Scenario: A record for another law is not seen
    Given records "register" by "bsn" for "ander":
      | bsn | gelezen |
      | 1   | 42      |
    And "bsn" has 1
    When I ask "uitkomst" of "proef"
    Then "uitkomst" lacks "gelezen"

  Scenario Outline: An output that does not exist
    When I ask "<output>" of "proef"
    Then it fails with "Output '<output>' not found"

    Examples:
      | output |
      | niets  |
      | nergens|

  Scenario: What we get wrong is told
    When I ask "gegeven" of "bron"
    Then "gegeven" equals 6

  Scenario: What we do not know is told
    Then I dance
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A flat folder: laws, grammar and scenarios side by side."""
    (tmp_path / "grammar.yaml").write_text(GRAMMAR)
    (tmp_path / "own.feature").write_text(FEATURE)
    (tmp_path / "a.yaml").write_text(file(reader("{}")))
    (tmp_path / "b.yaml").write_text(file(giver("5", "{name: bsn, type: string, required: false}"), id_="bron"))
    return tmp_path


def test_a_flat_folder_is_run_with_its_own_grammar(folder: Path) -> None:
    report = run(folder)
    assert (report.passed, report.failed, report.unsupported) == (5, 1, 1)
    assert not report.is_clean
    assert str(report).endswith("total: 5 passed, 1 failed, 1 unsupported")
    assert "expected 6, got 5" in str(report)


NEWEST = """
Feature: sentences that are known without a grammar
  Scenario Outline: a collection, an empty cell and a register of one law
    Given the calculation date is "2026-05-04"
    And law "proef" is loaded
    And parameter "bsn" is "1"
    And parameter "zaken" is the collection:
      | prijs |
      | <one> |
      | 30    |
    And the following "register" data with key "bsn" for law "andere_wet":
      | bsn | inkomen |
      | 1   | 5       |
    When I evaluate "gegeven" of "proef"
    Then output "gegeven" equals <sum>

    Examples:
      | one  | sum  |
      | 20   | 50   |
      | 20.5 | 50.5 |
"""


def test_a_folder_without_a_grammar_is_read_with_the_published_sentences(tmp_path: Path) -> None:
    summed = "{operation: FOREACH, collection: $zaken, as: zaak, body: $zaak.prijs, combine: ADD}"
    (tmp_path / "proef.yaml").write_text(file(giver(summed)), encoding="utf-8")
    (tmp_path / "newest.feature").write_text(NEWEST, encoding="utf-8")
    report = run(tmp_path)
    assert (report.passed, report.failed, report.unsupported) == (2, 0, 0), str(report)


def test_a_broken_law_file_fails_only_the_scenarios_that_need_it(folder: Path) -> None:
    (folder / "b.yaml").write_text("$id: bron\narticles: [")
    assert run(folder).passed == 5


def test_fixtures_say_what_must_be_accepted_and_refused(tmp_path: Path) -> None:
    for name in ("valid", "invalid"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "good.yaml").write_text(file(article("execution: {}")))
    report = run(tmp_path)
    assert (report.passed, report.failed) == (1, 1)


@pytest.mark.skipif(not PUBLISHED.is_dir(), reason="the published folder is not on this machine")
def test_the_published_folder_passes_entirely() -> None:
    report = run(PUBLISHED)
    assert report.is_clean, str(report)
    assert report.passed >= 100
