"""`law new`: what it lays out works at once, touches nothing that is there, and refuses in a sentence."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from dichterbij.kernel.periods import Period
from dichterbij.law import Determined, Facts, LawSet, Question, Refused, determine, explain
from dichterbij.law.cases import run_file
from dichterbij.law.cases_mapping import CaseMapping
from dichterbij.law.command import run
from dichterbij.law.labels_check import check_labels
from dichterbij.law.new import CannotLayOut, Scheme, lay_out

REPOSITORY = Path(__file__).parents[4]
JUNE = date(2026, 6, 1)
SCHEME = Scheme(
    name="noodfonds-hitte",
    title="Noodfonds hitte",
    organisation="rotterdam",
    first_on=JUNE,
    last_on=date(2026, 12, 31),
    url="https://example.org/noodfonds",
)
PERSON = {"geboortedatum": "1990-01-01", "toetsingsinkomen": 2000000, "extra_kosten_noodfonds_hitte": True}


def laid_out(folder: Path, organisation: str = "rotterdam") -> LawSet:
    lay_out(replace(SCHEME, organisation=organisation), folder, [REPOSITORY])
    return LawSet.load([REPOSITORY / "laws" / "facts.yaml", folder / "laws"])


def asked(laws: LawSet, **facts: object) -> object:
    question = Question(
        law="noodfonds_hitte", outputs=(), subject="p1", period=Period.month_of(JUNE), decided_on=date(2026, 6, 15)
    )
    return determine(laws, question, Facts(subject="p1", persons={"p1": {**PERSON, **facts}}))


def test_the_scheme_of_a_municipality_is_for_who_lives_there(tmp_path):
    laws = laid_out(tmp_path)
    here, elsewhere = asked(laws, gemeente_code="GM0599"), asked(laws, gemeente_code="GM0150")
    assert isinstance(here, Determined)
    assert (here.outputs["heeft_recht_op_noodfonds_hitte"], here.outputs["bedrag_noodfonds_hitte"]) == (True, 50000)
    assert elsewhere.outputs["heeft_recht_op_noodfonds_hitte"] is False
    assert "U woont niet in de gemeente." in explain(elsewhere, laws, "nl").why_not


def test_the_scheme_of_an_agency_asks_nothing_about_a_municipality(tmp_path):
    outcome = asked(laid_out(tmp_path, "svb"))
    assert isinstance(outcome, Determined)
    assert "gemeente_code" not in outcome.graph.facts


def test_its_examples_pass_and_its_words_are_complete_in_three_languages(tmp_path):
    laid_out(tmp_path)
    roots = [REPOSITORY / "laws", tmp_path / "laws"]
    laws = LawSet.load([REPOSITORY / "laws" / "facts.yaml", REPOSITORY / "laws" / "facts", tmp_path / "laws"])
    cases = tmp_path / "laws/nl/noodfonds_hitte/cases/noodfonds_hitte.csv"
    report = run_file(cases, laws, CaseMapping.load(roots), frozenset())
    assert (report.passed, report.failures) == (4, [])
    assert [defect for defect in check_labels(laws) if "noodfonds" in f"{defect.file} {defect.path}"] == []


def test_before_it_begins_it_is_refused(tmp_path):
    question = Question(
        law="noodfonds_hitte", outputs=(), subject="p1", period=Period.month(2026, 5), decided_on=date(2026, 6, 15)
    )
    assert isinstance(determine(laid_out(tmp_path), question, Facts(subject="p1", persons={})), Refused)


def test_what_is_there_stays_and_is_named(tmp_path):
    mine = tmp_path / "laws" / "facts.yaml"
    mine.parent.mkdir(parents=True)
    mine.write_text("# mine\n", encoding="utf-8")
    kept = [each for each in lay_out(SCHEME, tmp_path, [REPOSITORY]) if each.was_there]
    assert [each.file for each in kept] == [mine]
    assert "extra_kosten_noodfonds_hitte" in kept[0].content
    assert mine.read_text(encoding="utf-8") == "# mine\n"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["Noodfonds 1", "--organisation", "rotterdam"], "'Noodfonds 1' is no name"),
        (["noodfonds", "--organisation", "niemand"], "there is no organisation 'niemand'; choose from: "),
        (["noodfonds", "--organisation", "rotterdam", "--from", "2027-01-01"], "before it begins"),
    ],
)
def test_what_cannot_be_laid_out_is_refused_in_a_sentence(tmp_path, capsys, arguments, sentence):
    assert run(["new", *arguments, "--until", "2026-12-31", "--folder", str(tmp_path)]) == 2
    assert sentence in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_without_a_folder_it_says_where_to_put_it(monkeypatch, capsys):
    monkeypatch.delenv("DICHTERBIJ_DATA", raising=False)
    assert run(["new", "noodfonds", "--organisation", "rotterdam", "--until", "2026-12-31"]) == 2
    assert "--folder" in capsys.readouterr().err


def test_the_first_scheme_of_an_own_organisation_goes_in_an_overlay_without_laws(tmp_path):
    own = tmp_path / "content" / "organisations" / "waterdorp.yaml"
    own.parent.mkdir(parents=True)
    own.write_text("{name: Gemeente Waterdorp, kind: municipality, territory: GM0599}\n")
    asked = ["noodfonds", "--organisation", "waterdorp", "--until", "2026-12-31", "--folder", str(tmp_path)]
    assert run(["new", *asked]) == 0


def test_an_organisation_may_be_one_of_the_overlay(tmp_path):
    own = tmp_path / "content" / "organisations"
    own.mkdir(parents=True)
    (own / "waterdorp.yaml").write_text("name: Waterdorp\nkind: municipality\nterritory: GM9999\n", encoding="utf-8")
    scheme = replace(SCHEME, organisation="waterdorp")
    laid = lay_out(scheme, tmp_path, [REPOSITORY, tmp_path])
    assert any("value: GM9999" in each.content for each in laid)
    with pytest.raises(CannotLayOut):
        lay_out(scheme, tmp_path / "elsewhere", [REPOSITORY])
