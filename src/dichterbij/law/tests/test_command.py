"""The command line gives the answers and exit codes of the contract."""

import json
from pathlib import Path

import pytest

from dichterbij.law import LawSet
from dichterbij.law.command import run

from .laws_of_test import SHIPPED, shipped

PERSON = {
    "geboortedatum": "1980-01-01", "partner": None, "samenwonende": None, "verzekerd_zvw": True,
    "toetsingsinkomen": 3_100_000, "rendementsgrondslag": 0, "rechtmatig_verblijf": True,
}  # fmt: skip


@pytest.fixture(autouse=True)
def _the_shipped_laws_are_read_once(monkeypatch) -> None:
    laws, load = shipped(), LawSet.load
    monkeypatch.setattr(LawSet, "load", lambda paths: laws if paths == [SHIPPED] else load(paths))


def facts_file(folder: Path, person: dict) -> str:
    file = folder / "facts.json"
    file.write_text(json.dumps({"subject": "p1", "persons": {"p1": person}}), encoding="utf-8")
    return str(file)


def evaluate(folder: Path, person: dict, *more: str, on: str = "2026-06") -> int:
    return run(["evaluate", "wet_op_de_zorgtoeslag", *more, "--on", on, "--facts", facts_file(folder, person)])


def test_a_determined_outcome_is_printed_as_json_with_receipt_and_trace(tmp_path, capsys) -> None:
    assert evaluate(tmp_path, PERSON, "--json", "--trace") == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["state"] == "determined"
    assert answer["outputs"]["zorgtoeslag_per_maand"] == 11_400
    assert answer["receipt"] and answer["trace"]["root"]
    assert (answer["questions"], answer["problem"]) == ([], None)


def test_one_output_can_be_asked(tmp_path, capsys) -> None:
    assert evaluate(tmp_path, PERSON, "normpremie", "--json") == 0
    assert json.loads(capsys.readouterr().out)["outputs"]["normpremie"] == 74_210


def test_an_open_outcome_lists_the_questions(tmp_path, capsys) -> None:
    person = {key: value for key, value in PERSON.items() if key != "toetsingsinkomen"}
    assert evaluate(tmp_path, person, "--json") == 3
    answer = json.loads(capsys.readouterr().out)
    assert answer["state"] == "open"
    assert [question["fact"] for question in answer["questions"]] == ["toetsingsinkomen"]
    assert answer["questions"][0]["origin"] == "register"


def test_a_year_without_amounts_is_refused(tmp_path, capsys) -> None:
    assert evaluate(tmp_path, PERSON, "--json", on="2027") == 4
    answer = json.loads(capsys.readouterr().out)
    assert (answer["state"], answer["problem"]["code"]) == ("refused", "no_amounts_for_period")


def test_an_error_has_the_name_of_the_format(tmp_path, capsys) -> None:
    assert evaluate(tmp_path, PERSON, "bestaat_niet", "--json") == 1
    answer = json.loads(capsys.readouterr().out)
    assert (answer["state"], answer["problem"]["name"]) == ("error", "OutputNotFound")
    assert evaluate(tmp_path, {**PERSON, "toetsingsinkomen": "veel"}) == 1
    assert "TypeMismatch" in capsys.readouterr().err


@pytest.mark.parametrize(
    "argv",
    [[], ["evaluate"], ["evaluate", "wet", "--on", "soon", "--facts", "x"], ["cases", "/nowhere.csv"], ["dance"]],
)
def test_wrong_use_ends_with_two(argv, capsys) -> None:
    assert run(argv) == 2
    assert capsys.readouterr().err


def test_a_facts_file_that_is_none_ends_with_two(tmp_path, capsys) -> None:
    (tmp_path / "facts.json").write_text("{]", encoding="utf-8")
    assert run(["evaluate", "wet_op_de_zorgtoeslag", "--on", "2026", "--facts", str(tmp_path / "facts.json")]) == 2
    assert "facts file" in capsys.readouterr().err


def test_a_name_that_no_law_asks_is_refused_and_not_taken_for_nothing(tmp_path, capsys) -> None:
    assert evaluate(tmp_path, {**PERSON, "toetsingsinkommen": 1}) == 2
    assert "no fact 'toetsingsinkommen'" in capsys.readouterr().err
    assert evaluate(tmp_path, PERSON, "--what-if", "inkommen=1") == 1
    assert evaluate(tmp_path, PERSON, "--curve", "inkommen=0:1") == 1


def test_each_question_says_for_which_outcomes_it_is_asked(tmp_path, capsys) -> None:
    assert run(["evaluate", "algemene_nabestaandenwet", "--on", "2026-06", "--facts", facts_file(tmp_path, {})]) == 3
    asked = dict(line.rsplit(" -> ", 1) for line in capsys.readouterr().out.splitlines() if line.startswith("?"))
    assert len(asked) > 5
    alone = [question for question, outputs in asked.items() if outputs == "nabestaandenuitkering_eindigt"]
    assert [question for question in alone if "getrouwd" in question]


def test_an_income_far_above_the_limit_is_a_no_before_anything_else_is_asked(tmp_path, capsys) -> None:
    person = {"partner": None, "samenwonende": None, "toetsingsinkomen": 12_000_000}
    assert evaluate(tmp_path, person) == 0
    told = capsys.readouterr().out
    assert told.startswith("U hebt geen recht op zorgtoeslag. De wet geeft deze uitkomst")
    assert "- Het inkomen is te hoog voor deze toeslag." in told


def test_a_conformance_folder_without_anything_to_run_is_wrong_use(tmp_path, capsys) -> None:
    assert run(["conformance", str(tmp_path)]) == 2
    (tmp_path / "empty.feature").write_text("Feature: nothing\n", encoding="utf-8")
    assert run(["conformance", str(tmp_path)]) == 2
    assert "to run" in capsys.readouterr().err


def test_a_territory_that_is_none_is_not_taken_for_the_netherlands(tmp_path, capsys) -> None:
    assert evaluate(tmp_path, PERSON, "--territory", "XX") == 2
    assert "'XX' is no territory" in capsys.readouterr().err
    assert evaluate(tmp_path, PERSON, "--territory", "GM0599") == 0


def test_a_subject_that_is_none_of_the_persons_ends_with_two(tmp_path, capsys) -> None:
    (tmp_path / "facts.json").write_text('{"subject": "p9", "persons": {"p1": {}}}', encoding="utf-8")
    assert run(["evaluate", "wet_op_de_zorgtoeslag", "--on", "2026", "--facts", str(tmp_path / "facts.json")]) == 2
    assert "'p9' is none of the persons" in capsys.readouterr().err


def test_plain_text_tells_outcome_reasons_and_steps(tmp_path, capsys) -> None:
    assert evaluate(tmp_path, {**PERSON, "toetsingsinkomen": 5_000_000}, "--trace", "--language", "en") == 0
    out = capsys.readouterr().out
    assert "You have no right to healthcare allowance." in out
    assert "€40,857.00" in out and "[Wet op de zorgtoeslag, 2]" in out


def test_cases_print_a_line_per_file_and_a_total(tmp_path, capsys) -> None:
    good = SHIPPED / "nl/wet_op_de_zorgtoeslag/cases/zorgtoeslag_officieel.csv"
    assert run(["cases", str(good)]) == 0
    out = capsys.readouterr().out.splitlines()
    assert out[0].endswith("19 passed, 0 failed, 0 skipped")
    assert "assumed: p1.geboortedatum" in out[1]
    assert out[-1] == "total: 19 passed, 0 failed, 0 skipped"


def test_a_case_that_differs_or_has_no_mapping_fails_with_expected_and_got(tmp_path, capsys) -> None:
    wrong = tmp_path / "zorgtoeslag.csv"
    wrong.write_text(
        "id,date,input,expected\n"
        'a,2026-01-01,"{""jaar"": 2026, ""toeslagpartner"": false, ""toetsingsinkomen"": 30000}",'
        '"{""maandbedrag"": 1}"\n'
        'b,2026-01-01,"{""schoenmaat"": 42}","{""maandbedrag"": 1}"\n',
        encoding="utf-8",
    )
    assert run(["cases", str(wrong)]) == 1
    out = capsys.readouterr().out
    assert 'a: expected {"maandbedrag": 1}, got {"maandbedrag": "126"}' in out
    assert "b: expected" in out and "no mapping for input ['schoenmaat']" in out
    assert out.splitlines()[-1] == "total: 0 passed, 2 failed, 0 skipped"


@pytest.mark.slow
def test_a_row_that_lacks_a_word_of_its_outcome_fails_alone(tmp_path, capsys) -> None:
    rows = tmp_path / "gezag_vertegenwoordiging.csv"
    rows.write_text(
        "id,date,input,expected\n"
        'a,2026-01-01,"{""machtiging"": ""actief"", ""einddatum"": ""2026-12-31""}","{""mag"": ""gemachtigde""}"\n'
        'b,2026-01-01,"{""machtiging"": ""actief"", ""einddatum"": ""2025-12-31""}","{""mag"": ""niet""}"\n',
        encoding="utf-8",
    )
    assert run(["cases", str(rows)]) == 1
    out = capsys.readouterr().out
    assert "need 'dienst' in the row" in out
    assert out.splitlines()[-1] == "total: 1 passed, 1 failed, 0 skipped"


@pytest.mark.slow
def test_our_own_law_files_are_clean_and_listed(capsys) -> None:
    assert run(["check"]) == 0
    assert capsys.readouterr().out.endswith(" 0 defects\n")
    assert run(["list"]) == 0
    assert "wet_op_de_zorgtoeslag" in capsys.readouterr().out


def test_a_defect_is_reported_with_file_and_sentence(tmp_path, capsys) -> None:
    (tmp_path / "wet.yaml").write_text("$id: wet\narticles: []\n", encoding="utf-8")
    assert run(["check", str(tmp_path)]) == 1
    assert "wet.yaml" in capsys.readouterr().out


def test_a_law_file_that_is_no_text_is_a_defect_beside_the_others(tmp_path, capsys) -> None:
    (tmp_path / "a.yaml").write_bytes(b"$id: a\nname: \xff\xfe\n")
    (tmp_path / "b.yaml").write_text("$id: b\n$id: c\n", encoding="utf-8")
    assert run(["check", str(tmp_path)]) == 1
    out = capsys.readouterr().out
    assert "a.yaml:2" in out and "[NoText]" in out and "[DuplicateKey]" in out


def test_a_law_that_takes_no_decision_gives_all_it_can(tmp_path, capsys) -> None:
    file = facts_file(tmp_path, {"startdatum_onderneming": "2026-06-01"})
    assert run(["evaluate", "handelsregisterwet_2007", "--on", "2026-06-15", "--facts", file, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["outputs"]["laatste_dag_inschrijving_kvk"] == "2026-06-08"


def test_what_if_a_curve_and_what_would_change_it_can_be_asked(tmp_path, capsys) -> None:
    assert evaluate(tmp_path, PERSON, "--what-if", "toetsingsinkomen=9000000", "--json") == 0
    assert json.loads(capsys.readouterr().out)["outputs"]["zorgtoeslag_per_jaar"] == 0
    assert evaluate(tmp_path, PERSON, "--curve", "toetsingsinkomen=0:6000000", "--changes", "--json") == 0
    answer = json.loads(capsys.readouterr().out)
    assert len(answer["curve"]) == 200 and answer["turns"]
    assert answer["changes"][0]["fact"] == "toetsingsinkomen"
    assert answer["changes"][0]["sentence"].startswith("Stel dat wij bij")


def test_a_what_if_that_cannot_be_is_an_error_and_a_wrong_one_is_wrong_use(tmp_path, capsys) -> None:
    assert evaluate(tmp_path, PERSON, "--what-if", "schoenmaat=1") == 1
    assert "UnknownFact" in capsys.readouterr().err
    assert evaluate(tmp_path, PERSON, "--what-if", "schoenmaat") == 2
    assert evaluate(tmp_path, PERSON, "--curve", "toetsingsinkomen") == 2


def test_the_stages_of_a_decision_are_walked_through_as_far_as_the_facts_go(tmp_path, capsys) -> None:
    known = {**PERSON, "aanvraag_datum": "2026-06-15", "opgeschorte_dagen": None}
    assert evaluate(tmp_path, PERSON, "--stages") == 3
    assert capsys.readouterr().out == "AANVRAAG: requires aanvraag_datum\n"
    assert evaluate(tmp_path, known, "--stages") == 3
    told = capsys.readouterr().out
    assert "BESLUIT: motivering_verplicht = True" in told
    assert told.endswith("BEKENDMAKING: requires bekendmaking_datum\n")
    assert evaluate(tmp_path, {**known, "bekendmaking_datum": "2026-06-15"}, "--stages") == 0
    assert "laatste_dag_bezwaar = 2026-07-27" in capsys.readouterr().out


def test_a_folder_that_is_not_there_is_wrong_use(tmp_path, capsys) -> None:
    assert run(["check", str(tmp_path / "nope")]) == 2
    assert run(["--laws", str(tmp_path / "nope"), "list"]) == 2
    assert "does not exist" in capsys.readouterr().err
