"""What a step can still be while facts are missing: the few values left, a range of numbers, or anything.

A reach is never too narrow: whatever the missing facts turn out to be, the step ends inside it. Numbers beyond the
range of the format are left out of account, and so is a missing fact that turns out absent where the law counts on
one: both end in an error, not in another outcome.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, DecimalException
from itertools import product
from math import prod
from typing import Final, TypeAlias

from .arithmetic import EXACT
from .comparing import equals
from .errors import LawError
from .operations import Operation
from .values import Scalar, Unknown, Untranslatable, Value

Number: TypeAlias = int | Decimal
INFINITE: Final = Decimal("Infinity")
MOST_VALUES: Final = 16
"""So many values are kept apart; more numbers become a range, more of anything else anything."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """`few`: the only values left; None: numbers from `low` to `high`, or anything when `is_number` is false.

    `absent`: may be absent too (where `few` is None). `fails`: may end in an error of the law, such as a division by
    zero, or in words that no rule can express.
    """

    few: tuple[Value, ...] | None = None
    is_number: bool = False
    low: Number = -INFINITE
    high: Number = INFINITE
    absent: bool = True
    fails: bool = False

    @property
    def is_settled(self) -> bool:
        """Say whether one outcome is left, whatever the missing facts are."""
        return self.few is not None and len(self.few) == 1 and not self.fails

    @property
    def may_be_absent(self) -> bool:
        """Say whether absence is among what is left."""
        return self.absent if self.few is None else None in self.few

    @property
    def truths(self) -> frozenset[bool]:
        """Return what it can count as in a condition."""
        if self.few is not None:
            return frozenset(map(bool, self.few))
        return BOTH if not self.is_number or self.absent or self.low <= 0 <= self.high else frozenset((True,))

    def failing(self, fails: bool) -> "Reach":
        """Return the reach, that may end in an error too when `fails`."""
        return replace(self, fails=True) if fails and not self.fails else self


BOTH: Final = frozenset((True, False))
ANYTHING: Final = Reach()
SOMETHING: Final = Reach(absent=False)
A_NUMBER: Final = Reach(is_number=True, absent=False)
A_VERDICT: Final = Reach(few=(True, False), absent=False)
BROKEN: Final = Reach(fails=True)
TRUE, FALSE, ABSENT = (Reach(few=(value,), absent=False) for value in (True, False, None))


def verdict(holds: bool) -> Reach:
    """Return the reach of a yes or a no."""
    return TRUE if holds else FALSE


def only(*values: Value) -> Reach:
    """Return the reach of these values."""
    return Reach(few=_distinct(values), absent=False)


def between(low: Number, high: Number, *, absent: bool = False, fails: bool = False) -> Reach:
    """Return the reach of numbers between two ends."""
    if low == high and not absent and abs(low) != INFINITE:
        return Reach(few=(low,), absent=False, fails=fails)
    return Reach(is_number=True, low=low, high=high, absent=absent, fails=fails)


def known(value: Value) -> Reach:
    """Return the reach of a value that was found."""
    if isinstance(value, Untranslatable):
        return BROKEN
    if isinstance(value, tuple) and any(isinstance(item, Unknown | Untranslatable) for item in value):
        return SOMETHING
    return Reach(few=(value,), absent=False)


def without_absence(reach: Reach) -> Reach | None:
    """Return the reach of what is there; None when nothing is left."""
    if not reach.may_be_absent:
        return reach
    if reach.few is None:
        return replace(reach, absent=False)
    left = tuple(value for value in reach.few if value is not None)
    return replace(reach, few=left) if left else None


def with_absence(reach: Reach) -> Reach:
    """Return the reach with absence added."""
    return joined((reach, ABSENT))


def joined(reaches: Iterable[Reach]) -> Reach:
    """Return the reach of what can be any of these; raises ValueError for none."""
    parts = tuple(reaches)
    fails = any(part.fails for part in parts)
    if all(part.few is not None for part in parts):
        values = _distinct(value for part in parts for value in part.few or ())
        if len(values) <= MOST_VALUES:
            return Reach(few=values, absent=False, fails=fails)
    absent = any(part.may_be_absent for part in parts)
    ends = [_ends(part) for part in parts if part.few != (None,)]
    numbers = [end for end in ends if end is not None]
    if not ends or len(numbers) < len(ends):
        return Reach(absent=absent, fails=fails)
    low, high = min(end[0] for end in numbers), max(end[1] for end in numbers)
    return between(low, high, absent=absent, fails=fails)


def _distinct(values: Iterable[Value]) -> tuple[Value, ...]:
    values = tuple(values)
    if len(values) < 2:
        return values
    found: list[Value] = []
    for value in values:
        if not any(equals(value, other) is True for other in found):
            found.append(value)
    return tuple(found)


def _ends(reach: Reach) -> tuple[Number, Number] | None:
    """Return the lowest and highest number, absence aside; None for what is no number."""
    if reach.few is None:
        return (reach.low, reach.high) if reach.is_number else None
    numbers = [value for value in reach.few if value is not None]
    if not numbers or not all(type(value) in (int, Decimal) for value in numbers):
        return None
    return min(numbers), max(numbers)  # type: ignore[type-var, return-value]


# -- operations ------------------------------------------------------------------------------------------------


def operated(known_as: Operation, operands: Sequence[Reach], fixed: dict[str, object], *, strict: bool) -> Reach:
    """Return the reach of an operation that needs all its operands. `strict`: an absent operand is an error."""
    fails = any(operand.fails for operand in operands)
    if not known_as.tests_absence and strict:
        present = [part for part in map(without_absence, operands) if part is not None]
        if len(present) < len(operands):
            return BROKEN
        operands = present
    elif not known_as.tests_absence:
        fails |= any(operand.may_be_absent for operand in operands)
    if prod(len(operand.few) if operand.few is not None else MOST_VALUES + 1 for operand in operands) <= MOST_VALUES:
        return _tried(known_as, operands, fixed, fails=fails)
    return _ranged(known_as, operands, fixed).failing(fails or _may_divide_by_zero(known_as, operands))


def _tried(known_as: Operation, operands: Sequence[Reach], fixed: dict[str, object], *, fails: bool) -> Reach:
    """Return what the operation gives for all values its operands can have."""
    found: list[Value] = []
    for values in product(*(operand.few or () for operand in operands)):
        try:
            found.append(_applied(known_as, values, fixed))
        except (LawError, DecimalException):
            fails = True
    clear = [value for value in found if not isinstance(value, Unknown | Untranslatable)]
    if not clear or len(clear) < len(found):
        return BROKEN
    return Reach(few=_distinct(clear), absent=False, fails=fails)


def _applied(known_as: Operation, values: tuple[Value, ...], fixed: dict[str, object]) -> Value:
    if not known_as.folds:
        return known_as.scalar(*values, **fixed)
    result = values[0]
    for value in values[1:]:
        result = known_as.scalar(result, value)
    return result


def _may_divide_by_zero(known_as: Operation, operands: Sequence[Reach]) -> bool:
    if known_as.name != "DIVIDE":
        return known_as.name == "DATE"
    return any((ends := _ends(operand)) is None or ends[0] <= 0 <= ends[1] for operand in operands[1:])


def _ranged(known_as: Operation, operands: Sequence[Reach], fixed: dict[str, object]) -> Reach:
    """Return the range of a computed number, or which answers a comparison can still have."""
    ends = [_ends(operand) for operand in operands]
    numbers = [end for end in ends if end is not None]
    both_absent = known_as.tests_absence and all(operand.may_be_absent for operand in operands)
    if len(numbers) == len(ends) and known_as.name in _COMPARES and len(ends) == 2 and not both_absent:
        return _answer(_COMPARES[known_as.name](*numbers))
    if len(numbers) == len(ends) and known_as.name in _FOLDS:
        return _folded(_FOLDS[known_as.name], numbers)
    if numbers and known_as.fixed == ("precision",):
        low, high = (_rounded(end, known_as.scalar, fixed) for end in numbers[0])
        return between(low, high)
    if known_as.name in ("EQUALS", "NOT_EQUALS"):
        return _equality(known_as.name == "EQUALS", *operands)
    return _of_type(known_as, numbers, len(operands))


def _of_type(known_as: Operation, numbers: Sequence[object], size: int) -> Reach:
    if known_as.result == "boolean":
        return A_VERDICT
    is_number = known_as.result == "number" and (known_as.name != "ADD" or len(numbers) == size)
    return A_NUMBER if is_number else SOMETHING


def _equality(is_equal: bool, left: Reach, right: Reach) -> Reach:
    """Return what a test for equality can give where one side may be anything."""
    sides = (left, right)
    is_absence_tested = any(side.few == (None,) for side in sides)
    other = next((side for side in sides if side.few != (None,)), left)
    if is_absence_tested and not other.may_be_absent:
        return verdict(not is_equal)
    return A_VERDICT


def _answer(answers: tuple[bool, ...]) -> Reach:
    return A_VERDICT if len(answers) == 2 else verdict(answers[0])


def _rounded(end: Number, scalar: Scalar, fixed: dict[str, object]) -> Number:
    return end if abs(end) == INFINITE else scalar(end, **fixed)  # type: ignore[return-value]


Ends: TypeAlias = tuple[Number, Number]


def _folded(pair: Callable[[Ends, Ends], Ends], numbers: Sequence[Ends]) -> Reach:
    result = numbers[0]
    for other in numbers[1:]:
        result = pair(result, other)
    return between(*result)


def _times(left: Number, right: Number) -> Number:
    return 0 if left == 0 or right == 0 else left * right


def _multiplied(left: Ends, right: Ends) -> Ends:
    found = [_times(one, other) for one in left for other in right]
    return min(found), max(found)


def _divided(left: Ends, right: Ends) -> Ends:
    if right[0] <= 0 <= right[1] or INFINITE in map(abs, (*left, *right)):
        return -INFINITE, INFINITE
    found = [EXACT.divide(Decimal(one), Decimal(other)) for one in left for other in right]
    return min(found), max(found)


_FOLDS: Final[dict[str, Callable[[Ends, Ends], Ends]]] = {
    "ADD": lambda a, b: (a[0] + b[0], a[1] + b[1]),
    "SUBTRACT": lambda a, b: (a[0] - b[1], a[1] - b[0]),
    "MULTIPLY": _multiplied,
    "DIVIDE": _divided,
    "MIN": lambda a, b: (min(a[0], b[0]), min(a[1], b[1])),
    "MAX": lambda a, b: (max(a[0], b[0]), max(a[1], b[1])),
}


def _order(is_strict: bool) -> Callable[[Ends, Ends], tuple[bool, ...]]:
    """Return which answers `left > right` (or with equality) can have."""

    def answers(left: Ends, right: Ends) -> tuple[bool, ...]:
        if left[0] > right[1] or (not is_strict and left[0] == right[1]):
            return (True,)
        if left[1] < right[0] or (is_strict and left[1] == right[0]):
            return (False,)
        return (True, False)

    return answers


_COMPARES: Final[dict[str, Callable[[Ends, Ends], tuple[bool, ...]]]] = {
    "GREATER_THAN": _order(True),
    "GREATER_THAN_OR_EQUAL": _order(False),
    "LESS_THAN": lambda a, b: _order(True)(b, a),
    "LESS_THAN_OR_EQUAL": lambda a, b: _order(False)(b, a),
    "EQUALS": lambda a, b: (True, False) if a[0] <= b[1] and b[0] <= a[1] else (False,),
    "NOT_EQUALS": lambda a, b: (True, False) if a[0] <= b[1] and b[0] <= a[1] else (True,),
}
