"""What if a fact were different, an outcome over a range of one fact, and what would change an outcome."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dichterbij.kernel.periods import Period
from dichterbij.law import Determined, FactRef, Facts, LawError, LawSet, Open, determine
from dichterbij.law.changes import nearest_changes, turn_sentences
from dichterbij.law.what_if import MOST_POINTS, curve, may_vary, what_if

from .laws_of_test import COUPLE, VOCABULARY, allowance_laws, facts, law, one_article, question, shipped
from .test_explain import ALONE, FAMILY, HEALTH, STUDY
from .test_format import article

INCOME = FactRef("p1", "inkomen")
OF_PARTNER = FactRef("p2", "inkomen")
TOGETHER = {"p1": {**COUPLE["p1"], "inkomen": 1_000_000}, "p2": {**COUPLE["p2"], "inkomen": 0}}


def determined(laws: LawSet, law: str, *outputs: str, **persons: dict) -> Determined:
    found = determine(laws, question(law, *outputs), facts(**persons))
    assert isinstance(found, Determined)
    return found


@pytest.fixture(scope="module")
def real() -> LawSet:
    return shipped()


def test_another_fact_gives_the_outcome_of_that_fact_and_leaves_the_first_alone() -> None:
    found = determined(allowance_laws(), "toeslagwet", "toeslag", **TOGETHER)
    other = what_if(found, {INCOME: 5_000_001})
    assert isinstance(other, Determined)
    assert (found.outputs["toeslag"], other.outputs["toeslag"]) == (43_600, 0)


def test_what_is_then_missing_is_asked() -> None:
    found = determined(allowance_laws(), "toeslagwet", "toeslag", p1={**COUPLE["p1"], "partner": None})
    other = what_if(found, {FactRef("p1", "partner"): "p2"})
    assert isinstance(other, Open) and other.asks == (OF_PARTNER,)


def test_a_partner_with_whom_one_claims_may_be_varied_too() -> None:
    found = determined(allowance_laws(), "toeslagwet", "toeslag", **TOGETHER)
    assert isinstance(what_if(found, {OF_PARTNER: 4_000_001}), Determined)


def test_what_is_computed_with_the_income_of_a_parent_is_not_varied(real: LawSet) -> None:
    asked = replace(question(STUDY), period=Period.month(2026, 7))
    found = determine(real, asked, Facts(subject="p1", persons=FAMILY))
    assert isinstance(found, Determined)
    for ref in (FactRef("father", "toetsingsinkomen_peiljaar"), FactRef("p1", "woonsituatie")):
        assert not may_vary(found, ref)
        with pytest.raises(LawError) as raised:
            what_if(found, {ref: 5})
        assert raised.value.name == "NotShown"
    assert "woonsituatie" not in {change.ref.fact for change in nearest_changes(found, "nl", most=99)}


def test_a_yes_or_no_about_a_partner_does_not_stand_in_the_way_of_the_effect_of_working_more(real: LawSet) -> None:
    persons = {"p1": {**ALONE, "partner": "p2"}, "p2": {**ALONE, "partner": "p1", "toetsingsinkomen": 0}}
    found = determine(real, question(HEALTH, "zorgtoeslag_per_jaar"), Facts(subject="p1", persons=persons))
    assert isinstance(found, Determined)
    assert curve(found, FactRef("p1", "toetsingsinkomen"), 0, 6_000_000).turns
    assert not may_vary(found, FactRef("p9", "toetsingsinkomen"))


SECRET = """
execution:
  parameters: [{name: bsn, type: string}]
  input:
    - {name: partner, type: string, nullable: true, source: {}}
    - {name: inkomen, type: amount, source: {}}
    - name: vermogen_van_ander
      type: amount
      source: {regulation: ander, output: vermogen_van, parameters: {bsn: $partner}}
  output: [{name: uitkomst, type: amount}]
  actions: [{output: uitkomst, value: VALUE}]
"""
OF_ANOTHER = """
  - number: '1'
    text: Samenvatting.
    url: https://example.org/ander/1
    machine_readable:
      execution:
        parameters: [{name: bsn, type: string}]
        input: [{name: vermogen, type: amount, source: {}}]
        output: [{name: vermogen_van, type: amount}]
        actions: [{output: vermogen_van, value: $vermogen}]
"""
ABOVE = "{operation: GREATER_THAN, subject: $vermogen_van_ander, value: 5}"


@pytest.mark.parametrize(
    ("value", "is_told"),
    [
        ("{operation: ADD, values: [$inkomen, $vermogen_van_ander]}", False),
        ("{operation: MAX, values: [$inkomen, $vermogen_van_ander]}", False),
        (f"{{operation: IF, cases: [{{when: {ABOVE}, then: $inkomen}}], default: 0}}", True),
        (
            "{operation: IF, cases: [{when: {operation: LESS_THAN, subject: $inkomen, value: 9}, "
            "then: $vermogen_van_ander}], default: 0}",
            False,
        ),
        (
            "{operation: IF, cases: [{when: {operation: LESS_THAN, subject: $inkomen, value: $vermogen_van_ander}, "
            "then: 1}], default: 0}",
            False,
        ),
    ],
)
def test_an_own_fact_is_varied_unless_it_meets_a_value_of_somebody_else(value: str, is_told: bool) -> None:
    laws = LawSet.of({
        "facts.yaml": VOCABULARY,
        "proef.yaml": law("proef", article(SECRET.replace("VALUE", value))),
        "ander.yaml": law("ander", OF_ANOTHER),
    })  # fmt: skip
    persons = {"p1": {"partner": "p2", "inkomen": 3}, "p2": {"vermogen": 7}}
    found = determine(laws, question("proef", "uitkomst"), facts(**persons))
    assert isinstance(found, Determined)
    assert may_vary(found, INCOME) is is_told


def test_a_fact_nobody_knows_and_a_fact_without_a_range_have_a_name() -> None:
    found = determined(allowance_laws(), "toeslagwet", "toeslag", **TOGETHER)
    with pytest.raises(LawError) as unknown:
        what_if(found, {FactRef("p1", "schoenmaat"): 40})
    with pytest.raises(LawError) as no_range:
        curve(found, FactRef("p1", "verzekerd"), 0, 1)
    with pytest.raises(LawError) as backwards:
        curve(found, INCOME, 10, 0)
    names = [error.value.name for error in (unknown, no_range, backwards)]
    assert names == ["UnknownFact", "TypeMismatch", "InvalidRange"]


def test_a_curve_hits_each_limit_and_the_cent_before_it() -> None:
    found = determined(allowance_laws(), "toeslagwet", "toeslag", **TOGETHER)
    line = curve(found, INCOME, 0, 10_000_000)
    at = {point.value: point.outputs["toeslag"] for point in line.points}
    assert line.turns == (5_000_001,)
    assert (at[5_000_000], at[5_000_001]) == (218_000, 0)
    assert 100 < len(line.points) <= MOST_POINTS


BRACKETS = """
execution:
  parameters: [{name: bsn, type: string}]
  input: [{name: inkomen, type: amount, source: {}}]
  output: [{name: tarief, type: number}]
  actions:
    - output: tarief
      value:
        operation: IF
        cases:
          - {when: {operation: LESS_THAN, subject: $inkomen, value: LOW}, then: 1}
          - {when: {operation: LESS_THAN_OR_EQUAL, subject: $inkomen, value: HIGH}, then: 2}
        default: {operation: MIN, values: [4, {operation: ADD, values: [3, $inkomen]}]}
"""


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 4_999_000), st.integers(0, 900), st.integers(2, MOST_POINTS))
def test_limits_are_hit_wherever_they_lie_and_a_curve_is_never_longer_than_asked(low: int, gap: int, most: int) -> None:
    laws = one_article(BRACKETS.replace("LOW", str(low)).replace("HIGH", str(low + gap)))
    found = determined(laws, "proef", "tarief", p1={"inkomen": 0})
    line = curve(found, INCOME, 0, 5_000_000, most=most)
    assert len(line.points) <= most
    if most >= 6:
        assert line.turns == tuple(sorted({low, low + gap + 1}))


def test_a_curve_over_days_hits_the_birthday() -> None:
    found = determined(allowance_laws(), "toeslagwet", "heeft_recht", **TOGETHER)
    line = curve(found, FactRef("p1", "geboortedatum"), "2000-01-01", "2020-01-01")
    assert line.turns == ("2008-01-02",)


def test_a_limit_in_a_curve_is_told_in_three_languages(real: LawSet) -> None:
    found = determine(real, question(HEALTH, "heeft_recht_op_zorgtoeslag"), Facts(subject="p1", persons={"p1": ALONE}))
    assert isinstance(found, Determined)
    line = curve(found, FactRef("p1", "toetsingsinkomen"), 0, 6_000_000)
    told = {language: turn_sentences(found, line, language) for language in ("nl", "en", "pap")}
    assert len(told["nl"]) == 1 and told["nl"][0].startswith("Dat verandert vanaf €\xa04")
    assert len({sentences[0] for sentences in told.values()}) == 3


def test_what_would_change_it_is_the_nearest_amount_to_the_cent(real: LawSet) -> None:
    asked = question(HEALTH, "heeft_recht_op_zorgtoeslag")
    found = determine(real, asked, Facts(subject="p1", persons={"p1": ALONE}))
    assert isinstance(found, Determined)
    changes = {change.ref.fact: change for change in nearest_changes(found, "nl", most=9)}
    assert {"verzekerd_zvw", "rechtmatig_verblijf", "toetsingsinkomen", "rendementsgrondslag"} <= set(changes)
    assert changes["verzekerd_zvw"].value is False
    income = changes["toetsingsinkomen"].value
    assert isinstance(income, int)
    for amount, right in ((income - 1, True), (income, False)):
        other = what_if(found, {changes["toetsingsinkomen"].ref: amount})
        assert isinstance(other, Determined) and other.outputs["heeft_recht_op_zorgtoeslag"] is right
    assert changes["toetsingsinkomen"].sentence.startswith("Stel dat ")
    assert "geen" in changes["toetsingsinkomen"].outcome or "niet" in changes["toetsingsinkomen"].outcome
