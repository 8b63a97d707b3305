"""What if a fact were different, an outcome over a range of one fact, and what would change an outcome."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dichterbij.kernel.periods import Period
from dichterbij.law import Determined, FactRef, Facts, LawError, LawSet, Open, determine
from dichterbij.law.changes import nearest_changes, turn_sentences
from dichterbij.law.what_if import MOST_POINTS, curve, may_vary, what_if

from .laws_of_test import COUPLE, allowance_laws, facts, one_article, question
from .test_explain import ALONE, FAMILY, HEALTH, LAWS, STUDY

INCOME = FactRef("p1", "inkomen")
OF_PARTNER = FactRef("p2", "inkomen")
TOGETHER = {"p1": {**COUPLE["p1"], "inkomen": 1_000_000}, "p2": {**COUPLE["p2"], "inkomen": 0}}


def determined(laws: LawSet, law: str, *outputs: str, **persons: dict) -> Determined:
    found = determine(laws, question(law, *outputs), facts(**persons))
    assert isinstance(found, Determined)
    return found


@pytest.fixture(scope="module")
def real() -> LawSet:
    return LawSet.load([LAWS])


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


def test_what_may_not_be_shown_of_another_is_not_varied_and_hides_the_rest(real: LawSet) -> None:
    asked = replace(question(STUDY), period=Period.month(2026, 7))
    found = determine(real, asked, Facts(subject="p1", persons=FAMILY))
    assert isinstance(found, Determined)
    for ref in (FactRef("father", "toetsingsinkomen_peiljaar"), FactRef("p1", "woonsituatie")):
        assert not may_vary(found, ref)
        with pytest.raises(LawError) as raised:
            what_if(found, {ref: 5})
        assert raised.value.name == "NotShown"
    assert nearest_changes(found, "nl") == ()


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
