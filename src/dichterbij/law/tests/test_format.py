"""The constructs of the format, v0.5.0 to v0.8.0, each with its exact meaning."""

from datetime import date
from decimal import Decimal

import pytest

from dichterbij.law import LawSet
from dichterbij.law.conformance.world import World
from dichterbij.law.values import Unknown, Untranslatable, Value

OLD, STRICT, NEW = "v0.5.6", "v0.5.8", "v0.7.1"


def file(articles: str, *, id_: str = "proef", schema: str = NEW, layer: str = "WET", extra: str = "") -> str:
    """Return a law file with these articles."""
    return f"""
$schema: https://example.org/schema/{schema}/schema.json
$id: {id_}
regulatory_layer: {layer}
bwb_id: BWBR0000001
publication_date: '2020-01-01'
url: https://example.org
{extra}
articles:
{articles}
"""


def article(body: str, number: str = "1") -> str:
    """Return an article with this machine-readable part."""
    indented = "\n".join(f"      {line}" for line in body.strip("\n").splitlines())
    return f"  - number: '{number}'\n    text: t\n    url: u\n    machine_readable:\n{indented}\n"


def value_of(expression: str, *, schema: str = NEW, definitions: str = "{}", **parameters: Value) -> Value:
    """Return what an expression gives; raises the error of the evaluation."""
    names = "\n".join(f"    - {{name: {name}, type: object, nullable: true}}" for name in parameters) or "    []"
    if schema == OLD:
        names = names.replace(", nullable: true", "")
    nullable = "" if schema == OLD else ", nullable: true"
    body = f"""
definitions: {definitions}
execution:
  parameters:
{names}
  output: [{{name: uitkomst, type: object{nullable}}}]
  actions:
    - output: uitkomst
      value: {expression}
"""
    return outcome({"proef": file(article(body), schema=schema)}, **parameters)


def outcome(files: dict[str, str], output: str = "uitkomst", law: str = "proef", **parameters: Value) -> Value:
    """Return an output of a law; raises the error of the evaluation."""
    world = World(LawSet.of(files, strict=False), on=date(2025, 3, 15), parameters=dict(parameters))
    world.evaluate(law, (output,))
    if world.outcome.error is not None:
        raise world.outcome.error
    return world.outcome.outputs[output]


def error_of(expression: str, **arguments: Value) -> str:
    """Return the error name of an expression."""
    from dichterbij.law import LawError

    with pytest.raises(LawError) as raised:
        value_of(expression, **arguments)  # type: ignore[arg-type]
    return raised.value.name


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("{operation: ADD, values: [1, 2, 3]}", 6),
        ("{operation: ADD, values: [a, b]}", "ab"),
        ("{operation: SUBTRACT, values: [100, 20, 10]}", 70),
        ("{operation: MULTIPLY, values: [3, 0.1]}", Decimal("0.3")),
        ("{operation: DIVIDE, values: [1, 3]}", Decimal("0.3333333333333333333333333333")),
        ("{operation: DIVIDE, values: [100, 4]}", 25),
        ("{operation: MIN, values: [3, 1, 2]}", 1),
        ("{operation: MAX, values: [3, 1.5]}", 3),
        ("{operation: ROUND, value: 2.5, precision: 0}", 3),
        ("{operation: ROUND, value: -2.5, precision: 0}", -3),
        ("{operation: ROUND, value: 12345, precision: -2}", 12300),
        ("{operation: CEIL, value: 1.01, precision: 1}", Decimal("1.1")),
        ("{operation: FLOOR, value: -1.01, precision: 0}", -2),
        ("{operation: EQUALS, subject: 1, value: 1.0}", True),
        ("{operation: EQUALS, subject: true, value: 1}", False),
        ("{operation: EQUALS, subject: '42', value: 42}", False),
        ("{operation: EQUALS, subject: '2025-03-15', value: $referencedate}", True),
        ("{operation: LESS_THAN, subject: '2024-12-31', value: '2025-01-01'}", True),
        ("{operation: GREATER_THAN_OR_EQUAL, subject: 2, value: 2.0}", True),
        ("{operation: IN, subject: 2, values: [1, 2]}", True),
        ("{operation: IN, subject: 2, value: 2}", True),
        ("{operation: NOT, value: {operation: IN, subject: 3, values: [1, 2]}}", True),
        ("{operation: AND, conditions: [true, false]}", False),
        ("{operation: OR, conditions: [false, true]}", True),
        ("{operation: LIST, items: [1, a]}", (1, "a")),
        ("{operation: IF, cases: [{when: false, then: 1}], default: 2}", 2),
        ("{operation: IF, cases: [{when: false, then: 1}]}", None),
        ("{operation: AGE, date_of_birth: '2008-02-29', reference_date: '2026-02-28'}", 18),
        ("{operation: DATE_ADD, date: '2025-01-31', months: 1}", "2025-02-28"),
        ("{operation: DATE_ADD, date: '2024-02-29', years: 1, weeks: 1, days: -1}", "2025-03-06"),
        ("{operation: DATE, year: 2025, month: 2, day: 3}", "2025-02-03"),
        ("{operation: DAY_OF_WEEK, date: '2025-03-15'}", 5),
        ("{operation: DATE_DIFF, from: '2025-01-31', to: '2025-02-28', in: months}", 1),
        ("{operation: DATE_DIFF, from: '2025-07-01', to: '2025-01-01', in: days}", -181),
        ("{operation: DATE_PART, date: '2025-03-15', in: month}", 3),
        ("{operation: START_OF, date: '2025-03-15', in: month}", "2025-03-01"),
        ("{operation: START_OF, date: '2025-03-15', in: year}", "2025-01-01"),
        ("$referencedate.year", 2025),
    ],
)
def test_an_operation_gives_exactly_this(expression: str, expected: Value) -> None:
    result = value_of(expression)
    assert result == expected and isinstance(result, bool) is isinstance(expected, bool)


@pytest.mark.parametrize(
    ("expression", "name"),
    [
        ("{operation: DIVIDE, values: [1, 0]}", "DivisionByZero"),
        ("{operation: ADD, values: [1, a]}", "TypeMismatch"),
        ("{operation: ADD, values: [true, 1]}", "TypeMismatch"),
        ("{operation: MULTIPLY, values: [9223372036854775807, 2]}", "ArithmeticOverflow"),
        ("{operation: MULTIPLY, values: [1e28, 100.5]}", "ArithmeticOverflow"),
        ("{operation: LESS_THAN, subject: 1, value: '2025-01-01'}", "TypeMismatch"),
        ("{operation: AGE, date_of_birth: '2025-1-1', reference_date: '2025-01-01'}", "InvalidDate"),
        ("{operation: DATE, year: 2025, month: 2, day: 30}", "InvalidDate"),
        ("{operation: DATE_ADD, date: '9999-12-31', days: 1}", "InvalidDate"),
        ("{operation: VERZIN}", "InvalidOperation"),
        ("{operation: ADD, values: []}", "InvalidOperation"),
        ("{operation: AGE, date_of_birth: '2025-01-01'}", "InvalidOperation"),
        ("$bestaat_niet", "VariableNotFound"),
        ("$referencedate.week", "VariableNotFound"),
    ],
)
def test_what_cannot_be_done_has_the_error_name_of_the_format(expression: str, name: str) -> None:
    assert error_of(expression) == name


def test_a_branch_that_is_not_taken_is_not_evaluated() -> None:
    taken = "{operation: IF, cases: [{when: true, then: 1}], default: {operation: DIVIDE, values: [1, 0]}}"
    assert value_of(taken) == 1


# -- absent and unknown (RFC-036) ----------------------------------------------------------------------------


@pytest.mark.parametrize("operation", ["GREATER_THAN, subject: $x, value: 1", "ADD, values: [$x, 1]", "NOT, value: $x"])
def test_calculating_with_what_is_absent_is_an_error_from_v058(operation: str) -> None:
    assert error_of(f"{{operation: {operation}}}", x=None, schema=STRICT) == "NullOperand"


def test_before_v058_absent_counts_as_false_in_logic() -> None:
    assert value_of("{operation: NOT, value: $x}", x=None, schema=OLD) is True


def test_absence_can_be_tested() -> None:
    assert value_of("{operation: EQUALS, subject: $x, value: null}", x=None) is True
    assert value_of("{operation: IN, subject: $x, values: [1, 2]}", x=None) is False
    assert value_of("$x.veld", x=None) is None


def unknown(name: str) -> Unknown:
    """Return a value that is unknown for lack of a fact."""
    from dichterbij.law import FactRef

    return Unknown(frozenset({FactRef("", name)}))


@pytest.mark.parametrize(
    "expression",
    [
        "{operation: ADD, values: [$x, 1]}",
        "{operation: EQUALS, subject: $x, value: null}",
        "{operation: IN, subject: $x, values: [1, 2]}",
        "{operation: EQUALS, subject: {operation: LIST, items: [$x]}, value: {operation: LIST, items: [1]}}",
        "{operation: AND, conditions: [$x, true]}",
        "{operation: OR, conditions: [$x, false]}",
        "{operation: NOT, value: $x}",
        "{operation: IF, cases: [{when: $x, then: 1}], default: 2}",
        "$x.veld",
        "{operation: FOREACH, collection: $x, body: 1, combine: ADD}",
    ],
)
def test_unknown_goes_through_everything_with_its_name(expression: str) -> None:
    result = value_of(expression, x=unknown("huur"))
    assert isinstance(result, Unknown)
    assert {ref.fact for ref in result.facts} == {"huur"}


def test_a_definite_operand_decides_whatever_the_unknown_is() -> None:
    assert value_of("{operation: AND, conditions: [$x, false]}", x=unknown("huur")) is False
    assert value_of("{operation: OR, conditions: [$x, true]}", x=unknown("huur")) is True


def test_two_unknowns_name_both_facts() -> None:
    result = value_of("{operation: ADD, values: [$x, $y]}", x=unknown("huur"), y=unknown("inkomen"))
    assert isinstance(result, Unknown)
    assert {ref.fact for ref in result.facts} == {"huur", "inkomen"}


# -- collections (RFC-016) -----------------------------------------------------------------------------------

PEOPLE = ({"leeftijd": 25, "bijdrage": 100}, {"leeftijd": 19, "bijdrage": 50}, {"leeftijd": 21, "bijdrage": 200})
ADULT = "filter: {operation: GREATER_THAN_OR_EQUAL, subject: $p.leeftijd, value: 21}"


@pytest.mark.parametrize(
    ("rest", "expected", "of_nobody"),
    [
        (f"{ADULT}, body: 1, combine: ADD", 2, 0),
        ("body: $p.bijdrage, combine: ADD", 350, 0),
        ("body: $bijdrage, combine: MAX", 200, None),
        ("body: $p.bijdrage, combine: MIN", 50, None),
        (f"{ADULT}, body: $p.bijdrage", (100, 200), ()),
        ("body: {operation: GREATER_THAN, subject: $p.leeftijd, value: 20}, combine: AND", False, True),
        ("body: {operation: GREATER_THAN, subject: $p.leeftijd, value: 20}, combine: OR", True, False),
    ],
)
def test_a_collection_is_filtered_and_combined(rest: str, expected: Value, of_nobody: Value) -> None:
    expression = f"{{operation: FOREACH, collection: $mensen, as: p, {rest}}}"
    assert value_of(expression, mensen=PEOPLE) == expected
    assert value_of(expression, mensen=()) == of_nobody
    assert value_of(expression, mensen=None) == of_nobody


def test_an_inner_loop_reaches_the_outer_element_only_through_its_collection() -> None:
    houses = ({"leden": ({"inkomen": 100}, {"inkomen": 200})}, {"leden": ({"inkomen": 50},)}, {"leden": ()})
    inner = "{operation: FOREACH, collection: $huis.leden, as: lid, body: $lid.inkomen, combine: ADD}"
    outer = f"{{operation: FOREACH, collection: $huizen, as: huis, body: {inner}, combine: ADD}}"
    assert value_of(outer, huizen=houses) == 350
    hidden = inner.replace("$lid.inkomen", "$huis.leden")
    assert error_of(outer.replace(inner, hidden), huizen=houses) == "VariableNotFound"


def test_a_single_value_is_a_collection_of_one() -> None:
    assert value_of("{operation: FOREACH, collection: 7, body: $item, combine: ADD}") == 7


def test_a_collection_of_more_than_a_thousand_is_refused() -> None:
    assert error_of("{operation: FOREACH, collection: $x, body: 1}", x=tuple(range(1001))) == "MaxDepthExceeded"


# -- references ----------------------------------------------------------------------------------------------


def reader(source: str, output: str = "uitkomst") -> str:
    """Return an article that passes an input on."""
    return article(f"""
execution:
  parameters: [{{name: bsn, type: string, nullable: true}}]
  input: [{{name: gelezen, type: number, nullable: true, source: {source}}}]
  output: [{{name: {output}, type: number, nullable: true}}]
  actions: [{{output: {output}, value: $gelezen}}]
""")


def giver(value: str, parameter: str = "{name: bsn, type: string}") -> str:
    """Return an article that gives a value."""
    return article(f"""
execution:
  parameters: [{parameter}]
  output: [{{name: gegeven, type: number}}]
  actions: [{{output: gegeven, value: {value}}}]
""")


def test_a_call_for_nobody_is_skipped_and_gives_absence() -> None:
    files = {
        "a": file(reader("{regulation: bron, output: gegeven, parameters: {bsn: $bsn}}")),
        "b": file(giver("5"), id_="bron"),
    }
    assert outcome(files, bsn="1") == 5
    assert outcome(files, bsn=None) is None


def test_a_parameter_that_may_be_absent_is_passed_on() -> None:
    decides = "{operation: IF, cases: [{when: {operation: EQUALS, subject: $bsn, value: null}, then: 0}], default: 1}"
    files = {
        "a": file(reader("{regulation: bron, output: gegeven, parameters: {bsn: $bsn}}")),
        "b": file(giver(decides, "{name: bsn, type: string, nullable: true}"), id_="bron"),
    }
    assert outcome(files, bsn=None) == 0


def test_what_the_caller_does_not_pass_is_unknown_when_optional_and_an_error_when_required() -> None:
    from dichterbij.law import LawError

    call = file(reader("{regulation: bron, output: gegeven}"))
    optional = file(giver("$bedrag", "{name: bedrag, type: number, required: false}"), id_="bron")
    required = file(giver("$bedrag", "{name: bedrag, type: number}"), id_="bron")
    result = outcome({"a": call, "b": optional}, bsn="1")
    assert isinstance(result, Unknown) and {ref.fact for ref in result.facts} == {"bedrag"}
    with pytest.raises(LawError) as raised:
        outcome({"a": call, "b": required}, bsn="1")
    assert raised.value.name == "MissingParameter"


def test_laws_that_refer_to_each_other_are_a_circular_reference() -> None:
    from dichterbij.law import LawError

    one = file(reader("{regulation: twee, output: uitkomst}"))
    two = file(reader("{regulation: proef, output: uitkomst}"), id_="twee")
    with pytest.raises(LawError) as raised:
        outcome({"a": one, "b": two}, bsn="1")
    assert raised.value.name == "CircularReference"


def test_more_than_twenty_references_deep_is_refused() -> None:
    from dichterbij.law import LawError

    files = {f"{i}": file(reader(f"{{regulation: wet{i + 1}, output: uitkomst}}"), id_=f"wet{i}") for i in range(25)}
    with pytest.raises(LawError) as raised:
        outcome(files, law="wet0", bsn="1")
    assert raised.value.name == "MaxDepthExceeded"


# -- delegation ----------------------------------------------------------------------------------------------

TERM = """
open_terms: [{{id: grens, type: number, required: {required}{more}}}]
execution:
  output: [{{name: uitkomst, type: number, nullable: true}}]
  actions: [{{output: uitkomst, value: $grens}}]
"""


def filler(value: int, *, id_: str, layer: str = "MINISTERIELE_REGELING", extra: str = "") -> str:
    """Return a regulation that fills the term."""
    body = f"""
implements: [{{law: proef, article: '1', open_term: grens}}]
execution:
  output: [{{name: grens, type: number}}]
  actions: [{{output: grens, value: {value}}}]
"""
    return file(article(body), id_=id_, layer=layer, extra=extra)


def term(required: str = "true", more: str = "") -> str:
    """Return a law with an open term."""
    return file(article(TERM.format(required=required, more=more)))


def test_the_higher_regulation_fills_a_term_and_among_equals_the_later() -> None:
    files = {"a": term(), "b": filler(1, id_="b", layer="BELEIDSREGEL"), "c": filler(2, id_="c")}
    assert outcome(files) == 2
    files["d"] = filler(3, id_="d", extra="valid_from: '2025-01-01'")
    assert outcome(files) == 3


def test_two_of_equal_rank_and_date_are_an_error() -> None:
    from dichterbij.law import LawError

    with pytest.raises(LawError, match="equal rank"):
        outcome({"a": term(), "b": filler(1, id_="b"), "c": filler(2, id_="c")})


def test_who_is_not_competent_does_not_take_part() -> None:
    files = {
        "a": term(more=", delegation_type: MINISTERIELE_REGELING"),
        "b": filler(999, id_="b", layer="WET"),
        "c": filler(100, id_="c"),
    }
    assert outcome(files) == 100


def test_a_municipal_rule_only_fills_a_term_in_its_own_municipality() -> None:
    local = filler(7, id_="b", layer="GEMEENTELIJKE_VERORDENING", extra="gemeente_code: GM0599")
    files = {"a": term("false", ", default: {actions: [{output: grens, value: 1}]}"), "b": local}
    assert outcome(files, gemeente_code="GM0599") == 7
    assert outcome(files, gemeente_code="GM0150") == 1
    assert outcome(files) == 1


def test_an_unfilled_term_is_an_error_when_required_and_absent_when_not() -> None:
    from dichterbij.law import LawError

    assert outcome({"a": term("false")}) is None
    with pytest.raises(LawError) as raised:
        outcome({"a": term()})
    assert raised.value.name == "ResolutionError"


# -- rules around and over decisions -------------------------------------------------------------------------

DECISION = """
execution:
  produces: {legal_character: BESCHIKKING, decision_type: TOEKENNING}
  output: [{name: uitkomst, type: number}]
  actions: [{output: uitkomst, value: 10}]
"""


def hook(name: str, value: int, *, id_: str, applies: str = "legal_character: BESCHIKKING", extra: str = "") -> str:
    """Return a rule that runs after decisions."""
    body = f"""
hooks: [{{hook_point: post_actions, applies_to: {{{applies}}}}}]
execution:
  output: [{{name: {name}, type: number}}]
  actions: [{{output: {name}, value: {value}}}]
"""
    return file(article(body), id_=id_, extra=extra)


def evaluated(files: dict[str, str], law: str = "proef") -> World:
    """Return the world after asking the outcome of a law."""
    world = World(LawSet.of(files, strict=False), on=date(2025, 3, 15))
    world.evaluate(law, ("uitkomst",))
    return world


def test_a_rule_around_decisions_adds_its_outputs() -> None:
    world = evaluated({"a": file(article(DECISION)), "b": hook("termijn", 6, id_="awb")})
    assert dict(world.outcome.outputs) == {"uitkomst": 10, "termijn": 6}


@pytest.mark.parametrize("applies", ["legal_character: TOETS", "legal_character: BESCHIKKING, stage: BEKENDMAKING"])
def test_a_rule_around_other_decisions_or_stages_does_not_run(applies: str) -> None:
    world = evaluated({"a": file(article(DECISION)), "b": hook("termijn", 6, id_="awb", applies=applies)})
    assert dict(world.outcome.outputs) == {"uitkomst": 10}


def test_a_special_rule_of_the_asking_law_replaces_an_output_of_a_general_one() -> None:
    special = article(
        """
overrides: [{law: awb, article: '1', output: termijn}]
execution:
  output: [{name: termijn, type: number}]
  actions: [{output: termijn, value: 4}]
""",
        number="69",
    )
    files = {"a": file(article(DECISION) + special), "b": hook("termijn", 6, id_="awb")}
    world = evaluated(files)
    assert world.outcome.outputs["termijn"] == 4
    assert world.outcome.graph is not None and world.outcome.graph.provenance["termijn"].kind == "override"


def test_a_special_rule_of_another_law_does_not_apply() -> None:
    special = file(
        article(
            """
overrides: [{law: proef, article: '1', output: uitkomst}]
execution:
  output: [{name: uitkomst, type: number}]
  actions: [{output: uitkomst, value: 99}]
"""
        ),
        id_="vreemd",
    )
    assert evaluated({"a": file(article(DECISION)), "b": special}).outcome.outputs["uitkomst"] == 10


VOID = """
overrides:
  - {law: proef, article: '1', output: uitkomst, voids: true, legal_text_excerpt: bestaat geen aanspraak}
"""


def test_an_output_that_does_not_arise_is_an_error_by_every_route() -> None:
    voided = file(article(DECISION) + article(VOID, number="2"))
    asker = file(reader("{regulation: proef, output: uitkomst}"), id_="vrager")
    direct, through = evaluated({"a": voided}), evaluated({"a": voided, "b": asker}, law="vrager")
    for world in (direct, through):
        assert world.outcome.error is not None
        assert world.outcome.error.name == "OutputVoided"
        assert "bestaat geen aanspraak" in world.outcome.error.detail


@pytest.mark.parametrize("accepted", [True, False])
def test_a_marking_stops_execution_until_a_person_has_accepted_it(accepted: bool) -> None:
    body = (
        DECISION
        + f"""
markings:
  - {{about: iets, reason: reden, resolution: model, resolved_by: x, target: [], legal_text_excerpt: t,
     accepted: {str(accepted).lower()}}}
"""
    )
    world = evaluated({"a": file(article(body))})
    assert (world.outcome.error is None) is accepted


def test_an_untranslatable_word_taints_what_rests_on_it() -> None:
    body = DECISION + "untranslatables: [{construct: iets, reason: reden}]\n"
    files = {"a": file(article(body), schema=OLD), "b": file(reader("{regulation: proef, output: uitkomst}"), id_="b")}
    world = World(LawSet.of(files, strict=False), on=date(2025, 3, 15), mode="propagate")
    world.evaluate("b", ("uitkomst",))
    assert isinstance(world.outcome.outputs["uitkomst"], Untranslatable)


def test_the_last_day_in_force_counts_and_an_older_version_never_returns() -> None:
    from dichterbij.law import LawError

    old = file(giver("1", "{name: bsn, type: string, required: false}"), extra="valid_from: '2020-01-01'")
    new = file(
        giver("2", "{name: bsn, type: string, required: false}"),
        extra="valid_from: '2024-01-01'\nvalid_to: '2025-03-14'",
    )
    with pytest.raises(LawError, match="last in force until 2025-03-14"):
        outcome({"a": old, "b": new}, "gegeven")
    still = new.replace("2025-03-14", "2025-03-15")
    assert outcome({"a": old, "b": still}, "gegeven") == 2


# -- what people submit (v0.8.0, RFC-046) --------------------------------------------------------------------

APPLICATION = """
execution:
  produces: {legal_character: TOETS, decision_type: GEEN_BESLUIT, submission: {kind: AANVRAAG}}
  output: [{name: uitkomst, type: boolean}]
  actions: [{output: uitkomst, value: true}]
"""


def deciding(character: str) -> str:
    """Return an article that decides on the application."""
    return article(
        f"""
execution:
  produces: {{legal_character: {character}, decision_type: TOEKENNING, decides_on: ['proef#1']}}
  output: [{{name: besluit, type: number}}]
  actions: [{{output: besluit, value: 1}}]
""",
        number="2",
    )


@pytest.mark.parametrize(
    ("applies", "decided", "fires"),
    [
        ("submission: AANVRAAG", "BESCHIKKING", True),
        ("submission: AANVRAAG, decided_by: BESCHIKKING", "BESCHIKKING", True),
        ("submission: AANVRAAG, decided_by: BESCHIKKING", "BESLUIT_VAN_ALGEMENE_STREKKING", False),
        ("submission: AANVRAAG, established_by: 'proef#1'", "BESCHIKKING", True),
        ("submission: AANVRAAG, established_by: 'proef#9'", "BESCHIKKING", False),
        ("submission: BEZWAARSCHRIFT", "BESCHIKKING", False),
        ("legal_character: BESCHIKKING", "BESCHIKKING", False),
    ],
)
def test_a_general_rule_can_run_around_an_application(applies: str, decided: str, fires: bool) -> None:
    files = {
        "a": file(article(APPLICATION) + deciding(decided), schema="v0.8.0"),
        "b": hook("beslistermijn", 8, id_="awb", applies=applies).replace(NEW, "v0.8.0"),
    }
    assert ("beslistermijn" in evaluated(files).outcome.outputs) is fires


def test_a_rule_that_runs_before_a_decision_gives_it_a_value() -> None:
    before = hook("extra", 3, id_="awb").replace("post_actions", "pre_actions")
    body = DECISION.replace("value: 10", "value: {operation: ADD, values: [$extra, 10]}")
    assert evaluated({"a": file(article(body)), "b": before}).outcome.outputs["uitkomst"] == 13


@pytest.mark.parametrize(("schema", "nullable"), [("v0.5.7", ", nullable: true"), ("v0.5.8", ""), ("v0.7.1", "")])
def test_adding_up_what_is_absent_for_one_element_is_an_error(schema: str, nullable: str) -> None:
    from dichterbij.law import LawError

    highest = "{operation: FOREACH, collection: $h.leden, as: lid, body: $lid.bijdrage, combine: MAX}"
    body = f"""
definitions: {{huizen: {{value: [{{leden: [{{bijdrage: 100}}, {{bijdrage: 200}}]}}, {{leden: []}}]}}}}
execution:
  output: [{{name: uitkomst, type: number{nullable}}}]
  actions:
    - output: uitkomst
      value: {{operation: FOREACH, collection: $huizen, as: h, body: {highest}, combine: ADD}}
"""
    with pytest.raises(LawError) as raised:
        outcome({"a": file(article(body), schema=schema)})
    assert raised.value.name == "NullOperand"


def test_a_file_of_v058_that_never_says_nullable_may_test_any_input_for_absence() -> None:
    body = """
execution:
  parameters: [{name: x, type: number}]
  output: [{name: uitkomst, type: boolean}]
  actions: [{output: uitkomst, value: {operation: EQUALS, subject: $x, value: null}}]
"""
    assert outcome({"a": file(article(body), schema="v0.5.8")}, x=None) is True


# -- absence where the law declares that there always is a value (RFC-036, nullable) -------------------------


def told(files: dict[str, str], output: str = "uitkomst", **parameters: Value) -> str:
    """Return the sentence of the error of an evaluation, with a register that says: none."""
    world = World(LawSet.of(files, strict=False), on=date(2025, 3, 15), parameters=dict(parameters))
    world.add_source("register", "bsn", [["bsn", "grens", "bedrag"], ["1", "null", "null"]], "proef")
    world.evaluate("proef", (output,))
    assert world.outcome.error is not None
    return world.outcome.error.detail


LIMIT = """
execution:
  parameters: [{name: bsn, type: string}]
  input: [{name: grens, type: number, source: {}}]
  output: [{name: uitkomst, type: number}]
  actions: [{output: uitkomst, operation: ADD, values: [$grens, 1]}]
"""


def test_a_register_that_contradicts_the_law_is_named() -> None:
    sentence = told({"a": file(article(LIMIT))}, bsn="1")
    assert all(part in sentence for part in ("declares as never absent", "grens", "source register"))


def test_a_caller_that_contradicts_the_law_is_named() -> None:
    sentence = told({"a": file(article(LIMIT))}, bsn="1", grens=None)
    assert all(part in sentence for part in ("declares as never absent", "grens", "parameter from caller"))


def test_a_law_that_passes_absence_where_it_may_not_is_named() -> None:
    call = article("""
execution:
  parameters: [{name: bsn, type: string}]
  input:
    - {name: bedrag, type: number, nullable: true, source: {}}
    - name: past
      type: boolean
      source: {regulation: bron, output: past_bedrag, parameters: {bedrag: $bedrag}}
  output: [{name: uitkomst, type: boolean}]
  actions: [{output: uitkomst, value: $past}]
""")
    taker = article("""
execution:
  parameters: [{name: bedrag, type: number, required: false}]
  output: [{name: past_bedrag, type: boolean}]
  actions: [{output: past_bedrag, value: {operation: GREATER_THAN, subject: $bedrag, value: 100}}]
""")
    sentence = told({"a": file(call), "b": file(taker, id_="bron")}, bsn="1")
    assert all(part in sentence for part in ("declares as never absent", "bedrag", "parameter from proef"))


def test_a_parameter_passed_as_absent_where_it_may_not_be_is_refused_at_once() -> None:
    sentence = told({"a": file(giver("5", "{name: bedrag, type: number, required: false}"))}, "gegeven", bedrag=None)
    assert "not declared nullable" in sentence and "bedrag" in sentence


def test_an_output_that_promised_a_value_and_has_none_is_an_error() -> None:
    body = LIMIT.replace(
        "operation: ADD, values: [$grens, 1]", "value: {operation: IF, cases: [{when: false, then: 1}]}"
    )
    sentence = told({"a": file(article(body))}, bsn="1")
    assert "evaluated to null" in sentence and "not declared nullable" in sentence
