"""Branches that no example reaches, series that end, and what a change of files does."""

import json
import shutil
from pathlib import Path

import pytest

from dichterbij.law import LawSet
from dichterbij.law.command import run
from dichterbij.law.impact import decisions, invented
from dichterbij.law.series import endings

from .laws_of_test import ALLOWANCE, AMOUNTS, TERRITORY, VOCABULARY, law, question

MAPPING = """
proefjes:
  - law: toeslagwet
    period: {column: date}
    input: {inkomen: {fact: inkomen, unit: euro}, verzekerd: verzekerd}
    expected: {toeslag: {output: toeslag, unit: euro}}
    assume: {p1: {geboortedatum: '1990-01-01', partner: null}}
"""
HEADER = "id,date,input,expected,source\n"
ROW = '{id},2026-01-01,"{{""inkomen"": {income}, ""verzekerd"": {insured}}}","{{""toeslag"": {expected}}}",ons\n'


def folder_of(place: Path, *rows: str, limit: str = "5000000") -> Path:
    """Write the allowance as a folder of law files with these rows as its examples."""
    files = {
        "facts.yaml": VOCABULARY,
        "nl/toeslagwet/2026-01-01.yaml": law("toeslagwet", ALLOWANCE, extra=TERRITORY),
        "nl/regeling/2026-01-01.yaml": law(
            "regeling", AMOUNTS.replace("5000000", limit), layer="MINISTERIELE_REGELING", extra="valid_to: '2026-06-30'"
        ),
        "nl/toeslagwet/cases/mapping.yaml": MAPPING,
        "nl/toeslagwet/cases/proefjes.csv": HEADER + "".join(rows),
    }
    for name, content in files.items():
        file = place / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, encoding="utf-8")
    return place


RICH = ROW.format(id="rijk", income=60_000, insured="true", expected=0)
POOR = ROW.format(id="arm", income=10_000, insured="true", expected=436)
UNINSURED = ROW.format(id="zonder", income=10_000, insured="false", expected=0)


def test_a_branch_that_no_example_takes_is_listed_with_its_file_line_and_path(tmp_path, capsys) -> None:
    folder = folder_of(tmp_path, RICH)
    assert run(["--laws", str(folder), "coverage", "toeslagwet"]) == 1
    told = capsys.readouterr().out
    assert "toeslagwet: 2 of 5 branches covered" in told
    assert "2026-01-01.yaml:" in told
    assert "artikel 2 articles.2.machine_readable.execution.actions.toeslag.value.cases.0" in told
    assert "execution.actions.toeslag.value.cases.1" not in told
    assert told.endswith("total: 1 rows, 3 branches not covered\n")


def test_more_examples_can_be_given_beside_those_of_the_law(tmp_path, capsys) -> None:
    folder = folder_of(tmp_path / "laws", RICH)
    more = tmp_path / "proefjes.csv"
    more.write_text(HEADER + POOR + UNINSURED, encoding="utf-8")
    run(["--laws", str(folder), "coverage", "--cases", str(more)])
    told = capsys.readouterr().out
    assert "toeslagwet: 4 of 5 branches covered" in told
    assert "gezamenlijk_inkomen.value.default" in told


def test_an_unknown_law_and_a_file_that_is_none_are_wrong_use(tmp_path, capsys) -> None:
    folder = folder_of(tmp_path, RICH)
    assert run(["--laws", str(folder), "coverage", "niets"]) == 2
    assert run(["--laws", str(folder), "coverage", "--cases", str(tmp_path / "niets.csv")]) == 2
    assert run(["impact", str(folder), str(tmp_path / "niets")]) == 2


def test_the_calendar_says_which_file_to_copy_and_which_amounts_to_change(tmp_path, capsys) -> None:
    folder = folder_of(tmp_path, RICH)
    (ending,) = endings(LawSet.load([folder]))
    assert (ending.law, ending.first_day.isoformat(), ending.next_last_day.isoformat()) == (
        "regeling", "2026-07-01", "2026-12-31",
    )  # fmt: skip
    assert ending.next_file.endswith("nl/regeling/2026-07-01.yaml")
    assert [(amount.article, amount.name, amount.value) for amount in ending.amounts] == [("1", "grens", 5_000_000)]
    assert run(["--laws", str(folder), "calendar", "--on", "2026-06-15"]) == 0
    told = capsys.readouterr().out
    assert "ends 2026-06-30: ready before 2026-07-01" in told and "article 1 grens: now 5000000" in told
    run(["--laws", str(folder), "calendar", "--on", "2026-07-01"])
    assert "1 series end, 1 have ended" in capsys.readouterr().out


def test_a_change_tells_how_many_outcomes_differ_and_by_how_much(tmp_path, capsys) -> None:
    old, new = folder_of(tmp_path / "old", RICH, POOR), folder_of(tmp_path / "new", RICH, POOR, limit="7000000")
    people = tmp_path / "people"
    people.mkdir()
    facts = {"geboortedatum": "1990-01-01", "verzekerd": True, "partner": None, "inkomen": 6_500_000}
    (people / "een.json").write_text(json.dumps({"subject": "a", "persons": {"a": facts}}), encoding="utf-8")
    arguments = ["impact", str(old), str(new), "--on", "2026-01", "--facts", str(people), "--invented", "30"]
    assert run(arguments) == 0
    told = capsys.readouterr().out
    assert "toeslagwet#toeslag: " in told
    assert "proefjes rijk toeslagwet: 0 -> 261600" in told
    assert "toeslagwet#heeft_recht" not in told
    run([*arguments[:-1], "0"])
    told = capsys.readouterr().out
    assert "toeslagwet#toeslag: 2 of 3 outcomes differ, by 261600 to 283400, 272500 on average" in told
    assert "een.json: 0 -> 283400" in told


def test_nothing_differs_between_a_folder_and_its_copy(tmp_path, capsys) -> None:
    folder = folder_of(tmp_path / "old", RICH, POOR)
    shutil.copytree(folder, tmp_path / "new")
    assert run(["impact", str(folder), str(tmp_path / "new"), "--on", "2026-01"]) == 0
    assert capsys.readouterr().out.startswith("total: ")


@pytest.mark.parametrize("count", [1, 40])
def test_invented_people_are_the_same_every_time_and_reach_both_sides_of_a_limit(tmp_path: Path, count: int) -> None:
    laws = LawSet.load([folder_of(tmp_path, RICH)])
    base = question(law_="", year=2026)
    assert [each.law for each in decisions(laws, base)] == ["toeslagwet"]
    first, again = (list(invented(laws, base, count)) for _ in range(2))
    assert first == again and len(first) == count
    if count > 1:
        incomes = {each.facts.persons["p1"].get("inkomen") for each in first}
        assert incomes & {4_999_999, 5_000_000, 5_000_001}
