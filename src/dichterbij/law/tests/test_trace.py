"""The trace of a run, in the published form, without what others may not see."""

from collections.abc import Iterator

from dichterbij.law import Determined, Open, determine

from .laws_of_test import COUPLE, allowance_laws, facts, one_article, question

KEYS = {
    "node_type", "name", "result", "resolve_type", "children", "node_id", "anchor", "legal_basis", "yaml_path", "uri",
    "source", "type_spec", "duration_us", "message",
}  # fmt: skip
KINDS = {
    "resolve", "operation", "action", "requirement", "cross_law_reference", "article", "cached",
    "open_term_resolution", "hook_resolution", "override_resolution",
}  # fmt: skip


def steps(step: dict[str, object]) -> Iterator[dict[str, object]]:
    """Yield a step and all steps below it."""
    yield step
    for child in step.get("children", []):  # type: ignore[attr-defined]
        yield from steps(child)


def traced(law: str = "toeslagwet", output: str = "toeslag", **persons: dict[str, object]) -> list[dict[str, object]]:
    """Return all steps of a trace."""
    result = determine(allowance_laws(), question(law, output), facts(**persons))
    assert isinstance(result, Determined | Open)
    document = result.trace()
    assert set(document) == {"trace_version", "root"} and document["trace_version"] == 1
    return list(steps(document["root"]))  # type: ignore[arg-type]


def test_every_step_has_the_published_form_and_its_own_number() -> None:
    found = traced()
    assert all(set(step) <= KEYS and step["node_type"] in KINDS for step in found)
    numbers = [step["node_id"] for step in found]
    assert numbers[0] == "n" and len(set(numbers)) == len(numbers)


def test_a_step_carries_its_article_and_its_path_in_the_file() -> None:
    rounding = next(step for step in traced() if step["name"] == "ROUND")
    assert rounding["anchor"]["article"] == "2"  # type: ignore[index]
    assert rounding["yaml_path"] == "articles.2.machine_readable.execution.actions.toeslag.value.default"


def test_a_branch_that_was_not_taken_is_not_in_the_trace() -> None:
    given = {"p1": {**COUPLE["p1"], "partner": None}}
    assert not any(step["name"] == "partner_inkomen" for step in traced(**given))


def test_a_step_used_again_is_cached() -> None:
    assert any(step["node_type"] == "cached" for step in traced())


def test_a_fact_names_its_registry() -> None:
    fact = next(step for step in traced() if step["name"] == "geboortedatum")
    assert fact["source"] == {"kind": "DATA_SOURCE", "provider": "brp"}


def test_the_rule_around_the_decision_is_a_step_of_its_own() -> None:
    assert any(step["node_type"] == "hook_resolution" and step["result"] == 6 for step in traced())


def test_an_unknown_result_names_the_facts_that_are_missing() -> None:
    root = traced(p1={"geboortedatum": "1990-05-01"})
    assert any(step.get("result") == {"unknown": ["p1.verzekerd"]} for step in root)


OTHER = """
execution:
  parameters: [{name: bsn, type: string}]
  input:
    - {name: partner, type: string, source: {}}
  output: [{name: samen, type: amount}, {name: veel, type: boolean}]
  actions:
    - {output: samen, operation: ADD, values: [$partner.vermogen, $partner.inkomen]}
    - {output: veel, value: {operation: GREATER_THAN, subject: $samen, value: 10}}
"""


def test_a_fact_of_another_person_and_what_gives_it_away_have_no_value() -> None:
    given = {"p1": {"partner": "p2"}, "p2": {"vermogen": 77_777, "inkomen": 5}}
    result = determine(one_article(OTHER), question("proef", "veel"), facts(**given))
    assert isinstance(result, Determined) and result.outputs["veel"] is True
    found = {str(step["name"]): step for step in steps(result.trace()["root"])}  # type: ignore[arg-type]
    assert "result" not in found["vermogen"] and "result" not in found["samen"] and "result" not in found["ADD"]
    assert found["inkomen"]["result"] == 5
    assert found["veel"]["result"] is True
    assert "77777" not in str(result.trace()) and "77777" not in str(result.receipt())


CHILD = """
execution:
  parameters: [{name: bsn, type: string}]
  input:
    - {name: kinderen, type: array, source: {}}
  output: [{name: samen, type: amount}, {name: iets, type: boolean}]
  actions:
    - {output: samen, value: {operation: FOREACH, collection: $kinderen, as: kind, body: $kind.inkomen, combine: ADD}}
    - {output: iets, value: {operation: GREATER_THAN, subject: $samen, value: 10}}
"""


def test_a_joint_fact_of_somebody_who_does_not_claim_together_has_no_value() -> None:
    given = {"p1": {"kinderen": ["k1"]}, "k1": {"inkomen": 88_888}}
    result = determine(one_article(CHILD), question("proef", "iets"), facts(**given))
    assert isinstance(result, Determined) and result.outputs["iets"] is True
    assert "88888" not in str(result.trace())
