"""Run a compiled graph for one person, only as far as needed, and keep the value of every step.

Each node becomes one small function that stores what it finds, made once per graph. Unknown and untranslatable
values travel through every operation; AND, OR and IF look at an operand only when it can still matter.
"""

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import DecimalException, localcontext
from typing import Final, TypeAlias, cast

from .errors import LawError
from .graph import Graph, Kind, Node
from .loops import foreach_step
from .operations import EXACT, OPERATIONS, Operation, equals, indefinite
from .outside import Records
from .terms import TERM_END, last_day
from .values import SKIPPED, UNKNOWN, FactRef, Given, Slot, Unknown, Untranslatable, Value
from .vocabulary import Vocabulary, plain, reader

MAX_DEPTH: Final = 6000
_ALIASES: Final = frozenset((Kind.DEFINITION, Kind.PARAMETER))
_UNCLEAR: Final = frozenset((Unknown, Untranslatable))


@dataclass(slots=True, eq=False)
class Run:
    """One evaluation: what is asked about whom, and the value of each node so far."""

    values: list[Slot]
    subject: str
    period: date
    decided_on: date
    persons: Mapping[str, Mapping[str, Given]] = field(default_factory=dict)
    given: Mapping[str, Value] = field(default_factory=dict)
    sources: tuple[Records, ...] = ()
    iterations: dict[int, "list[Iteration]"] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Iteration:
    """One element of a loop: whether it counted, and the values of the steps inside."""

    element: Value
    kept: bool
    values: Mapping[int, Slot]
    iterations: "Mapping[int, list[Iteration]]"


Step: TypeAlias = Callable[[Run], Value]


@dataclass(frozen=True, slots=True, eq=False)
class Tape:
    """A graph made ready to run."""

    graph: Graph
    steps: tuple[Step, ...]
    names: tuple[tuple[int, int], ...]

    def fresh(self) -> list[Slot]:
        """Return the values of a run that has not begun."""
        return [SKIPPED] * len(self.steps)

    def value(self, run: Run, number: int) -> Value:
        """Return the value of a node, computing what it needs."""
        if self.graph.depth > 300:
            sys.setrecursionlimit(max(sys.getrecursionlimit(), 4 * self.graph.depth + 2000))
        with localcontext(EXACT):
            return self.steps[number](run)

    def outputs(self, run: Run) -> dict[str, Value]:
        """Return the outputs of the graph, and fill in the values of names that stand for other nodes."""
        if self.graph.depth > 300:
            sys.setrecursionlimit(max(sys.getrecursionlimit(), 4 * self.graph.depth + 2000))
        with localcontext(EXACT):
            found = {name: self.steps[number](run) for name, number in self.graph.outputs.items()}
        self.fill_names(run)
        return found

    def fill_names(self, run: Run) -> None:
        """Give every node that only names another node the value of that node."""
        values = run.values
        for name, target in self.names:
            values[name] = values[target]


def make_tape(graph: Graph, vocabulary: Vocabulary) -> Tape:
    """Return a graph ready to run; raises MaxDepthExceeded."""
    if graph.depth > MAX_DEPTH:
        raise LawError("MaxDepthExceeded", "The rules are nested too deep")
    maker = _Maker(graph, vocabulary)
    steps: list[Step] = []
    for node in graph.nodes:
        steps.append(maker.step(node, steps))
    return Tape(graph, tuple(steps), tuple(maker.names))


@dataclass(slots=True)
class _Maker:
    graph: Graph
    vocabulary: Vocabulary
    names: list[tuple[int, int]] = field(default_factory=list)

    def step(self, node: Node, steps: list[Step]) -> Step:
        """Return the function that computes a node."""
        match node.kind:
            case Kind.LITERAL:
                return _constant(node.number, node.value)
            case Kind.DEFINITION:
                return self.alias(node, steps)
            case Kind.OUTPUT | Kind.INPUT | Kind.PARAMETER | Kind.OVERRIDE | Kind.CALL | Kind.OPEN_TERM:
                return self.named(node, steps)
            case Kind.CONTEXT:
                return _context(node)
            case Kind.SUBJECT:
                return _subject(node.number)
            case Kind.GIVEN:
                return _given(node)
            case Kind.FACT:
                return self.fact(node, steps[node.args[0]])
            case Kind.LOOKUP:
                return _lookup(node, *(steps[arg] for arg in node.args))
            case Kind.OPERATION:
                return _operation(node, [steps[arg] for arg in node.args])
            case Kind.PROPERTY:
                return _property(node, [steps[arg] for arg in node.args])
            case Kind.FOREACH:
                return foreach_step(node, self.graph, steps)
            case Kind.LOCAL:
                return _local(node.number)
            case Kind.ARTICLE:
                return _article(node.number, [steps[arg] for arg in node.args])
            case Kind.ERROR:
                return _raise(node)

    def alias(self, node: Node, steps: list[Step]) -> Step:
        """Return the step of what a name stands for."""
        self.names.append((node.number, node.args[0]))
        return steps[node.args[0]]

    def named(self, node: Node, steps: list[Step]) -> Step:
        """Return the step of an input, output, call or term, with what it must watch."""
        if node.detail.get("required") and not self.is_certain(node.args[0]):
            return _never_absent(node, steps[node.args[0]], self.provider(node))
        if node.kind is Kind.CALL:
            guards = [steps[arg] for arg in node.args[1:] if not self.is_certain(arg)]
            if guards:
                return _guarded(node.number, steps[node.args[0]], guards)
        if node.kind is Kind.OPEN_TERM and len(node.args) > 1:
            return _or_else(node.number, *(steps[arg] for arg in node.args))
        return self.alias(node, steps)

    def provider(self, node: Node) -> str:
        """Return the register or law that a named value comes from; empty when a caller passed it."""
        source = self.graph.nodes[node.args[0]]
        if source.kind is Kind.FACT:
            return self.vocabulary[source.name].registry or "applicant"
        return str(source.detail.get("provider") or source.detail.get("law") or "")

    def is_certain(self, number: int) -> bool:
        """Say whether a node always has a value, so that no call is skipped for lack of it."""
        node = self.graph.nodes[number]
        while node.kind in (Kind.PARAMETER, Kind.DEFINITION):
            node = self.graph.nodes[node.args[0]]
        return node.kind is Kind.SUBJECT or (node.kind is Kind.LITERAL and isinstance(node.value, str | int))

    def fact(self, node: Node, key: Step) -> Step:
        """Return the step that reads a fact of a person."""
        number, name = node.number, node.name
        read = reader(self.vocabulary[name])

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
            if supplied is UNKNOWN:
                value = Unknown(frozenset((FactRef(person, name),)))
            else:
                value = read(supplied)
            values[number] = value
            return value

        return step


_NOBODY: Final[Mapping[str, Given]] = {}


def _fact_of_nobody(person: Value, name: str) -> Value:
    if person is None or type(person) in _UNCLEAR:
        return person
    if isinstance(person, Mapping) and name in person:
        return person[name]
    raise LawError("TypeMismatch", f"'{name}' is a fact of one person")


def _constant(number: int, value: Value) -> Step:
    def step(run: Run) -> Value:
        run.values[number] = value
        return value

    return step


def _local(number: int) -> Step:
    return lambda run: cast(Value, run.values[number])


def _raise(node: Node) -> Step:
    def step(run: Run) -> Value:
        assert node.error is not None
        raise node.error

    return step


def _subject(number: int) -> Step:
    def step(run: Run) -> Value:
        run.values[number] = run.subject
        return run.subject

    return step


def _context(node: Node) -> Step:
    number, part, is_decision = node.number, node.detail["property"], node.name == "decision"

    def step(run: Run) -> Value:
        on = run.decided_on if is_decision else run.period
        parts: dict[str, Value] = {"iso": on.isoformat(), "year": on.year, "month": on.month, "day": on.day}
        run.values[number] = value = parts[str(part)] if part else parts
        return value

    return step


def _given(node: Node) -> Step:
    number, name = node.number, node.name

    def step(run: Run) -> Value:
        run.values[number] = value = run.given[name]
        return value

    return step


def _lookup(node: Node, key: Step, otherwise: Step) -> Step:
    number, name, index = node.number, node.name.lower(), cast(int, node.detail["source"])

    def step(run: Run) -> Value:
        wanted = key(run)
        if type(wanted) in _UNCLEAR:
            row = None
        else:
            row = run.sources[index].rows.get(str(wanted))
        value = row[name] if row is not None and name in row else otherwise(run)
        run.values[number] = value
        return value

    return step


def _never_absent(node: Node, source: Step, provider: str) -> Step:
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


def _guarded(number: int, result: Step, guards: list[Step]) -> Step:
    def step(run: Run) -> Value:
        found = run.values[number]
        if found is not SKIPPED:
            return found
        value: Value = None
        for guard in guards:
            passed = guard(run)
            if passed is None or type(passed) in _UNCLEAR:
                value = passed
                break
        else:
            value = result(run)
        run.values[number] = value
        return value

    return step


def _or_else(number: int, first: Step, otherwise: Step) -> Step:
    def step(run: Run) -> Value:
        value = first(run)
        if value is None:
            value = otherwise(run)
        run.values[number] = value
        return value

    return step


def _article(number: int, parts: list[Step]) -> Step:
    def step(run: Run) -> Value:
        value: Value = None
        for part in parts:
            value = part(run)
        run.values[number] = value
        return value

    return step


def _property(node: Node, parts: list[Step]) -> Step:
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
    if type(record) in _UNCLEAR or (record is None and strict):
        return record
    if isinstance(record, Mapping) and name in record:
        return record[name]
    if isinstance(record, tuple) and name.isdigit() and int(name) < len(record):
        return record[int(name)]
    raise LawError("VariableNotFound", f"Variable '{name}' not found in the record")


# -- operations ----------------------------------------------------------------------------------------------


def _operation(node: Node, args: list[Step]) -> Step:
    strict = bool(node.detail.get("strict"))
    if node.name == "IF":
        return _conditional(node, args, strict)
    if node.name in ("AND", "OR"):
        return _decided(node, args, strict, decisive=node.name == "OR")
    if node.name == TERM_END:
        known = Operation(TERM_END, last_day, result="date")
        return _strict(node, known, args, {"unit": node.detail["unit"]}, strict)
    known = OPERATIONS[node.name]
    fixed = {key: node.detail[key] for key in known.fixed}
    if known.folds and len(args) == 2:
        return _pair(node, known, args[0], args[1], strict)
    if known.folds:
        return _fold(node, known, args, strict)
    if len(args) == 2 and not fixed and not known.keeps_unknown:
        return _pair(node, known, args[0], args[1], strict)
    return _strict(node, known, args, fixed, strict)


def _definite(node: Node, known: Operation, operands: tuple[Value, ...], strict: bool) -> Value | None:
    """Return what unclear operands make of a strict operation; None when all are clear; raises for absent ones."""
    if not known.keeps_unknown and any(type(operand) in _UNCLEAR for operand in operands):
        return indefinite(operands)
    if strict and not known.tests_absence and None in operands:
        raise absent_operand(node)
    return None


def absent_operand(node: Node) -> LawError:
    """Return the error for calculating with, or deciding on, something that is not there."""
    name = node.name.split(":")[0]
    return LawError("NullOperand", f"{name}: operand is null; test for absence with EQUALS null first", node.place)


def _pair(node: Node, known: Operation, left: Step, right: Step, strict: bool) -> Step:
    number, compute = node.number, known.scalar

    def step(run: Run) -> Value:
        values = run.values
        found = values[number]
        if found is not SKIPPED:
            return found
        first, second = left(run), right(run)
        try:
            value = compute(first, second)
        except (LawError, DecimalException) as error:
            value = _explained(node, known, (first, second), strict, error)
        values[number] = value
        return value

    return step


def _explained(
    node: Node, known: Operation, operands: tuple[Value, ...], strict: bool, error: LawError | DecimalException
) -> Value:
    unclear = _definite(node, known, operands, strict)
    if unclear is not None:
        return unclear
    if isinstance(error, LawError):
        raise error.at(node.place)
    raise LawError("ArithmeticOverflow", f"Arithmetic overflow in {node.name}", node.place)


def _fold(node: Node, known: Operation, args: list[Step], strict: bool) -> Step:
    number, compute = node.number, known.scalar

    def step(run: Run) -> Value:
        found = run.values[number]
        if found is not SKIPPED:
            return found
        operands = tuple([arg(run) for arg in args])
        try:
            value = _single(operands[0], compute) if len(operands) == 1 else operands[0]
            for operand in operands[1:]:
                value = compute(value, operand)
        except (LawError, DecimalException) as error:
            value = _explained(node, known, operands, strict, error)
        run.values[number] = value
        return value

    return step


def _single(operand: Value, compute: Callable[..., Value]) -> Value:
    """Return a lone operand after the operation has looked at its type."""
    compute(operand, operand) if operand != 0 else None
    return operand


def _strict(node: Node, known: Operation, args: list[Step], fixed: Mapping[str, object], strict: bool) -> Step:
    number, compute = node.number, known.scalar

    def step(run: Run) -> Value:
        found = run.values[number]
        if found is not SKIPPED:
            return found
        operands = tuple([arg(run) for arg in args])
        value = _definite(node, known, operands, strict)
        if value is None:
            try:
                value = compute(*operands, **fixed)
            except LawError as error:
                raise error.at(node.place) from None
            except DecimalException:
                raise LawError("ArithmeticOverflow", f"Arithmetic overflow in {node.name}", node.place) from None
        run.values[number] = value
        return value

    return step


def _conditional(node: Node, args: list[Step], strict: bool) -> Step:
    number = node.number
    cases = tuple(zip(args[:-1:2], args[1:-1:2], strict=True))
    otherwise = args[-1]

    def step(run: Run) -> Value:
        values = run.values
        found = values[number]
        if found is not SKIPPED:
            return found
        for when, then in cases:
            condition = when(run)
            if condition is True:
                value = then(run)
                break
            if condition is False:
                continue
            if type(condition) in _UNCLEAR:
                value = condition
                break
            if condition is None and strict:
                raise absent_operand(node)
            if condition:
                value = then(run)
                break
        else:
            value = otherwise(run)
        values[number] = value
        return value

    return step


def _decided(node: Node, args: list[Step], strict: bool, *, decisive: bool) -> Step:
    """AND (decisive: false) and OR (decisive: true): one decisive operand settles it, whatever is unclear."""
    number = node.number

    def step(run: Run) -> Value:
        values = run.values
        found = values[number]
        if found is not SKIPPED:
            return found
        unclear: list[Value] = []
        value: Value = not decisive
        for arg in args:
            operand = arg(run)
            if operand is None and strict:
                raise absent_operand(node)
            if type(operand) in _UNCLEAR:
                unclear.append(operand)
            elif bool(operand) is decisive:
                value = decisive
                break
        else:
            if unclear:
                value = indefinite(tuple(unclear))
        values[number] = value
        return value

    return step


__all__ = ["Iteration", "Run", "Step", "Tape", "equals", "make_tape", "plain"]
