"""Operations as steps: unknown and untranslatable operands travel, absent ones are refused, lazy ones decide."""

from collections.abc import Callable, Mapping
from decimal import Decimal, DecimalException
from typing import Final

from .comparing import indefinite
from .errors import LawError
from .graph import Node
from .operations import OPERATIONS, Operation
from .running import Run, Step
from .terms import TERM, TERM_END
from .values import SKIPPED, Unknown, Untranslatable, Value

UNCLEAR: Final = frozenset((Unknown, Untranslatable))


def operation_step(node: Node, args: list[Step]) -> Step:  # noqa: PLR0911 one line per way to run an operation
    """Return the step of an operation."""
    strict = bool(node.detail.get("strict"))
    if node.name == "IF":
        return _conditional(node, args, strict)
    if node.name in ("AND", "OR"):
        return _decided(node, args, strict, decisive=node.name == "OR")
    if node.name == TERM_END:
        return _strict(node, TERM, args, {"unit": node.detail["unit"]}, strict)
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
    if not known.keeps_unknown and any(type(operand) in UNCLEAR for operand in operands):
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
    if type(operand) not in (int, Decimal):
        compute(operand, operand)
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
            if type(condition) in UNCLEAR:
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
            if type(operand) in UNCLEAR:
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
