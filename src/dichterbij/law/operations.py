"""Every operation of the format, once: how its operands are written and what it does with values.

A strict operation needs all its operands; the evaluator takes care of unknown, untranslatable and absent ones
before it is called. AND, OR, IF and FOREACH decide themselves which operands they need.
Source: RegelRecht RFC-004 (operations), 016, 021 (dates), 024 (rounding), 032 (date parts), 036 (absence).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal
from typing import Final, TypeAlias, cast

from .calendar_rules import age, day, is_day, months_between, moved, years_between
from .errors import LawError
from .model import SchemaVersion
from .values import Unknown, Untranslatable, Value

Scalar: TypeAlias = Callable[..., Value]
Number: TypeAlias = int | Decimal

EXACT: Final = Context(prec=28)
_WIDE: Final = Context(prec=80)
_INTEGERS: Final = 2**63
_DECIMALS: Final = 2**96
_NUMBERS: Final = frozenset((int, Decimal))


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


def fit(number: Number) -> Number:
    """Return the number; raises ArithmeticOverflow beyond 64-bit integers and 96-bit decimals."""
    limit = _INTEGERS if type(number) is int else _DECIMALS
    if -limit <= number < limit:
        return number
    raise LawError("ArithmeticOverflow", "Arithmetic overflow: the number does not fit")


def _mismatch(name: str, *values: Value) -> LawError:
    kinds = " and ".join(kind_of(value) for value in values)
    return LawError("TypeMismatch", f"Type mismatch: {name} cannot be applied to {kinds}")


def kind_of(value: Value) -> str:
    """Return the word of the format for the type of a value."""
    if value is None:
        return "null"
    names: dict[type, str] = {bool: "boolean", int: "number", Decimal: "number", str: "string", tuple: "array"}
    return names.get(type(value), "object")


def add(left: Value, right: Value) -> Value:
    """Add numbers; join texts; join lists."""
    if type(left) in _NUMBERS and type(right) in _NUMBERS:
        return fit(left + right)  # type: ignore[operator, arg-type]
    if type(left) is str and type(right) is str:
        return left + right
    if type(left) is tuple and type(right) is tuple:
        return left + right
    raise _mismatch("ADD", left, right)


def subtract(left: Value, right: Value) -> Value:
    """Take the second number from the first."""
    if type(left) in _NUMBERS and type(right) in _NUMBERS:
        return fit(left - right)  # type: ignore[operator]
    raise _mismatch("SUBTRACT", left, right)


def multiply(left: Value, right: Value) -> Value:
    """Multiply two numbers."""
    if type(left) in _NUMBERS and type(right) in _NUMBERS:
        return fit(left * right)  # type: ignore[operator, arg-type]
    raise _mismatch("MULTIPLY", left, right)


def divide(left: Value, right: Value) -> Value:
    """Divide; the result is always a decimal number of 28 digits."""
    if type(left) not in _NUMBERS or type(right) not in _NUMBERS:
        raise _mismatch("DIVIDE", left, right)
    if right == 0:
        raise LawError("DivisionByZero", "Division by zero")
    return fit(EXACT.divide(Decimal(cast(Number, left)), Decimal(cast(Number, right))))


def lowest(left: Value, right: Value) -> Value:
    """Return the lower of two numbers."""
    if type(left) in _NUMBERS and type(right) in _NUMBERS:
        return left if left <= right else right  # type: ignore[operator]
    raise _mismatch("MIN", left, right)


def highest(left: Value, right: Value) -> Value:
    """Return the higher of two numbers."""
    if type(left) in _NUMBERS and type(right) in _NUMBERS:
        return left if left >= right else right  # type: ignore[operator]
    raise _mismatch("MAX", left, right)


def _rounding(name: str, mode: str) -> Scalar:
    def rounded(value: Value, *, precision: int) -> Value:
        if type(value) not in _NUMBERS:
            raise _mismatch(name, value)
        if type(value) is int and precision >= 0:
            return value
        step = Decimal(1).scaleb(-precision)
        result = Decimal(cast(Number, value)).quantize(step, mode, _WIDE)
        return fit(int(result) if result == result.to_integral_value() else result)

    return rounded


def equals(left: Value, right: Value) -> Value:  # noqa: PLR0911 one line per pair of types
    """Compare by structure; an unknown inside a list or record leaves the answer unknown unless the rest differs."""
    kind, other = type(left), type(right)
    if kind is other and kind in (int, str, bool, Decimal):
        return left == right
    if kind in _NUMBERS and other in _NUMBERS:
        return left == right
    if isinstance(left, Unknown | Untranslatable) or isinstance(right, Unknown | Untranslatable):
        return indefinite((left, right))
    if isinstance(left, tuple) and isinstance(right, tuple):
        return _all_equal(list(zip(left, right, strict=False))) if len(left) == len(right) else False
    if isinstance(left, Mapping) and isinstance(right, Mapping):
        same = left.keys() == right.keys()
        return _all_equal([(left[key], right[key]) for key in left]) if same else False
    if isinstance(left, Mapping) or isinstance(right, Mapping):
        return _same_day(left, right)
    return left is None and right is None


def _all_equal(pairs: list[tuple[Value, Value]]) -> Value:
    answers = [equals(left, right) for left, right in pairs]
    if any(answer is False for answer in answers):
        return False
    unclear = [answer for answer in answers if answer is not True]
    return indefinite(tuple(unclear)) if unclear else True


def _same_day(left: Value, right: Value) -> bool:
    first, second = _iso(left), _iso(right)
    return isinstance(first, str) and isinstance(second, str) and is_day(first) and first == second


def _iso(value: Value) -> Value:
    return value.get("iso", value) if isinstance(value, Mapping) else value


def not_equals(left: Value, right: Value) -> Value:
    """Say whether two values differ."""
    answer = equals(left, right)
    return not answer if isinstance(answer, bool) else answer


def indefinite(values: tuple[Value, ...]) -> Value:
    """Return what unknown and untranslatable operands make of a result: untranslatable first, else all names."""
    names: frozenset[object] = frozenset()
    for value in values:
        if isinstance(value, Untranslatable):
            return value
        if isinstance(value, Unknown):
            names |= value.facts
    return Unknown(names)  # type: ignore[arg-type]


def _ordering(name: str, holds: Callable[[Number, Number], bool]) -> Scalar:
    def compared(left: Value, right: Value) -> Value:
        if type(left) in _NUMBERS and type(right) in _NUMBERS:
            return holds(left, right)  # type: ignore[arg-type]
        first, second = _iso(left), _iso(right)
        if isinstance(first, str) and isinstance(second, str) and is_day(first) and is_day(second):
            return holds(day(first), day(second))  # type: ignore[arg-type]
        raise _mismatch(name, left, right)

    return compared


def is_in(subject: Value, *members: Value) -> Value:
    """Say whether a value equals one of the members; unknown when only an unknown member could be it."""
    unclear: list[Value] = []
    for member in members:
        answer = equals(subject, member)
        if answer is True:
            return True
        if answer is not False:
            unclear.append(answer)
    return indefinite(tuple(unclear)) if unclear else False


def not_in(subject: Value, *members: Value) -> Value:
    """Say whether a value equals none of the members."""
    answer = is_in(subject, *members)
    return not answer if isinstance(answer, bool) else answer


def is_in_value(subject: Value, members: Value) -> Value:
    """Say whether a value is in a list; a single value counts as a list of one."""
    return is_in(subject, *(members if isinstance(members, tuple) else (members,)))


def not_in_value(subject: Value, members: Value) -> Value:
    """Say whether a value is not in a list."""
    answer = is_in_value(subject, members)
    return not answer if isinstance(answer, bool) else answer


def make_list(*items: Value) -> Value:
    """Return the items as a list; an unknown item stays in it."""
    return items


def opposite(value: Value) -> Value:
    """Return the opposite truth value."""
    return not value


def is_null(value: Value) -> Value:
    """Say whether a value is absent."""
    return value is None


def not_null(value: Value) -> Value:
    """Say whether a value is there."""
    return value is not None


def to_day(value: Value, name: str) -> date:
    """Return a date operand."""
    value = _iso(value)
    if isinstance(value, str):
        return day(value)
    raise _mismatch(name, value)


def _whole(value: Value, name: str) -> int:
    if type(value) is int:
        return value
    if type(value) is Decimal and value == value.to_integral_value():
        return int(value)
    raise _mismatch(name, value)


def age_operation(date_of_birth: Value, reference_date: Value) -> Value:
    """Return complete years between birth and the reference date."""
    return age(to_day(date_of_birth, "AGE"), to_day(reference_date, "AGE"))


def date_add(start: Value, years: Value = 0, months: Value = 0, weeks: Value = 0, days: Value = 0) -> Value:
    """Return a date moved by years, months, weeks and days."""
    amounts = {"years": years, "months": months, "weeks": weeks, "days": days}
    steps = {name: _whole(amount, "DATE_ADD") for name, amount in amounts.items()}
    return moved(to_day(start, "DATE_ADD"), **steps).isoformat()


def date_of(year: Value, month: Value, day_of_month: Value) -> Value:
    """Return the date with this year, month and day."""
    try:
        return date(*(_whole(part, "DATE") for part in (year, month, day_of_month))).isoformat()
    except (ValueError, OverflowError):
        raise LawError("InvalidDate", f"Invalid date: {year}-{month}-{day_of_month}") from None


def day_of_week(value: Value) -> Value:
    """Return 0 for Monday to 6 for Sunday."""
    return to_day(value, "DAY_OF_WEEK").weekday()


def date_diff(start: Value, end: Value, unit: Value) -> Value:
    """Return the signed number of days, complete months or complete years between two dates."""
    first, last = to_day(start, "DATE_DIFF"), to_day(end, "DATE_DIFF")
    match unit:
        case "days":
            return (last - first).days
        case "months":
            return months_between(first, last)
        case "years":
            return years_between(first, last)
    raise LawError("InvalidOperation", f"DATE_DIFF has no unit '{unit}'")


def date_part(value: Value, unit: Value) -> Value:
    """Return the year, month or day of a date."""
    moment = to_day(value, "DATE_PART")
    match unit:
        case "year":
            return moment.year
        case "month":
            return moment.month
        case "day":
            return moment.day
    raise LawError("InvalidOperation", f"DATE_PART has no part '{unit}'")


def start_of(value: Value, unit: Value) -> Value:
    """Return the first day of the year or month of a date."""
    moment = to_day(value, "START_OF")
    match unit:
        case "year":
            return moment.replace(month=1, day=1).isoformat()
        case "month":
            return moment.replace(day=1).isoformat()
    raise LawError("InvalidOperation", f"START_OF has no unit '{unit}'")


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
    return Operation(name, _rounding(name, mode), ("value",), fixed=("precision",), column="arithmetic.rounded")


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
    _compare("GREATER_THAN", _ordering("GREATER_THAN", lambda a, b: a > b)),
    _compare("LESS_THAN", _ordering("LESS_THAN", lambda a, b: a < b)),
    _compare("GREATER_THAN_OR_EQUAL", _ordering("GREATER_THAN_OR_EQUAL", lambda a, b: a >= b)),
    _compare("LESS_THAN_OR_EQUAL", _ordering("LESS_THAN_OR_EQUAL", lambda a, b: a <= b)),
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
