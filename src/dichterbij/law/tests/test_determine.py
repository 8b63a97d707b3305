"""One question, one person: determined, open or refused."""

import dataclasses
from datetime import date

import pytest

from dichterbij.kernel.periods import Period
from dichterbij.law import UNKNOWN, Determined, FactRef, LawError, Open, Refused, determine

from .laws_of_test import COUPLE, allowance_laws, facts, one_article, question


def test_a_couple_gets_the_allowance_over_their_joint_income() -> None:
    result = determine(allowance_laws(), question("toeslagwet", "toeslag"), facts())
    assert isinstance(result, Determined)
    assert result.outputs["toeslag"] == 174_400


def test_without_outputs_all_outputs_of_decisions_are_asked() -> None:
    result = determine(allowance_laws(), question(), facts())
    assert isinstance(result, Determined)
    assert set(result.outputs) >= {"heeft_recht", "gezamenlijk_inkomen", "toeslag"}


def test_a_decision_carries_the_outputs_of_the_general_administrative_law() -> None:
    result = determine(allowance_laws(), question("toeslagwet", "toeslag"), facts())
    assert isinstance(result, Determined)
    assert result.outputs["bezwaartermijn_weken"] == 6
    assert result.graph.provenance["bezwaartermijn_weken"].kind == "reactive"


def test_at_publication_the_last_day_to_object_follows_the_general_act_on_terms() -> None:
    given = {**COUPLE, "p1": {**COUPLE["p1"], "bekendmaking_datum": "2026-04-13"}}
    result = determine(allowance_laws(), question("toeslagwet", "toeslag", stage="BEKENDMAKING"), facts(**given))
    assert isinstance(result, Determined)
    assert result.outputs["laatste_dag_bezwaar"] == "2026-05-26"


def test_without_a_partner_the_facts_of_a_partner_are_never_asked() -> None:
    given = {"p1": {**COUPLE["p1"], "partner": None}}
    result = determine(allowance_laws(), question("toeslagwet", "toeslag"), facts(**given))
    assert isinstance(result, Determined)
    assert {ref.person for ref in result.facts_used} == {"p1"}


def test_what_is_needed_unless_another_answer_settles_the_matter_is_asked_together() -> None:
    result = determine(allowance_laws(), question("toeslagwet", "toeslag"), facts(p1={}))
    assert isinstance(result, Open)
    assert [ref.fact for ref in result.asks] == ["geboortedatum", "verzekerd", "partner", "inkomen"]
    given = {"p1": {"geboortedatum": "1990-05-01", "verzekerd": True, "partner": "p2", "inkomen": 5}}
    result = determine(allowance_laws(), question("toeslagwet", "toeslag"), facts(**given))
    assert isinstance(result, Open)
    assert result.asks == (FactRef("p2", "inkomen"),)


def test_what_only_one_of_two_branches_needs_waits_for_the_condition() -> None:
    given = {"p1": {"geboortedatum": "1990-05-01", "verzekerd": True, "inkomen": 5}}
    result = determine(allowance_laws(), question("toeslagwet", "toeslag"), facts(**given))
    assert isinstance(result, Open)
    assert result.asks == (FactRef("p1", "partner"),)


HARDSHIP = """
execution:
  parameters: [{name: bsn, type: string}]
  input:
    - {name: inkomen, type: amount, source: {}}
    - {name: bijzondere_hardheid, type: boolean, source: {}}
  output: [{name: krijgt, type: boolean}]
  actions:
    - output: krijgt
      value:
        operation: OR
        conditions: [$bijzondere_hardheid, {operation: LESS_THAN, subject: $inkomen, value: 100}]
"""


def test_a_judgement_is_asked_only_when_nothing_else_can_settle_the_matter() -> None:
    laws = one_article(HARDSHIP)
    first = determine(laws, question("proef", "krijgt"), facts(p1={}))
    assert isinstance(first, Open) and first.asks == (FactRef("p1", "inkomen"),)
    poor = determine(laws, question("proef", "krijgt"), facts(p1={"inkomen": 5}))
    assert isinstance(poor, Determined)
    rich = determine(laws, question("proef", "krijgt"), facts(p1={"inkomen": 500}))
    assert isinstance(rich, Open) and rich.asks == (FactRef("p1", "bijzondere_hardheid"),)


def test_a_decisive_fact_ends_the_questions() -> None:
    result = determine(allowance_laws(), question("toeslagwet", "toeslag"), facts(p1={"geboortedatum": "2015-01-01"}))
    assert isinstance(result, Determined)
    assert result.outputs["toeslag"] == 0


def test_what_nobody_knows_is_not_asked_again() -> None:
    given = {"p1": {**COUPLE["p1"], "verzekerd": UNKNOWN}}
    result = determine(allowance_laws(), question("toeslagwet", "toeslag"), facts(**given))
    assert isinstance(result, Open)
    assert result.asks == ()
    assert result.unknown == (FactRef("p1", "verzekerd"),)


def test_what_nobody_knows_does_not_stop_a_question_that_settles_the_matter() -> None:
    result = determine(allowance_laws(), question("toeslagwet", "toeslag"), facts(p1={"geboortedatum": UNKNOWN}))
    assert isinstance(result, Open)
    assert result.asks == (FactRef("p1", "verzekerd"),)


def test_facts_of_each_child_are_asked_once_the_children_are_known() -> None:
    laws = allowance_laws()
    asked = question("toeslagwet", "meerderjarige_kinderen", "inkomen_kinderen")
    first = determine(laws, asked, facts(p1={}))
    assert isinstance(first, Open) and first.asks == (FactRef("p1", "kinderen"),)
    second = determine(laws, asked, facts(p1={"kinderen": ["k1", "k2"]}))
    assert isinstance(second, Open)
    assert {ref.person for ref in second.asks} == {"k1", "k2"}


def test_collections_of_children_are_counted_and_added() -> None:
    children = {
        "p1": {"kinderen": ["k1", "k2"]},
        "k1": {"geboortedatum": "2007-01-01", "inkomen": 5},
        "k2": {"geboortedatum": "2010-01-01", "inkomen": 7},
    }
    asked = question("toeslagwet", "meerderjarige_kinderen", "inkomen_kinderen")
    result = determine(allowance_laws(), asked, facts(**children))
    assert isinstance(result, Determined)
    assert dict(result.outputs) == {"meerderjarige_kinderen": 1, "inkomen_kinderen": 12}
    assert FactRef("k2", "inkomen") in result.facts_used


@pytest.mark.parametrize("year", [1850, 2025, 2027, 9999])
def test_a_period_without_amounts_is_refused_and_never_falls_back(year: int) -> None:
    result = determine(allowance_laws(), question("toeslagwet", "toeslag", year=year), facts())
    assert isinstance(result, Refused)
    assert result.code == "no_amounts_for_period"


def test_another_territory_is_refused_with_who_does_help() -> None:
    result = determine(allowance_laws(), question("toeslagwet", "toeslag", territory="BQ-BO"), facts())
    assert isinstance(result, Refused)
    assert result.code == "does_not_apply_in_territory"
    assert result.who_helps == "Het Zorgverzekeringskantoor helpt u."


def test_a_municipality_lies_in_the_european_netherlands() -> None:
    result = determine(allowance_laws(), question("toeslagwet", "toeslag", territory="GM0599"), facts())
    assert isinstance(result, Determined)


def test_substance_follows_the_period_and_procedure_the_day_of_decision() -> None:
    laws = one_article(
        """
execution:
  output: [{name: dag, type: date}]
  actions: [{output: dag, value: $referencedate.iso}]
"""
    )
    asked = dataclasses.replace(question("proef", "dag"), period=Period.month(2026, 3), decided_on=date(2026, 6, 15))
    result = determine(laws, asked, facts())
    assert isinstance(result, Determined)
    assert result.outputs["dag"] == "2026-03-01"


@pytest.mark.parametrize(
    ("fact", "value"),
    [("inkomen", "veel"), ("inkomen", 1.5), ("verzekerd", "ja"), ("geboortedatum", "1990-13-40"), ("geboortedatum", 5)],
)
def test_a_fact_of_the_wrong_type_is_named(fact: str, value: object) -> None:
    given = {**COUPLE, "p1": {**COUPLE["p1"], fact: value}}
    with pytest.raises(LawError) as raised:
        determine(allowance_laws(), question("toeslagwet", "toeslag"), facts(**given))
    assert raised.value.name in ("TypeMismatch", "InvalidDate")


def test_a_word_outside_the_closed_set_is_refused() -> None:
    laws = one_article(
        """
execution:
  parameters: [{name: bsn, type: string}]
  input: [{name: woonsituatie, type: string, source: {}}]
  output: [{name: uit, type: boolean}]
  actions: [{output: uit, value: {operation: EQUALS, subject: $woonsituatie, value: uit}}]
"""
    )
    with pytest.raises(LawError, match="one of thuis, uit"):
        determine(laws, question("proef", "uit"), facts(p1={"woonsituatie": "boot"}))


def test_absence_where_the_law_says_there_always_is_a_value_is_an_error() -> None:
    given = {**COUPLE, "p1": {**COUPLE["p1"], "verzekerd": None}}
    with pytest.raises(LawError) as raised:
        determine(allowance_laws(), question("toeslagwet", "toeslag"), facts(**given))
    assert raised.value.name == "NullForNonNullable"


def test_an_unknown_law_and_an_unknown_output_have_the_names_of_the_format() -> None:
    with pytest.raises(LawError) as no_law:
        determine(allowance_laws(), question("niets", "x"), facts())
    with pytest.raises(LawError) as no_output:
        determine(allowance_laws(), question("toeslagwet", "x"), facts())
    assert (no_law.value.name, no_output.value.name) == ("LawNotFound", "OutputNotFound")


CHILD_COUNTS = """
execution:
  parameters: [{name: bsn, type: string}]
  input: [{name: kinderen, type: array, source: {}}]
  output: [{name: tellen_mee, type: number}, {name: een_telt_mee, type: boolean}]
  actions:
    - output: tellen_mee
      value:
        operation: FOREACH
        collection: $kinderen
        as: kind
        filter:
          operation: AND
          conditions:
            - {operation: LESS_THAN, subject: $kind.inkomen, value: 100}
            - $kind.verzekerd
        body: 1
        combine: ADD
    - output: een_telt_mee
      value: {operation: FOREACH, collection: $kinderen, as: kind, body: $kind.verzekerd, combine: OR}
"""


def test_of_a_child_that_does_not_count_nothing_is_asked_any_more() -> None:
    laws = one_article(CHILD_COUNTS)
    given = {"p1": {"kinderen": ["k1", "k2"]}, "k2": {"inkomen": 500}}
    result = determine(laws, question("proef", "tellen_mee"), facts(**given))
    assert isinstance(result, Open)
    assert set(result.asks) == {FactRef("k1", "inkomen"), FactRef("k1", "verzekerd")}


def test_the_same_is_asked_of_all_children_at_once() -> None:
    given = {"p1": {"kinderen": ["k1", "k2"]}}
    result = determine(one_article(CHILD_COUNTS), question("proef", "een_telt_mee"), facts(**given))
    assert isinstance(result, Open)
    assert result.asks == (FactRef("k1", "verzekerd"), FactRef("k2", "verzekerd"))
    given["k2"] = {"verzekerd": True}
    assert isinstance(
        determine(one_article(CHILD_COUNTS), question("proef", "een_telt_mee"), facts(**given)), Determined
    )


@pytest.mark.parametrize("amount", [2**63, -(2**64), 1e30, float("inf"), float("nan")])
def test_a_number_beyond_the_range_is_refused(amount: float) -> None:
    given = {**COUPLE, "p1": {**COUPLE["p1"], "inkomen": amount}}
    with pytest.raises(LawError) as raised:
        determine(allowance_laws(), question("toeslagwet", "toeslag"), facts(**given))
    assert raised.value.name in ("ArithmeticOverflow", "TypeMismatch")
