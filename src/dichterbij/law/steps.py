"""Steps that fetch a value: literals, dates, facts, parameters, registers, named inputs and outputs."""

from collections.abc import Mapping
from typing import Final, cast

from .errors import LawError
from .graph import Kind, Node
from .operation_steps import UNCLEAR
from .running import Run, Step
from .values import SKIPPED, UNKNOWN, FactRef, Given, Unknown, Value
from .vocabulary import FactDefinition, reader

_NOBODY: Final[Mapping[str, Given]] = {}


def _fact_of_nobody(person: Value, name: str) -> Value:
    if person is None or type(person) in UNCLEAR:
        return person
    if isinstance(person, Mapping) and name in person:
        return person[name]
    raise LawError("TypeMismatch", f"'{name}' is a fact of one person")


def constant(number: int, value: Value) -> Step:
    """Return the step of a value written in the law."""

    def step(run: Run) -> Value:
        run.values[number] = value
        return value

    return step


def local(number: int) -> Step:
    """Return the step of the element of a loop."""
    return lambda run: cast(Value, run.values[number])


def raising(error: LawError) -> Step:
    """Return the step of what cannot be resolved: it fails when it is needed."""

    def step(_: Run) -> Value:
        raise error

    return step


def subject(number: int) -> Step:
    """Return the step of the person the question is about."""

    def step(run: Run) -> Value:
        run.values[number] = run.subject
        return run.subject

    return step


def context(node: Node) -> Step:
    """Return the step of a date: the period's first day or the day of the decision."""
    number, part, is_decision = node.number, node.detail["property"], node.name == "decision"

    def step(run: Run) -> Value:
        on = run.decided_on if is_decision else run.period
        parts: dict[str, Value] = {"iso": on.isoformat(), "year": on.year, "month": on.month, "day": on.day}
        run.values[number] = value = parts[str(part)] if part else parts
        return value

    return step


def given(node: Node) -> Step:
    """Return the step of a parameter passed by name."""
    number, name = node.number, node.name

    def step(run: Run) -> Value:
        run.values[number] = value = run.given[name]
        return value

    return step


def lookup(node: Node, key: Step, otherwise: Step) -> Step:
    """Return the step that looks in a data source, and otherwise elsewhere."""
    number, name, index = node.number, node.name.lower(), cast(int, node.detail["source"])

    def step(run: Run) -> Value:
        wanted = key(run)
        row = None if type(wanted) in UNCLEAR else run.sources[index].rows.get(str(wanted))
        value = row[name] if row is not None and name in row else otherwise(run)
        run.values[number] = value
        return value

    return step


def never_absent(node: Node, source: Step, provider: str) -> Step:
    """Return the step of a named value that the law declares never absent."""
    number = node.number

    def step(run: Run) -> Value:
        found = run.values[number]
        if found is not SKIPPED:
            return found
        value = source(run)
        if value is None:
            raise _absent(node, provider)
        run.values[number] = value
        return value

    return step


def _absent(node: Node, provider: str) -> LawError:
    """Return the error for an absent value where the law declares that there always is one (RFC-036)."""
    law = node.place.law
    if node.kind is Kind.OUTPUT:
        detail = f"Output '{node.name}' of '{law}' evaluated to null but is not declared nullable"
        return LawError("NullOutput", detail, node.place)
    caller = str(node.detail.get("from") or "")
    if node.kind is Kind.PARAMETER and not caller:
        detail = f"Parameter '{node.name}' of '{law}' is null but is not declared nullable"
        return LawError("NullForNonNullable", detail, node.place)
    origin = f"source {provider}" if provider else f"parameter from {caller or 'caller'}"
    detail = f"'{node.name}' is null ({origin}), which '{law}' declares as never absent"
    return LawError("NullForNonNullable", detail, node.place)


def guarded(number: int, result: Step, guards: list[Step]) -> Step:
    """Return the step of a call that is skipped when a parameter it needs is absent or unknown."""

    def step(run: Run) -> Value:
        found = run.values[number]
        if found is not SKIPPED:
            return found
        value: Value = None
        for guard in guards:
            passed = guard(run)
            if passed is None or type(passed) in UNCLEAR:
                value = passed
                break
        else:
            value = result(run)
        run.values[number] = value
        return value

    return step


def or_else(number: int, first: Step, otherwise: Step) -> Step:
    """Return the step of a delegated term with a default for when it is left absent."""

    def step(run: Run) -> Value:
        value = first(run)
        if value is None:
            value = otherwise(run)
        run.values[number] = value
        return value

    return step


def article(number: int, parts: list[Step]) -> Step:
    """Return the step of a whole article: all it does, in order."""

    def step(run: Run) -> Value:
        value: Value = None
        for part in parts:
            value = part(run)
        run.values[number] = value
        return value

    return step


def property_step(node: Node, parts: list[Step]) -> Step:
    """Return the step of a field of a record."""
    number, name, strict = node.number, str(node.detail["property"]), bool(node.detail["strict"])
    record_of, otherwise = parts[0], parts[1] if len(parts) > 1 else None

    def step(run: Run) -> Value:
        record = record_of(run)
        if otherwise is not None and not (isinstance(record, Mapping) and name in record):
            value = otherwise(run)
        else:
            value = _field(record, name, strict)
        run.values[number] = value
        return value

    return step


def _field(record: Value, name: str, strict: bool) -> Value:
    if type(record) in UNCLEAR or (record is None and strict):
        return record
    if isinstance(record, Mapping) and name in record:
        return record[name]
    if isinstance(record, tuple) and name.isdigit() and int(name) < len(record):
        return record[int(name)]
    raise LawError("VariableNotFound", f"Variable '{name}' not found in the record")


def fact(node: Node, definition: FactDefinition, key: Step) -> Step:
    """Return the step that reads a fact of a person."""
    number, name, read = node.number, node.name, reader(definition)

    def step(run: Run) -> Value:
        values = run.values
        found = values[number]
        if found is not SKIPPED:
            return found
        person = key(run)
        if type(person) is not str:
            values[number] = value = _fact_of_nobody(person, name)
            return value
        supplied = run.persons.get(person, _NOBODY).get(name, UNKNOWN)
        value = Unknown(frozenset((FactRef(person, name),))) if supplied is UNKNOWN else read(supplied)
        values[number] = value
        return value

    return step
