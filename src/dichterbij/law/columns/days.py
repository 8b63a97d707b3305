"""Dates on columns: day numbers since 1 January 1970; what leaves the calendar is left to the scalar step."""

from collections.abc import Callable, Sequence
from datetime import date
from fractions import Fraction
from typing import Final

import numpy as np

from ..errors import LawError
from ..graph import Node
from ..terms import TERM
from ..values import Value
from .forms import EPOCH, Form, Type, constant_day, day_form
from .lanes import DOUBT, ERROR, Array, chosen, mark
from .lowering import Lowered, Marked, strictly
from .table import date_text

FIRST: Final = date.min.toordinal() - EPOCH
LAST: Final = date.max.toordinal() - EPOCH
_FIRST_MONTH: Final = -1969 * 12
_LAST_MONTH: Final = 8030 * 12 - 1
_MONDAY: Final = 3
"""1 January 1970 was a Thursday."""

ToDays = Callable[[Array], Array]


def _to_days(form: Form) -> ToDays | None:
    """Return what brings a date operand to day numbers; None when it is no date."""
    if form.type is Type.DAY:
        return lambda data: data.astype(np.int64) if isinstance(data, np.ndarray) else data
    fixed = constant_day(form) if form.is_constant else None
    return None if fixed is None else lambda _: np.asarray(fixed)


def _is_number(form: Form) -> bool:
    return form.type is Type.NUMBER and form.is_exact


def _whole(data: Array, form: Form) -> tuple[Array, Array]:
    """Return whole numbers, and where a number was none."""
    if form.unit == 1:
        return data, np.asarray(False)
    return data // form.unit, np.not_equal(data % form.unit, 0)


def _range(form: Form) -> tuple[int, int]:
    if form.type is Type.DAY:
        return int(form.low), int(form.high)
    fixed = constant_day(form) or 0
    return fixed, fixed


# -- months ------------------------------------------------------------------------------------------------------


def _month_of(days: Array) -> Array:
    """Return months since January 1970."""
    return np.asarray(days).astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)


def _first_of(months: Array) -> Array:
    return np.asarray(months).astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)


def _later(days: Array, months: Array) -> Array:
    """Return the same day so many months later, the last day of the month where that day does not exist."""
    now = _month_of(days)
    then = now + months
    begin = _first_of(then)
    result: Array = begin + np.minimum(days - _first_of(now), _first_of(then + 1) - begin - 1)
    return result


def _outside(months: Array) -> Array:
    return (months < _FIRST_MONTH) | (months > _LAST_MONTH)


def _between(days: Array, others: Array, months: int) -> Array:
    """Return complete stretches of so many months between two dates, negative when the second is earlier."""
    low, high = np.minimum(days, others), np.maximum(days, others)
    whole = (_month_of(high) // months - _month_of(low) // months) if months == 12 else _month_of(high) - _month_of(low)
    whole = whole - (_later(low, whole * months) > high)
    return chosen(others < days, -whole, whole)


# -- operations --------------------------------------------------------------------------------------------------


def age_operation(node: Node, forms: Sequence[Form]) -> Lowered | None:
    """Return AGE: complete years."""
    return _difference(node, forms, "years")


def date_diff(node: Node, forms: Sequence[Form]) -> Lowered | None:
    """Return DATE_DIFF in a fixed unit."""
    unit = forms[2].value if forms[2].is_constant else None
    return _difference(node, forms[:2], str(unit))


def _difference(node: Node, forms: Sequence[Form], unit: str) -> Lowered | None:
    first, last = _to_days(forms[0]), _to_days(forms[1])
    if first is None or last is None or unit not in ("days", "months", "years"):
        return None
    (low, high), (early, late) = _range(forms[0]), _range(forms[1])
    longest = max(abs(late - low), abs(early - high)) + 1
    form = Form(type=Type.NUMBER, low=Fraction(-longest), high=Fraction(longest))

    def compute(*data: Array) -> Array:
        start, end = first(data[0]), last(data[1])
        return end - start if unit == "days" else _between(start, end, 12 if unit == "years" else 1)

    return strictly(node, form, compute)


def date_add(node: Node, forms: Sequence[Form]) -> Lowered | None:
    """Return DATE_ADD: years, months, weeks and days, in this order."""
    start, amounts = _to_days(forms[0]), forms[1:]
    if start is None or not all(_is_number(form) and form.bound < 2**40 for form in amounts):
        return None
    is_used = [not (form.is_constant and form.low == 0) for form in amounts]

    def compute(data: Array, *given: Array) -> Marked:
        moved, whole = start(data), [_whole(amount, form) for amount, form in zip(given, amounts, strict=True)]
        (years, _), (months, _), (weeks, _), (days, _) = whole
        outside = np.zeros(np.shape(moved), dtype=bool)
        for _, broken in whole:
            outside = outside | broken
        for amount, used in ((years * 12, is_used[0]), (months, is_used[1])):
            if used:
                outside = outside | _outside(_month_of(moved) + amount)
                moved = _later(moved, chosen(outside, np.asarray(0), amount))
        moved = moved + weeks * 7 + days
        outside = outside | (moved < FIRST) | (moved > LAST)
        return chosen(outside, np.asarray(0), moved), mark(outside, DOUBT)

    return strictly(node, _moved_form(forms), compute)


def _moved_form(forms: Sequence[Form]) -> Form:
    low, high = _range(forms[0])
    factors = (366, 31, 7, 1)
    down = sum(min(int(form.low), 0) * factor for form, factor in zip(forms[1:], factors, strict=True))
    up = sum(max(int(form.high), 0) * factor for form, factor in zip(forms[1:], factors, strict=True))
    return day_form(max(FIRST, low + down - 3), min(LAST, high + up))


def date_of(node: Node, forms: Sequence[Form]) -> Lowered | None:
    """Return DATE from year, month and day; what does not exist is left to the scalar step."""
    if not all(_is_number(form) for form in forms):
        return None

    def compute(*given: Array) -> Marked:
        whole = [_whole(part, form) for part, form in zip(given, forms, strict=True)]
        (year, no_year), (month, no_month), (day, no_day) = whole
        wrong = (year < 1) | (year > 9999) | (month < 1) | (month > 12) | (day < 1) | no_year | no_month | no_day
        months = chosen(wrong, np.asarray(0), (year - 1970) * 12 + month - 1)
        begin = _first_of(months)
        wrong = wrong | (day > _first_of(months + 1) - begin)
        return chosen(wrong, np.asarray(0), begin + day - 1), mark(wrong, DOUBT)

    return strictly(node, day_form(FIRST, LAST), compute)


def day_of_week(node: Node, forms: Sequence[Form]) -> Lowered | None:
    """Return DAY_OF_WEEK: 0 for Monday to 6 for Sunday."""
    start = _to_days(forms[0])
    form = Form(type=Type.NUMBER, high=Fraction(6))
    return None if start is None else strictly(node, form, lambda data: (start(data) + _MONDAY) % 7)


def date_part(node: Node, forms: Sequence[Form]) -> Lowered | None:
    """Return DATE_PART: the year, month or day."""
    start, unit = _to_days(forms[0]), forms[1].value
    if start is None or not forms[1].is_constant or unit not in ("year", "month", "day"):
        return None

    def compute(data: Array, _: Array) -> Array:
        days = start(data)
        months = _month_of(days)
        if unit == "day":
            return days - _first_of(months) + 1
        return months // 12 + 1970 if unit == "year" else months % 12 + 1

    return strictly(node, Form(type=Type.NUMBER, high=Fraction(9999)), compute)


def start_of(node: Node, forms: Sequence[Form]) -> Lowered | None:
    """Return START_OF: the first day of the year or the month."""
    start, unit = _to_days(forms[0]), forms[1].value
    if start is None or not forms[1].is_constant or unit not in ("year", "month"):
        return None

    def compute(data: Array, _: Array) -> Array:
        months = _month_of(start(data))
        return _first_of(months // 12 * 12 if unit == "year" else months)

    low, high = _range(forms[0])
    return strictly(node, day_form(max(FIRST, low - 366), high), compute)


def last_day(node: Node, forms: Sequence[Form]) -> Lowered | None:
    """Return the last day of a term of fixed length: each different first day once, by the scalar step."""
    first, length = _to_days(forms[0]), forms[1]
    if first is None or not length.is_constant or not isinstance(length.value, int):
        return None
    known: dict[int, int] = {}

    def compute(data: Array, _: Array) -> Marked:
        days, back = np.unique(first(data), return_inverse=True)
        for begun in days.tolist():
            if begun not in known:
                known[begun] = _last_day(begun, length.value, str(node.detail["unit"]))
        found = np.array([known[begun] for begun in days.tolist()], dtype=np.int64)[back]
        return found, mark(found > LAST, ERROR)

    return strictly(node, day_form(FIRST, LAST), compute)


def _last_day(begun: int, length: Value, unit: str) -> int:
    """Return the day number of the last day; one beyond the calendar where the scalar step refuses."""
    try:
        last = TERM.scalar(date_text(begun), length, unit=unit)
    except LawError:
        return LAST + 1
    return date.fromisoformat(str(last)).toordinal() - EPOCH
