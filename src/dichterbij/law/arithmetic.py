"""Arithmetic and rounding: exact on integers of 64 bits and decimals of 96 bits.

Source: RegelRecht RFC-004 (operations), 024 (rounding).
"""

from decimal import Context, Decimal
from typing import Final, cast

from .errors import LawError
from .values import Number, Scalar, Value

EXACT: Final = Context(prec=28)
_WIDE: Final = Context(prec=80)
_INTEGERS: Final = 2**63
_DECIMALS: Final = 2**96
NUMBERS: Final = frozenset((int, Decimal))


def fit(number: Number) -> Number:
    """Return the number; raises ArithmeticOverflow beyond 64-bit integers and 96-bit decimals."""
    limit = _INTEGERS if type(number) is int else _DECIMALS
    if -limit <= number < limit:
        return number
    raise LawError("ArithmeticOverflow", "Arithmetic overflow: the number does not fit")


def mismatch(name: str, *values: Value) -> LawError:
    """Return the refusal of an operation on values of these kinds."""
    kinds = " and ".join(_kind(value) for value in values)
    return LawError("TypeMismatch", f"Type mismatch: {name} cannot be applied to {kinds}")


def _kind(value: Value) -> str:
    if value is None:
        return "null"
    names: dict[type, str] = {bool: "boolean", int: "number", Decimal: "number", str: "string", tuple: "array"}
    return names.get(type(value), "object")


def add(left: Value, right: Value) -> Value:
    """Add numbers; join texts; join lists."""
    if type(left) in NUMBERS and type(right) in NUMBERS:
        return fit(left + right)  # type: ignore[operator, arg-type]
    if type(left) is str and type(right) is str:
        return left + right
    if type(left) is tuple and type(right) is tuple:
        return left + right
    raise mismatch("ADD", left, right)


def subtract(left: Value, right: Value) -> Value:
    """Take the second number from the first."""
    if type(left) in NUMBERS and type(right) in NUMBERS:
        return fit(left - right)  # type: ignore[operator]
    raise mismatch("SUBTRACT", left, right)


def multiply(left: Value, right: Value) -> Value:
    """Multiply two numbers."""
    if type(left) in NUMBERS and type(right) in NUMBERS:
        return fit(left * right)  # type: ignore[operator, arg-type]
    raise mismatch("MULTIPLY", left, right)


def divide(left: Value, right: Value) -> Value:
    """Divide; the result is always a decimal number of 28 digits."""
    if type(left) not in NUMBERS or type(right) not in NUMBERS:
        raise mismatch("DIVIDE", left, right)
    if right == 0:
        raise LawError("DivisionByZero", "Division by zero")
    return fit(EXACT.divide(Decimal(cast(Number, left)), Decimal(cast(Number, right))))


def lowest(left: Value, right: Value) -> Value:
    """Return the lower of two numbers."""
    if type(left) in NUMBERS and type(right) in NUMBERS:
        return left if left <= right else right  # type: ignore[operator]
    raise mismatch("MIN", left, right)


def highest(left: Value, right: Value) -> Value:
    """Return the higher of two numbers."""
    if type(left) in NUMBERS and type(right) in NUMBERS:
        return left if left >= right else right  # type: ignore[operator]
    raise mismatch("MAX", left, right)


def rounding(name: str, mode: str) -> Scalar:
    """Return the operation that rounds to a number of decimals in this way."""

    def rounded(value: Value, *, precision: int) -> Value:
        if type(value) not in NUMBERS:
            raise mismatch(name, value)
        if type(value) is int and precision >= 0:
            return value
        step = Decimal(1).scaleb(-precision)
        result = Decimal(cast(Number, value)).quantize(step, mode, _WIDE)
        return fit(int(result) if result == result.to_integral_value() else result)

    return rounded
