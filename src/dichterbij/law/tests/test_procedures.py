"""A decision goes through the stages of its procedure; each stage runs only its own rules around the decision."""

from dataclasses import replace

import pytest

from dichterbij.kernel.periods import Period
from dichterbij.law import Determined, Facts, LawError, LawSet, Open, Refused, determine
from dichterbij.law.procedures import Complete, StageState, Yielded, begin, execute_stage, procedure_for
from dichterbij.law.receipt import replay
from dichterbij.law.written import canonical

from .laws_of_test import ALLOWANCE, AMOUNTS, COUPLE, TERRITORY, VOCABULARY, facts, law, question, shipped

PROCEDURE = """
procedure:
  - id: gewoon
    default: true
    applies_to: {legal_character: BESCHIKKING}
    stages:
      - {name: BESLUIT, description: Er wordt besloten.}
      - {name: BEKENDMAKING, requires: [{name: bekendmaking_datum, type: date}]}
      - {name: BEZWAAR}
  - id: uitgebreid
    applies_to: {legal_character: BESCHIKKING}
    stages: [{name: BESLUIT}, {name: BEROEP}]
"""
RULES = """
  - number: '6:7'
    text: Samenvatting.
    url: https://example.org/awb/6:7
    machine_readable:
      hooks: [{hook_point: post_actions, applies_to: {legal_character: BESCHIKKING, stage: BESLUIT}}]
      execution:
        output: [{name: termijn_weken, type: number}]
        actions: [{output: termijn_weken, value: 6}]
  - number: '6:8'
    text: Samenvatting.
    url: https://example.org/awb/6:8
    machine_readable:
      hooks: [{hook_point: post_actions, applies_to: {legal_character: BESCHIKKING, stage: BEKENDMAKING}}]
      execution:
        parameters: [{name: termijn_weken, type: number}]
        input:
          - {name: bekendmaking_datum, type: date, source: {}}
          - name: einddatum
            type: date
            source:
              regulation: algemene_termijnenwet
              output: einddatum
              parameters: {begindatum: $bekendmaking_datum, weken: $termijn_weken}
        output: [{name: laatste_dag, type: date}]
        actions: [{output: laatste_dag, value: $einddatum}]
"""


def laws(*, allowance: str = ALLOWANCE) -> LawSet:
    return LawSet.of({
        "facts.yaml": VOCABULARY,
        "toeslagwet.yaml": law("toeslagwet", allowance, extra=TERRITORY),
        "regeling.yaml": law("regeling", AMOUNTS, layer="MINISTERIELE_REGELING", extra="valid_to: '2026-12-31'"),
        "awb.yaml": law("awb", RULES, valid_from="1994-01-01", extra=PROCEDURE),
    })  # fmt: skip


PUBLISHED = {**COUPLE, "p1": {**COUPLE["p1"], "bekendmaking_datum": "2026-06-15"}}
ASKED = question("toeslagwet", "toeslag")


def test_a_decision_walks_through_its_stages_and_keeps_what_each_gave() -> None:
    first = execute_stage(laws(), begin(laws(), ASKED), facts())
    assert isinstance(first, Yielded)
    assert first.outputs == {"toeslag": 174_400, "termijn_weken": 6}
    assert (first.state.stage, first.pending) == ("BEKENDMAKING", ("bekendmaking_datum",))
    second = execute_stage(laws(), first.state, facts(**PUBLISHED))
    assert isinstance(second, Yielded)
    assert second.outputs == {"toeslag": 174_400, "termijn_weken": 6, "laatste_dag": "2026-07-27"}
    assert (second.state.stage, second.pending) == ("BEZWAAR", ())
    last = execute_stage(laws(), second.state, facts(**PUBLISHED))
    assert last == Complete(second.outputs)


def test_a_stage_does_not_run_before_what_it_requires_is_known() -> None:
    state = StageState(ASKED, "gewoon", "BEKENDMAKING", {"termijn_weken": 6})
    with pytest.raises(LawError) as raised:
        execute_stage(laws(), state, facts())
    assert (raised.value.name, "bekendmaking_datum" in raised.value.detail) == ("MissingParameter", True)


def test_a_stage_with_facts_missing_is_open_and_a_year_without_amounts_is_refused() -> None:
    assert isinstance(execute_stage(laws(), begin(laws(), ASKED), facts(p1={})), Open)
    later = replace(ASKED, period=Period.year(2027))
    assert isinstance(execute_stage(laws(), begin(laws(), later), facts()), Refused)


def test_an_article_may_name_another_procedure_than_the_usual_one() -> None:
    named = ALLOWANCE.replace("decision_type: TOEKENNING}", "decision_type: TOEKENNING, procedure_id: uitgebreid}")
    assert procedure_for(laws(), ASKED).id == "gewoon"
    found = procedure_for(laws(allowance=named), ASKED)
    assert [stage.name for stage in found.stages] == ["BESLUIT", "BEROEP"]
    assert found.after("BEROEP") is None


@pytest.mark.parametrize(
    ("state", "name"),
    [
        (StageState(ASKED, "gewoon", "KLAAR", {}), "StageNotFound"),
        (StageState(ASKED, "uitgebreid", "BESLUIT", {}), "ProcedureNotFound"),
        (StageState(question("toeslagwet", "inkomen_van_persoon"), "gewoon", "BESLUIT", {}), "ProcedureNotFound"),
    ],
)
def test_a_state_that_does_not_fit_has_a_name(state: StageState, name: str) -> None:
    with pytest.raises(LawError) as raised:
        execute_stage(laws(), state, facts())
    assert raised.value.name == name


def test_a_receipt_of_a_later_stage_replays_and_one_of_the_first_is_as_it_always_was() -> None:
    asked = replace(ASKED, stage="BEKENDMAKING", given=(("termijn_weken", 6),))
    known = facts(**PUBLISHED)
    found = determine(laws(), asked, known)
    assert isinstance(found, Determined) and found.outputs["laatste_dag"] == "2026-07-27"
    receipt = found.receipt()
    assert canonical(replay(laws(), receipt, known, found.salt).receipt()) == canonical(receipt)
    plain = determine(laws(), ASKED, known)
    assert isinstance(plain, Determined)
    execution = plain.receipt()["execution"]
    assert isinstance(execution, dict) and "given" not in execution


def test_our_own_general_act_takes_a_zorgtoeslag_to_its_last_day_to_object() -> None:
    real = shipped()
    person = {
        "geboortedatum": "1980-01-01", "partner": None, "samenwonende": None, "verzekerd_zvw": True,
        "toetsingsinkomen": 3_100_000, "rendementsgrondslag": 0, "rechtmatig_verblijf": True,
        "aanvraag_datum": "2026-06-15", "bekendmaking_datum": "2026-06-15", "opgeschorte_dagen": None,
    }  # fmt: skip
    known = Facts(subject="p1", persons={"p1": person})
    state, stages = begin(real, question("wet_op_de_zorgtoeslag")), []
    while isinstance(result := execute_stage(real, state, known), Yielded):
        stages.append(state.stage)
        state = result.state
    assert isinstance(result, Complete)
    assert stages == ["AANVRAAG", "BEHANDELING", "BESLUIT", "BEKENDMAKING"]
    assert result.outputs["laatste_dag_bezwaar"] == "2026-07-27"
    assert result.outputs["motivering_verplicht"] is True
