"""Faults in rules, found before anybody is asked anything."""

import pytest

from dichterbij.law import LawSet
from dichterbij.law.checking import check_rules

from .laws_of_test import VOCABULARY, allowance_laws, law
from .test_format import article


def names(body: str, *, extra: str = "") -> set[str]:
    """Return the names of the faults of one article."""
    text = law("proef", article(body), extra=extra)
    return {defect.name for defect in check_rules(LawSet.of({"facts.yaml": VOCABULARY, "proef.yaml": text}))}


def computing(value: str, *, output: str = "number", inputs: str = "", definitions: str = "{}") -> str:
    """Return an article that computes one output."""
    return f"""
definitions: {definitions}
execution:
  parameters: [{{name: bsn, type: string}}]
  input: [{inputs}]
  output: [{{name: uitkomst, type: {output}, nullable: true}}]
  actions: [{{output: uitkomst, value: {value}}}]
"""


PARTNER = "{name: partner, type: string, nullable: true, source: {}}"
INCOME = "{name: inkomen, type: amount, nullable: true, source: {}}"


def test_sound_laws_have_no_faults() -> None:
    assert check_rules(allowance_laws()) == []


@pytest.mark.parametrize(
    ("value", "output", "name"),
    [
        ("$bestaat_niet", "number", "VariableNotFound"),
        ("{operation: ADD, values: [1, tekst]}", "number", "TypeMismatch"),
        ("{operation: MULTIPLY, values: [1, true]}", "number", "TypeMismatch"),
        ("{operation: NOT, value: 3}", "boolean", "TypeMismatch"),
        ("{operation: AGE, date_of_birth: 5, reference_date: $referencedate}", "number", "TypeMismatch"),
        ("{operation: LESS_THAN, subject: 5, value: $referencedate}", "boolean", "TypeMismatch"),
        ("{operation: LESS_THAN, subject: 5, value: 6}", "number", "TypeMismatch"),
        ("{operation: IF, cases: [{when: true, then: 1}], default: 2}", "number", "DeadCase"),
    ],
)
def test_a_rule_that_can_never_work_is_a_fault(value: str, output: str, name: str) -> None:
    assert name in names(computing(value, output=output))


def test_calculating_with_what_may_be_absent_is_a_fault() -> None:
    body = computing("{operation: ADD, values: [$inkomen, 1]}", inputs=INCOME)
    assert names(body) == {"NullOperand"}


def test_after_a_test_for_absence_it_is_no_fault() -> None:
    tested = (
        "{operation: IF, cases: [{when: {operation: EQUALS, subject: $inkomen, value: null}, then: 0}], "
        "default: {operation: ADD, values: [$inkomen, 1]}}"
    )
    assert names(computing(tested, inputs=INCOME)) == set()


def test_euro_and_eurocent_do_not_mix() -> None:
    euros = (
        "{grens: {value: 5, type: amount, type_spec: {unit: euro}}, bedrag: {value: 5, type_spec: {unit: eurocent}}}"
    )
    body = computing("{operation: ADD, values: [$grens, $bedrag]}", definitions=euros)
    assert "UnitMismatch" in names(body, extra="valid_to: '2026-12-31'")


def test_an_amount_without_an_end_date_is_a_fault() -> None:
    amounts = "{grens: {value: 5, type: amount, type_spec: {unit: eurocent}}}"
    assert names(computing("$grens", definitions=amounts)) == {"NoEndDate"}


def test_a_reference_to_nothing_is_a_fault() -> None:
    nowhere = "{name: x, type: number, nullable: true, source: {regulation: niets, output: x}}"
    assert "LawNotFound" in names(computing("$x", inputs=nowhere))


def test_every_fault_names_file_article_and_path() -> None:
    text = law("proef", article(computing("{operation: ADD, values: [1, tekst]}")))
    (defect,) = check_rules(LawSet.of({"facts.yaml": VOCABULARY, "proef.yaml": text}))
    assert (defect.file, defect.article) == ("proef.yaml", "1")
    assert defect.path == "articles.1.machine_readable.execution.actions.uitkomst.value"
    assert defect.sentence.endswith(".")
