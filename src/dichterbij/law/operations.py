"""Every operation of the format, once: how its operands are written and what it does with values.

A strict operation needs all its operands; the evaluator takes care of unknown, untranslatable and absent ones
before it is called. AND, OR, IF and FOREACH decide themselves which operands they need.
Source: RegelRecht RFC-004 (operations), 016, 021 (dates), 024 (rounding), 032 (date parts), 036 (absence).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP
from typing import Final

from .arithmetic import add, divide, highest, lowest, multiply, rounding, subtract
from .comparing import (
    equals,
    is_in,
    is_in_value,
    is_null,
    not_equals,
    not_in,
    not_in_value,
    not_null,
    opposite,
    ordering,
)
from .days import age_operation, date_add, date_diff, date_of, date_part, day_of_week, start_of
from .model import SchemaVersion
from .values import Scalar, Value


@dataclass(frozen=True, slots=True)
class Operation:
    """How an operation is written: the keys of its operands, and its meaning for one person (`scalar`).

    `column` names its meaning for many rows: a module of `columns` and a function there; empty when rows that need it
    are determined one at a time. It is a name because NumPy is loaded only when columns run.
    """

    name: str
    scalar: Scalar
    operands: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    many: str = ""
    fixed: tuple[str, ...] = ()
    result: str = "number"
    folds: bool = False
    tests_absence: bool = False
    keeps_unknown: bool = False
    since: SchemaVersion = (0, 5, 0)
    inline: bool = True
    column: str = ""


def make_list(*items: Value) -> Value:
    """Return the items as a list; an unknown item stays in it."""
    return items


def _lazy(*_: Value) -> Value:
    raise AssertionError("a lazy operation decides in the evaluator")


def _fold(name: str, scalar: Scalar, module: str = "arithmetic") -> Operation:
    return Operation(name, scalar, many="values", folds=True, column=f"{module}.{scalar.__name__}")


def _compare(name: str, scalar: Scalar, *, tests_absence: bool = False) -> Operation:
    column = f"comparing.{'equals' if tests_absence else 'compare'}"
    return Operation(name, scalar, ("subject", "value"), result="boolean", tests_absence=tests_absence, column=column)


def _test(name: str, scalar: Scalar, column: str, operands: tuple[str, ...], many: str = "") -> Operation:
    """Return an operation that may look at what is absent, and IN at what is unknown."""
    return Operation(
        name, scalar, operands, many=many, result="boolean", tests_absence=True, keeps_unknown=column != "is_null",
        column=f"comparing.{column}",
    )  # fmt: skip


def _round(name: str, mode: str) -> Operation:
    return Operation(name, rounding(name, mode), ("value",), fixed=("precision",), column="arithmetic.rounded")


_ALL: Final = (
    _fold("ADD", add, "lists"),
    _fold("SUBTRACT", subtract),
    _fold("MULTIPLY", multiply),
    _fold("DIVIDE", divide),
    _fold("MIN", lowest),
    _fold("MAX", highest),
    _round("ROUND", ROUND_HALF_UP),
    _round("CEIL", ROUND_CEILING),
    _round("FLOOR", ROUND_FLOOR),
    _compare("EQUALS", equals, tests_absence=True),
    _compare("NOT_EQUALS", not_equals, tests_absence=True),
    _compare("GREATER_THAN", ordering("GREATER_THAN", lambda a, b: a > b)),
    _compare("LESS_THAN", ordering("LESS_THAN", lambda a, b: a < b)),
    _compare("GREATER_THAN_OR_EQUAL", ordering("GREATER_THAN_OR_EQUAL", lambda a, b: a >= b)),
    _compare("LESS_THAN_OR_EQUAL", ordering("LESS_THAN_OR_EQUAL", lambda a, b: a <= b)),
    _test("IS_NULL", is_null, "is_null", ("subject",)),
    _test("NOT_NULL", not_null, "is_null", ("subject",)),
    Operation("AND", _lazy, many="conditions", result="boolean", column="choosing.decided"),
    Operation("OR", _lazy, many="conditions", result="boolean", column="choosing.decided"),
    Operation("NOT", opposite, ("value",), result="boolean", column="choosing.opposite"),
    Operation("IF", _lazy, result="", inline=False, column="lists.conditional"),
    Operation("SWITCH", _lazy, result="", inline=False),
    _test("IN", is_in, "is_in", ("subject",), many="values"),
    _test("NOT_IN", not_in, "is_in", ("subject",), many="values"),
    _test("IN:value", is_in_value, "is_in_value", ("subject", "value")),
    _test("NOT_IN:value", not_in_value, "is_in_value", ("subject", "value")),
    Operation(
        "LIST", make_list, many="items", result="array", tests_absence=True, keeps_unknown=True, inline=False,
        column="lists.make_list",
    ),
    Operation("FOREACH", _lazy, result="", since=(0, 5, 7), inline=False),
    Operation("AGE", age_operation, ("date_of_birth", "reference_date"), inline=False, column="days.age_operation"),
    Operation(
        "DATE_ADD", date_add, ("date",), ("years", "months", "weeks", "days"), result="date", inline=False,
        column="days.date_add",
    ),
    Operation("DATE", date_of, ("year", "month", "day"), result="date", inline=False, column="days.date_of"),
    Operation("DAY_OF_WEEK", day_of_week, ("date",), inline=False, column="days.day_of_week"),
    Operation("DATE_DIFF", date_diff, ("from", "to", "in"), inline=False, column="days.date_diff"),
    Operation("DATE_PART", date_part, ("date", "in"), since=(0, 7, 0), inline=False, column="days.date_part"),
    Operation(
        "START_OF", start_of, ("date", "in"), result="date", since=(0, 7, 0), inline=False, column="days.start_of"
    ),
)  # fmt: skip

OPERATIONS: Final[Mapping[str, Operation]] = {operation.name: operation for operation in _ALL}
COMBINE: Final[Mapping[str, Scalar]] = {"ADD": add, "MIN": lowest, "MAX": highest}


def gives_verdict(name: str) -> bool:
    """Say whether an operation gives a yes or no."""
    known = OPERATIONS.get(name)
    return known is not None and known.result == "boolean"
