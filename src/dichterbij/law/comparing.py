"""Comparisons: equal, larger, one of several, absent.

Source: RegelRecht RFC-004 (operations), 016 (dates), 036 (absence).
"""

from collections.abc import Callable, Mapping
from decimal import Decimal

from .arithmetic import NUMBERS, mismatch
from .calendar_rules import day, is_day
from .values import Number, Scalar, Unknown, Untranslatable, Value


def equals(left: Value, right: Value) -> Value:  # noqa: PLR0911 one line per pair of types
    """Compare by structure; an unknown inside a list or record leaves the answer unknown unless the rest differs."""
    kind, other = type(left), type(right)
    if kind is other and kind in (int, str, bool, Decimal):
        return left == right
    if kind in NUMBERS and other in NUMBERS:
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
    first, second = iso(left), iso(right)
    return isinstance(first, str) and isinstance(second, str) and is_day(first) and first == second


def iso(value: Value) -> Value:
    """Return the text of a date that is written as a record, any other value unchanged."""
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


def ordering(name: str, holds: Callable[[Number, Number], bool]) -> Scalar:
    """Return the operation that orders two numbers or two dates in this way."""

    def compared(left: Value, right: Value) -> Value:
        if type(left) in NUMBERS and type(right) in NUMBERS:
            return holds(left, right)  # type: ignore[arg-type]
        first, second = iso(left), iso(right)
        if isinstance(first, str) and isinstance(second, str) and is_day(first) and is_day(second):
            return holds(day(first), day(second))  # type: ignore[arg-type]
        raise mismatch(name, left, right)

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


def opposite(value: Value) -> Value:
    """Return the opposite truth value."""
    return not value


def is_null(value: Value) -> Value:
    """Say whether a value is absent."""
    return value is None


def not_null(value: Value) -> Value:
    """Say whether a value is there."""
    return value is not None
