"""Constructs that came with v0.5.7 to v0.8.0, from the specification; each version refuses what it does not have."""

from collections.abc import Mapping
from datetime import date
from itertools import pairwise

import pytest

from dichterbij.law import LawError, LawSet, LawSetInvalid
from dichterbij.law.conformance.world import World
from dichterbij.law.outside import Records
from dichterbij.law.values import Unknown, Value

from .test_format import article, file, filler, outcome, reader, term

ARTICLE_EXTRA = "  - number: '1'\n    text: t\n    url: u\n    {extra}\n"


def accepts(text: str) -> bool:
    """Say whether a file has no defects of shape."""
    try:
        LawSet.of({"proef.yaml": text})
    except LawSetInvalid:
        return False
    return True


IN_RULES = [
    ("v0.5.9", "v0.7.0", "declares: [{property: valid_from, value: '2026-01-01'}]"),
    (
        "v0.5.9",
        "v0.7.0",
        "markings: [{about: a, reason: b, resolution: model, resolved_by: c, target: [d], legal_text_excerpt: e}]",
    ),
    ("v0.5.9", "v0.7.0", "open_terms: [{id: x, type: number, expected_source: y, decided_per_case_by: z}]"),
    (
        "v0.5.9",
        "v0.7.0",
        "overrides: [{law: a, article: '1', output: b, voids: true, legal_text_excerpt: geen recht}]",
    ),
    ("v0.6.0", "v0.7.0", "execution: {output: [{name: a, type: number}], actions: [{output: a, value: {operation: "
     "DATE_PART, date: '2025-01-01', in: year}}]}"),
    ("v0.6.0", "v0.7.0", "execution: {output: [{name: a, type: date}], actions: [{output: a, value: {operation: "
     "START_OF, date: '2025-01-01', in: year}}]}"),
    ("v0.7.1", "v0.8.0", "hooks: [{hook_point: pre_actions, applies_to: {submission: AANVRAAG}}]"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "since", "body"), IN_RULES)
def test_a_construct_is_known_from_the_version_that_brought_it(before: str, since: str, body: str) -> None:
    assert accepts(file(article(body), schema=since))
    assert not accepts(file(article(body), schema=before))


GONE = [
    ("v0.6.0", "v0.7.0", "enables: [{law: a}]"),
    ("v0.6.0", "v0.7.0", "untranslatables: [{construct: a, reason: b}]"),
    ("v0.6.0", "v0.7.0", "execution: {actions: [{output: a, value: {operation: EQUALS, subject: 1}}]}"),
    ("v0.6.0", "v0.7.0", "open_terms: [{id: x, type: number, delegation_type: zomaar}]"),
]


@pytest.mark.parametrize(("last", "gone", "body"), GONE)
def test_a_construct_that_was_taken_out_is_refused_from_then_on(last: str, gone: str, body: str) -> None:
    assert accepts(file(article(body), schema=last))
    assert not accepts(file(article(body), schema=gone))


def test_an_article_says_where_in_the_regulation_it_stands() -> None:
    placed = ARTICLE_EXTRA.format(extra="placement: {hoofdstuk: {number: '2', heading: Rechten}}")
    assert accepts(file(placed, schema="v0.7.0"))
    assert not accepts(file(placed, schema="v0.5.9"))
    assert not accepts(file(placed.replace("hoofdstuk", "bladzijde"), schema="v0.7.0"))


def test_a_version_nobody_knows_is_refused_by_name() -> None:
    with pytest.raises(LawSetInvalid) as raised:
        LawSet.of({"proef.yaml": file(article("{}"), schema="v9.9.9")})
    (defect,) = raised.value.defects
    assert (defect.name, "9.9.9" in defect.sentence) == ("UnknownVersion", True)


def sources(*rows: tuple[str | None, Mapping[str, Value]]) -> tuple[Records, ...]:
    """Return data sources of incomes, each for one law or for all."""
    return tuple(
        Records("belasting", "bsn", {"1": row}, law=law, columns=frozenset(row)) for law, row in rows
    )  # fmt: skip


INCOME = """
execution:
  parameters: [{name: bsn, type: string}]
  input: [{name: inkomen, type: number, nullable: true, source: {}}]
  output: [{name: uitkomst, type: number, nullable: true}]
  actions: [{output: uitkomst, value: $inkomen}]
"""


def income(law: str, *rows: tuple[str | None, Mapping[str, Value]]) -> Value:
    """Return what a law finds as income."""
    files = {"a": file(article(INCOME), id_="een"), "b": file(article(INCOME), id_="twee")}
    world = World(LawSet.of(files, strict=False), on=date(2025, 3, 15), parameters={"bsn": "1"})
    world.sources = list(sources(*rows))
    world.evaluate(law, ("uitkomst",))
    assert world.outcome.error is None
    return world.outcome.outputs["uitkomst"]


def test_a_source_of_one_law_is_not_seen_by_another_that_uses_the_same_name() -> None:
    assert income("een", ("een", {"inkomen": 5})) == 5
    assert isinstance(income("twee", ("een", {"inkomen": 5})), Unknown)
    assert income("twee", (None, {"inkomen": 7}), ("een", {"inkomen": 5})) == 7


def test_a_stored_absence_is_a_value_and_a_missing_row_is_unknown() -> None:
    assert income("een", (None, {"inkomen": None})) is None
    assert isinstance(income("een", (None, {"leeftijd": 5})), Unknown)


@pytest.mark.parametrize(
    ("layer", "code"),
    [("PROVINCIALE_VERORDENING", "provincie_code: PV28"), ("WATERSCHAPS_VERORDENING", "waterschap_code: WS0155")],
)
def test_a_provincial_or_water_rule_only_fills_a_term_in_its_own_area(layer: str, code: str) -> None:
    name, own = code.split(": ")
    files = {
        "a": term("false", ", default: {actions: [{output: grens, value: 1}]}"),
        "b": filler(7, id_="b", layer=layer, extra=code),
    }
    assert outcome(files, **{name: own}) == 7
    assert outcome(files, **{name: "XX"}) == 1


RANKS = ("WET", "KONINKLIJK_BESLUIT", "AMVB", "MINISTERIELE_REGELING", "BELEIDSREGEL", "UITVOERINGSBELEID")


@pytest.mark.parametrize(("higher", "lower"), list(pairwise(RANKS)))
def test_the_higher_of_two_regulations_prevails_also_when_the_lower_is_later(higher: str, lower: str) -> None:
    later = "valid_from: '2025-01-01'"
    files = {"a": term(), "b": filler(1, id_="b", layer=higher), "c": filler(2, id_="c", layer=lower, extra=later)}
    assert outcome(files) == 1


def test_of_two_versions_of_one_regulation_only_the_one_in_force_takes_part() -> None:
    files = {
        "a": term(),
        "b": filler(1, id_="b", extra="valid_from: '2024-01-01'"),
        "c": filler(2, id_="b", extra="valid_from: '2025-03-16'"),
    }
    assert outcome(files) == 1
    files["c"] = files["c"].replace("2025-03-16", "2025-03-15")
    assert outcome(files) == 2


SELF_OVERRIDE = """
overrides: [{law: proef, article: '1', output: uitkomst}]
execution:
  output: [{name: uitkomst, type: number}]
  actions: [{output: uitkomst, value: 99}]
"""
BASE = """
execution:
  output: [{name: uitkomst, type: number}]
  actions: [{output: uitkomst, value: 1}]
"""


def test_a_special_rule_of_the_same_law_applies_whoever_asks() -> None:
    own = file(article(BASE) + article(SELF_OVERRIDE, number="2"))
    asker = file(reader("{regulation: proef, output: uitkomst}"), id_="vrager")
    assert outcome({"a": own}) == outcome({"a": own, "b": asker}, law="vrager", bsn="1") == 99


def test_two_special_rules_for_one_output_are_an_error_that_names_both() -> None:
    twice = article(BASE) + article(SELF_OVERRIDE, number="2") + article(SELF_OVERRIDE, number="3")
    with pytest.raises(LawError, match="proef 2, proef 3") as raised:
        outcome({"a": file(twice)})
    assert raised.value.name == "ResolutionError"


@pytest.mark.parametrize(("schema", "error"), [("v0.5.6", "VariableNotFound"), ("v0.8.0", "MissingParameter")])
def test_from_v080_a_parameter_is_required_unless_it_says_otherwise(schema: str, error: str) -> None:
    body = """
execution:
  parameters: [{name: bedrag, type: number}]
  output: [{name: uitkomst, type: number}]
  actions: [{output: uitkomst, value: $bedrag}]
"""
    with pytest.raises(LawError) as raised:
        outcome({"a": file(article(body), schema=schema)})
    assert raised.value.name == error
