"""Faults that need thought: thresholds that do not fit, rules that conflict, cliffs, protected grounds."""

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dichterbij.law import LawSet
from dichterbij.law.checking import check_cliffs, check_grounds, check_notes, check_rules
from dichterbij.law.checking.grounds import protected
from dichterbij.law.checking.people import covering
from dichterbij.law.checking.ranges import ALL, Ranges, of, where
from dichterbij.law.command import run
from dichterbij.law.sampling import sampler_of

from .laws_of_test import ALLOWANCE, VOCABULARY, allowance_laws, law, question, shipped
from .test_checking import computing
from .test_format import article

INCOME = "{name: inkomen, type: amount, source: {}}"
BORN = "{name: geboortedatum, type: date, source: {}}"
WORD = "{name: woonsituatie, type: string, source: {}}"


def found(value: str, *, inputs: str = INCOME, output: str = "number") -> list[tuple[str, str]]:
    """Return name and sentence of the faults of a rule."""
    text = law("proef", article(computing(value, inputs=inputs, output=output)))
    laws = LawSet.of({"facts.yaml": VOCABULARY, "proef.yaml": text})
    return [(defect.name, defect.sentence) for defect in check_rules(laws)]


def cases(*pairs: tuple[str, int], default: str = "9") -> str:
    """Return an IF of these conditions."""
    listed = ", ".join(f"{{when: {when}, then: {then}}}" for when, then in pairs)
    return f"{{operation: IF, cases: [{listed}], default: {default}}}"


def below(limit: int, *, or_equal: bool = False) -> str:
    name = "LESS_THAN_OR_EQUAL" if or_equal else "LESS_THAN"
    return f"{{operation: {name}, subject: $inkomen, value: {limit}}}"


def between(low: int, high: int) -> str:
    """Return a condition with both limits included; one of them written the other way round."""
    first = f"{{operation: LESS_THAN_OR_EQUAL, subject: {low}, value: $inkomen}}"
    return f"{{operation: AND, conditions: [{first}, {below(high, or_equal=True)}]}}"


def test_brackets_that_follow_each_other_are_sound() -> None:
    assert found(cases((below(10), 1), (below(20), 2), (below(30), 3))) == []
    assert found(cases((between(0, 10), 1), (between(11, 20), 2))) == []


def test_a_case_that_an_earlier_one_takes_whole_is_never_reached() -> None:
    names = [name for name, _ in found(cases((below(20), 1), (below(10), 2)))]
    assert names == ["DeadCase"]


def test_a_condition_inside_a_branch_that_rules_it_out_is_never_reached() -> None:
    inner = cases((f"{{operation: GREATER_THAN, subject: $inkomen, value: {20}}}", 2))
    nested = f"{{operation: IF, cases: [{{when: {below(10)}, then: {inner}}}], default: 3}}"
    assert [name for name, _ in found(nested)] == ["DeadCase"]


def test_conditions_that_cannot_hold_together_are_told() -> None:
    both = f"{{operation: AND, conditions: [{below(10)}, {{operation: NOT, value: {below(20)}}}]}}"
    told = found(both, output="boolean")
    assert told == [("DeadCase", "Deze voorwaarden kunnen niet tegelijk gelden.")]


def test_values_between_two_cases_that_no_case_covers_are_a_gap() -> None:
    told = found(cases((between(0, 10), 1), (between(20, 30), 2), default="null"))
    assert told == [("Gap", "Geen geval geldt voor 'inkomen' van 10 tot 20.")]
    assert found(cases((between(0, 10), 1), (between(20, 30), 2), default="0")) == []


def test_two_cases_that_both_hold_at_a_limit_overlap() -> None:
    told = found(cases((between(0, 10), 1), (between(10, 20), 2)))
    assert told == [("Overlap", "Dit geval overlapt een eerder geval: 'inkomen' van 10 tot 10.")]


def test_days_are_limits_too() -> None:
    def before(day: str) -> str:
        return f"{{operation: LESS_THAN, subject: $geboortedatum, value: '{day}'}}"

    told = found(cases((before("2000-01-01"), 1), (before("1990-01-01"), 2)), inputs=BORN)
    assert [name for name, _ in told] == ["DeadCase"]


def test_a_word_that_a_fact_can_never_be_is_told() -> None:
    told = found("{operation: EQUALS, subject: $woonsituatie, value: kraakpand}", inputs=WORD, output="boolean")
    assert told == [("DeadCase", "Het gegeven kan nooit 'kraakpand' zijn. Zie facts.yaml.")]
    known = "{operation: IN, subject: $woonsituatie, values: [thuis, uit]}"
    assert found(known, inputs=WORD, output="boolean") == []


OVERRIDING = """
  - number: '{number}'
    text: Samenvatting.
    url: https://example.org/bijzonder/{number}
    machine_readable:
      overrides: [{{law: toeslagwet, article: '2', output: toeslag}}]
      execution:
        output: [{{name: toeslag, type: amount}}]
        actions: [{{output: toeslag, value: 0}}]
"""


def test_two_special_rules_for_the_same_output_conflict() -> None:
    one = law("bijzonder", OVERRIDING.format(number="1"))
    two = law("bijzonder", OVERRIDING.format(number="1") + OVERRIDING.format(number="2"))
    own = law("toeslagwet", ALLOWANCE + OVERRIDING.format(number="9"))
    assert conflicts(allowance_laws(**{"bijzonder.yaml": one})) == []
    assert conflicts(allowance_laws(**{"bijzonder.yaml": two})) == ["2"]
    assert conflicts(allowance_laws(**{"bijzonder.yaml": one, "toeslagwet.yaml": own})) == ["1"]


def conflicts(laws: LawSet) -> list[str]:
    return [defect.article for defect in check_rules(laws) if defect.name == "ConflictingOverride"]


def test_a_cliff_is_found_with_the_cent_at_which_it_lies() -> None:
    (cliff,) = check_cliffs(allowance_laws(), 100_000)
    assert cliff.name == "Cliff"
    assert cliff.sentence.startswith("Een cent meer 'inkomen', bij ")
    assert cliff.sentence.endswith("verandert 'toeslag' met -2180.00 euro.")
    assert check_cliffs(allowance_laws(), 1_000_000) == []


def test_people_are_found_for_every_condition_of_the_allowance_both_ways() -> None:
    laws = allowance_laws()
    people = covering(sampler_of(laws, question("toeslagwet", "toeslag")))
    assert people.one_sided == []
    assert {person.outputs["toeslag"] == 0 for person in people.kept} == {True, False}


PROTECTED = "woonsituatie: {ground: burgerlijke staat, source: Awgb artikel 1}\n"
DECIDES = "{operation: EQUALS, subject: $woonsituatie, value: thuis}"
PASSES_ON = "$woonsituatie"


@pytest.mark.parametrize(("value", "output", "count"), [(DECIDES, "boolean", 1), (PASSES_ON, "string", 0)])
def test_a_rule_that_decides_on_a_protected_ground_is_listed(
    tmp_path: Path, value: str, output: str, count: int, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "facts.yaml").write_text(VOCABULARY, encoding="utf-8")
    (tmp_path / "protected_grounds.yaml").write_text(PROTECTED, encoding="utf-8")
    text = law("proef", article(computing(value, inputs=WORD, output=output)))
    (tmp_path / "proef.yaml").write_text(text, encoding="utf-8")
    listed = check_grounds(LawSet.load([tmp_path]))
    assert len(listed) == count
    assert all(each.sentence.endswith("burgerlijke staat (Awgb artikel 1).") for each in listed)
    run(["check", str(tmp_path), "--grounds", "--cliff", "10"])
    assert ("1 rules to look at" in capsys.readouterr().out) is (count == 1)


def test_every_protected_fact_of_ours_is_in_the_vocabulary() -> None:
    laws = shipped()
    assert protected(laws)
    assert set(protected(laws)) <= set(laws.vocabulary.facts)


LIMITS = st.integers(-5, 5) | st.decimals(-5, 5, places=1).map(Decimal)
ONE = st.builds(where, st.sampled_from(["LESS_THAN", "GREATER_THAN_OR_EQUAL", "EQUALS", "GREATER_THAN"]), LIMITS)
RANGES = st.recursive(ONE | st.just(ALL), lambda more: st.builds(Ranges.both, more, more) | more.map(Ranges.rest))


def holds(ranges: Ranges, value: Decimal) -> bool:
    return any(first <= (value, 0) < last for first, last in ranges.parts)


@given(RANGES, RANGES, st.decimals(-7, 7, places=1))
def test_ranges_follow_the_rules_of_sets(left: Ranges, right: Ranges, value: Decimal) -> None:
    assert holds(left.both(right), value) is (holds(left, value) and holds(right, value))
    assert holds(left.either(right), value) is (holds(left, value) or holds(right, value))
    assert holds(left.rest(), value) is not holds(left, value)
    assert left.rest().rest() == left == of(left.parts)
    assert left.both(left.rest()).is_empty


NOTE = """
annotations:
  - motivation: commenting
    creator: {CREATOR}
    created: {CREATED}
    body: {value: Wij lezen dit ruim.}
    target: {selector: {exact: EXACT}}
"""


@pytest.mark.parametrize(
    ("exact", "creator", "created", "name"),
    [
        ("weinig geld", "Juridische zaken", "2026-05-02T10:00:00Z", ""),
        ("heel veel paarden", "Juridische zaken", "2026-05-02", "OrphanedNote"),
        ("de aanvrager", "Juridische zaken", "2026-05-02", "AmbiguousNote"),
        ("weinig geld", "''", "2026-05-02", "MissingField"),
        ("weinig geld", "Juridische zaken", "gisteren", "InvalidDate"),
        ("''", "Juridische zaken", "2026-05-02", "MissingField"),
    ],
)
def test_a_note_names_its_author_and_day_and_quotes_the_law(
    tmp_path: Path, exact: str, creator: str, created: str, name: str
) -> None:
    words = "  - {number: '1', text: Wie weinig geld heeft is de aanvrager of volgt de aanvrager., url: u}\n"
    (tmp_path / "proef.yaml").write_text(law("proef", words), encoding="utf-8")
    note = NOTE.replace("EXACT", exact).replace("{CREATOR}", creator).replace("{CREATED}", created)
    (tmp_path / "annotations.yaml").write_text(note, encoding="utf-8")
    assert [defect.name for defect in check_notes(LawSet.load([tmp_path]))] == ([name] if name else [])
