"""What each action of the grammar does in a scenario."""

from collections.abc import Callable, Mapping
from typing import Final

from ..notes import Selector
from ..values import Unknown, Untranslatable
from ..written import as_json
from .grammar import Call, inferred
from .world import Mismatch, Table, World, expect, same

Action = Callable[[World, Call, Table], None]


def _set_parameter(world: World, call: Call, _: Table) -> None:
    world.parameters[call.arguments["name"]] = inferred(call.arguments["value"])


def _load_law(world: World, call: Call, _: Table) -> None:
    law = call.arguments["law"]
    expect(bool(world.laws.versions(law)), f"law '{law}' is not in this folder")


def _add_source(world: World, call: Call, table: Table) -> None:
    arguments = call.arguments
    world.add_source(arguments["source"], arguments["key"], table, arguments.get("law"))


def _set_mode(world: World, call: Call, _: Table) -> None:
    world.mode = call.arguments["mode"]


def _evaluate_outputs(world: World, call: Call, _: Table) -> None:
    names = tuple(name.strip() for name in call.arguments["outputs"].split(","))
    world.evaluate(call.arguments["law"], names)


def _succeeds(world: World, _: Call, __: Table) -> None:
    error = world.outcome.error
    expect(error is None, lambda: f"the execution failed: {error.name}: {error.detail}" if error else "")


def _fails(world: World, _: Call, __: Table) -> None:
    expect(world.outcome.error is not None, "the execution succeeded")


def _fails_with(world: World, call: Call, _: Table) -> None:
    error, wanted = world.outcome.error, call.arguments["message"]
    if error is None:
        raise Mismatch("the execution succeeded")
    found = f"{error.name}: {error.detail}"
    expect(wanted.lower() in found.lower(), f"'{found}' does not say '{wanted}'")


def _is_boolean(world: World, call: Call, _: Table) -> None:
    actual = world.output(call.arguments["output"])
    expect(actual is call.literals[0], lambda: f"expected {call.literals[0]}, got {as_json(actual)}")


def _equals(world: World, call: Call, _: Table) -> None:
    actual, written = world.output(call.arguments["output"]), call.arguments["value"]
    is_same = same(inferred(written), actual) or actual == written
    expect(is_same, lambda: f"expected {written}, got {as_json(actual)}")


def _is_null(world: World, call: Call, _: Table) -> None:
    actual = world.output(call.arguments["output"])
    expect(actual is None, lambda: f"expected null, got {as_json(actual)}")


def _is_unknown(world: World, call: Call, _: Table) -> None:
    actual = world.output(call.arguments["output"])
    if not isinstance(actual, Unknown):
        raise Mismatch(f"expected unknown, got {as_json(actual)}")
    wanted = call.arguments.get("name")
    names = {ref.fact for ref in actual.facts}
    expect(wanted is None or wanted in names, f"unknown for lack of {sorted(names)}, not of '{wanted}'")


def _contains(world: World, call: Call, _: Table) -> None:
    actual, written = world.output(call.arguments["output"]), call.arguments["value"]
    if isinstance(actual, tuple):
        found = any(same(inferred(written), item) or item == written for item in actual)
    else:
        found = isinstance(actual, str) and written in actual
    expect(found, lambda: f"{as_json(actual)} does not contain {written}")


def _exact_outputs(world: World, call: Call, _: Table) -> None:
    _succeeds(world, call, [])
    wanted = {name.strip() for name in call.arguments["outputs"].split(",")}
    expect(set(world.outcome.outputs) == wanted, lambda: f"got the outputs {sorted(world.outcome.outputs)}")


def _provenance(world: World, call: Call, _: Table) -> None:
    world.output(call.arguments["output"])
    graph = world.outcome.graph
    found = graph.provenance[call.arguments["output"]] if graph else None
    kinds = {found.kind, "reactive" if found.hook_point else found.kind} if found else set()
    expect(call.literals[0] in kinds, f"the provenance is {sorted(kinds)}")


def _tainted(world: World, call: Call, _: Table) -> None:
    actual = world.output(call.arguments["output"])
    expect(isinstance(actual, Untranslatable), lambda: f"got {as_json(actual)}")


def _note_articles(world: World, _: Call, table: Table) -> None:
    header, *rows = table
    records = [dict(zip(header, row, strict=False)) for row in rows]
    world.articles = {record["number"]: record["text"] for record in records}


def _note_selector(world: World, call: Call, _: Table) -> None:
    arguments = call.arguments
    world.selector = Selector(arguments["quote"], arguments.get("prefix", ""), arguments.get("suffix", ""))


def _note_hint(_: World, __: Call, ___: Table) -> None:
    """A hint never decides, so it is not needed."""


def _note_resolves(world: World, call: Call, _: Table) -> None:
    match = world.note.match if world.note else None
    expect(match is not None and match.article == call.arguments["article"], f"the note is {world.note}")


def _note_match(is_exact: bool) -> Action:
    def check(world: World, _: Call, __: Table) -> None:
        match = world.note.match if world.note else None
        expect(match is not None and (match.confidence == 1.0) is is_exact, f"the note is {world.note}")

    return check


def _note_status(status: str) -> Action:
    def check(world: World, _: Call, __: Table) -> None:
        expect(world.note is not None and world.note.status == status, f"the note is {world.note}")

    return check


ACTIONS: Final[Mapping[str, Action]] = {
    "set_calculation_date": lambda world, call, _: world.set_date(call.arguments["date"]),
    "load_law": _load_law,
    "set_parameter": _set_parameter,
    "set_parameters_table": lambda world, _, table: world.set_table(table),
    "set_parameter_collection": lambda world, call, table: world.set_collection(call.arguments["name"], table),
    "set_data_source": _add_source,
    "set_data_source_for_law": _add_source,
    "set_untranslatable_mode": _set_mode,
    "evaluate": lambda world, call, _: world.evaluate_article(call.arguments["law"], call.arguments["output"]),
    "evaluate_outputs": _evaluate_outputs,
    "assert_succeeds": _succeeds,
    "assert_fails": _fails,
    "assert_fails_with": _fails_with,
    "assert_boolean": _is_boolean,
    "assert_equals": _equals,
    "assert_null": _is_null,
    "assert_unknown": _is_unknown,
    "assert_unknown_for": _is_unknown,
    "assert_contains": _contains,
    "assert_exact_outputs": _exact_outputs,
    "assert_provenance": _provenance,
    "assert_tainted": _tainted,
    "set_note_articles": _note_articles,
    "set_note_selector_exact": _note_selector,
    "set_note_selector_context": _note_selector,
    "set_note_hint_article": _note_hint,
    "set_note_hint_position": _note_hint,
    "resolve_note": lambda world, _, __: world.resolve(),
    "assert_note_resolves": _note_resolves,
    "assert_note_exact_match": _note_match(True),
    "assert_note_fuzzy_match": _note_match(False),
    "assert_note_orphaned": _note_status("orphaned"),
    "assert_note_ambiguous": _note_status("ambiguous"),
}
