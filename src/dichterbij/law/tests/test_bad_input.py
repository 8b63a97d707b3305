"""Wrong facts, periods, places and files, by every door: an error name of the format, a place and a sentence."""

import json
import random
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dichterbij.kernel.periods import Period
from dichterbij.law import Determined, Facts, LawError, LawSet, Open, Refused, determine, explain
from dichterbij.law.checking import check_rules
from dichterbij.law.command import run
from dichterbij.law.labels_check import check_labels

from .laws_of_test import ALLOWANCE, COUPLE, VOCABULARY, allowance_laws, facts, law, one_article, question

ASKED = question("toeslagwet", "toeslag")


@pytest.mark.parametrize(
    ("fact", "value"),
    [
        ("inkomen", 12.5),
        ("inkomen", "30000"),
        ("inkomen", True),
        ("inkomen", [1]),
        ("inkomen", float("nan")),
        ("verzekerd", 1),
        ("verzekerd", "ja"),
        ("geboortedatum", 19900501),
        ("geboortedatum", "1990-5-1"),
        ("geboortedatum", "2023-02-29"),
        ("partner", {"id": "p2"}),
    ],
)
def test_a_fact_of_the_wrong_type_or_unit_is_refused_by_name(fact: str, value: object) -> None:
    with pytest.raises(LawError) as raised:
        determine(allowance_laws(), ASKED, facts(p1={**COUPLE["p1"], fact: value}, p2=COUPLE["p2"]))
    assert raised.value.name in ("TypeMismatch", "InvalidDate")
    assert raised.value.detail and "Traceback" not in raised.value.detail


ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=4,
)


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(st.sampled_from(["geboortedatum", "verzekerd", "inkomen", "partner", "kinderen"]), ANY_JSON))
def test_whatever_is_supplied_there_is_an_outcome_or_an_error_with_a_name(given_: dict[str, object]) -> None:
    try:
        found = determine(allowance_laws(), ASKED, facts(p1=given_))
    except LawError as error:
        assert error.name and error.detail
    else:
        assert isinstance(found, Determined | Open)
        explain(found, found.laws, "nl")


@pytest.mark.parametrize("year", [1900, 2025, 2027, 2999])
def test_a_period_before_the_first_or_after_the_last_version_is_refused(year: int) -> None:
    found = determine(allowance_laws(), replace(ASKED, period=Period.year(year)), facts())
    assert isinstance(found, Refused) and found.code == "no_amounts_for_period"
    assert explain(found, allowance_laws(), "nl").outcome


@pytest.mark.parametrize("place", ["BQ-BO", "BQ-SE", "BQ-SA"])
def test_another_territory_is_refused_before_anything_is_evaluated(place: str) -> None:
    found = determine(allowance_laws(), replace(ASKED, territory=place), Facts(subject="p1", persons={}))
    assert isinstance(found, Refused) and found.code == "does_not_apply_in_territory" and found.who_helps


DIVIDES = """
execution:
  parameters: [{name: bsn, type: string}]
  input: [{name: inkomen, type: amount, source: {}}]
  output: [{name: deel, type: number}]
  actions: [{output: deel, value: {operation: OPERATION, values: [VALUES]}}]
"""


@pytest.mark.parametrize(
    ("operation", "values", "income", "name"),
    [
        ("DIVIDE", "100, $inkomen", 0, "DivisionByZero"),
        ("MULTIPLY", "$inkomen, $inkomen", 2**62, "ArithmeticOverflow"),
        ("ADD", "$inkomen, 9223372036854775807", 5, "ArithmeticOverflow"),
        ("SUBTRACT", "$inkomen, 9223372036854775807", -5, "ArithmeticOverflow"),
    ],
)
def test_arithmetic_that_cannot_be_done_names_article_and_path(
    operation: str, values: str, income: int, name: str
) -> None:
    laws = one_article(DIVIDES.replace("OPERATION", operation).replace("VALUES", values))
    with pytest.raises(LawError) as raised:
        determine(laws, question("proef", "deel"), facts(p1={"inkomen": income}))
    assert raised.value.name == name
    assert (raised.value.place.law, raised.value.place.article) == ("proef", "1")
    assert raised.value.place.path == "articles.1.machine_readable.execution.actions.deel.value"


CYCLE = """
  - number: '1'
    text: Samenvatting.
    url: https://example.org/{own}/1
    machine_readable:
      execution:
        parameters: [{{name: bsn, type: string}}]
        input:
          - name: ander
            type: number
            source: {{regulation: {other}, output: {other}, parameters: {{bsn: $bsn}}}}
        output: [{{name: {own}, type: number}}]
        actions: [{{output: {own}, value: $ander}}]
"""


def test_rules_that_go_round_in_a_circle_are_found_before_and_named_when_asked() -> None:
    laws = LawSet.of({
        "facts.yaml": VOCABULARY,
        "een.yaml": law("een", CYCLE.format(own="een", other="twee")),
        "twee.yaml": law("twee", CYCLE.format(own="twee", other="een")),
    })  # fmt: skip
    found = check_rules(laws)
    assert {defect.name for defect in found} == {"CircularReference"}
    with pytest.raises(LawError) as raised:
        determine(laws, question("een", "een"), facts())
    assert raised.value.name == "CircularReference"


def test_a_fact_that_refers_to_oneself_or_in_a_circle_still_gives_an_outcome() -> None:
    alone = {"p1": {**COUPLE["p1"], "partner": "p1"}}
    assert isinstance(determine(allowance_laws(), ASKED, facts(**alone)), Determined)


def folder(place: Path, text: str) -> list[str]:
    (place / "facts.yaml").write_text(VOCABULARY, encoding="utf-8")
    (place / "toeslagwet.yaml").write_text(text, encoding="utf-8")
    return ["--laws", str(place)]


GOOD = law("toeslagwet", ALLOWANCE)
BROKEN = {
    "truncated": GOOD[: len(GOOD) // 2] + "\n   [",
    "duplicate": GOOD + "url: nog een keer\n",
    "other version": GOOD.replace("v0.7.1", "v1.2.3"),
    "bomb": GOOD
    + "x: &x [1,1,1,1,1,1,1,1,1,1]\n"
    + "".join(f"y{i}: &y{i} [{', '.join(['*x'] * 999)}]\n" for i in range(40)),
    "nested": GOOD.replace("value: $inkomen}", "value: " + "{operation: NOT, value: " * 10_000 + "1" + "}" * 10_001),
    "ten megabytes": GOOD + "# " + "x" * 10_000_000,
    "no list": GOOD.split("articles:")[0] + "articles: 5\n",
    "binary": "\x00\x01\x02",
}


@pytest.mark.parametrize("text", BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_law_file_on_the_command_line_is_told_with_its_place(tmp_path, capsys, text: str) -> None:
    roots = folder(tmp_path, text)
    (tmp_path / "f.json").write_text(json.dumps({"subject": "p1", "persons": COUPLE}), encoding="utf-8")
    asked = ["evaluate", "toeslagwet", "toeslag", "--on", "2026", "--facts", str(tmp_path / "f.json")]
    for command in (["check"], ["list"], ["coverage"], ["calendar", "--on", "2026-06-15"], asked):
        code = run([*roots, *command])
        told = capsys.readouterr()
        assert "Traceback" not in told.out + told.err
        assert code == 1 and f"{tmp_path}/toeslagwet.yaml" in told.out


@pytest.mark.parametrize("seed", range(25))
def test_a_damaged_facts_file_is_wrong_use_or_has_a_name(tmp_path, capsys, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 no secret
    text = list(json.dumps({"subject": "p1", "persons": COUPLE}))
    for _ in range(chance.randrange(1, 6)):
        text[chance.randrange(len(text))] = chance.choice('{}[]",:0-e.\x00é')
    (tmp_path / "f.json").write_text("".join(text), encoding="utf-8")
    roots = folder(tmp_path, GOOD)
    code = run(
        [*roots, "evaluate", "toeslagwet", "inkomen_van_persoon", "--on", "2026", "--facts", str(tmp_path / "f.json")]
    )
    assert code in (0, 1, 2, 3)
    assert "Traceback" not in capsys.readouterr().err


def test_a_missing_label_is_a_defect_and_never_stops_an_explanation() -> None:
    laws = allowance_laws()
    assert {defect.name for defect in check_labels(laws)} == {"MissingWords"}
    found = determine(laws, ASKED, facts())
    for language in ("nl", "en", "pap"):
        assert "1.744,00" in explain(found, laws, language).outcome.replace("1,744.00", "1.744,00")


def test_a_law_without_any_article_and_an_output_without_a_rule_have_a_name() -> None:
    laws = LawSet.of({"facts.yaml": VOCABULARY, "leeg.yaml": law("leeg", "  []")})
    with pytest.raises(LawError) as raised:
        determine(laws, question("leeg", "iets"), facts())
    assert raised.value.name == "OutputNotFound"
    assert isinstance(determine(laws, question("leeg"), facts()), Determined)


def test_days_at_the_end_of_the_calendar_are_refused_by_name() -> None:
    born = {**COUPLE["p1"], "geboortedatum": "9999-12-31", "partner": None}
    found = determine(allowance_laws(), ASKED, facts(p1=born))
    assert isinstance(found, Determined) and found.outputs["toeslag"] == 0
    late = question("toeslagwet", "heeft_recht")
    asked = replace(late, decided_on=date(9999, 12, 31))
    assert isinstance(determine(allowance_laws(), asked, facts()), Determined | Refused)


TERM = """
definitions: {termijn: {value: 6}}
execution:
  parameters: [{name: bsn, type: string}]
  input:
    - {name: geboortedatum, type: date, source: {}}
    - name: laatste_dag
      type: date
      source:
        regulation: algemene_termijnenwet
        output: einddatum
        parameters: {begindatum: $geboortedatum, weken: $termijn}
  output: [{name: uiterlijk, type: date}]
  actions: [{output: uiterlijk, value: $laatste_dag}]
"""


@pytest.mark.parametrize("day", ["2022-12-15", "2028-12-20"])
def test_a_last_day_among_unknown_free_days_is_refused_with_that_reason(day: str) -> None:
    laws = one_article(TERM)
    found = determine(laws, question("proef", "uiterlijk"), facts(p1={"geboortedatum": day}))
    assert isinstance(found, Refused) and found.code == "term_not_covered"
    assert explain(found, laws, "nl").outcome.startswith("De vrije dagen rond deze datum kennen wij niet.")
