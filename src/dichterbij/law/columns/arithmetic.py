"""Arithmetic and rounding on columns: exact on integers of 64 bits; on float64 with rows in doubt near a boundary."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import partial
from math import gcd
from typing import Final, TypeAlias

import numpy as np

from ..graph import Node
from .forms import ROUNDED, Form, Type, as_real, common_unit, fits, number, real, real_data, scaled
from .lanes import DOUBT, ERROR, Array, mark
from .lowering import Lowered, Marked, are, strictly

Pair: TypeAlias = tuple[Form, Callable[[Array, Array], Array | Marked]]
"""What two numbers give: the form of the result and the function on their data."""

PairLowering: TypeAlias = Callable[[Form, Form], Pair | None]


def folded(pair: PairLowering, node: Node, forms: Sequence[Form]) -> Lowered | None:
    """Return an operation over two or more numbers, from left to right."""
    if not all(form.type is Type.NUMBER for form in forms):
        return None
    form, steps = forms[0], []
    for operand in forms[1:]:
        found = pair(form, operand)
        if found is None:
            return None
        form, step = found
        steps.append(step)

    def compute(first: Array, *others: Array) -> Array | Marked:
        value, state = first, None
        for step, other in zip(steps, others, strict=True):
            found = step(value, other)
            value, own = found if isinstance(found, tuple) else (found, None)
            state = own if state is None else (state if own is None else np.maximum(state, own))
        return value if state is None else (value, state)

    return strictly(node, form, compute)


# -- sums --------------------------------------------------------------------------------------------------------


def _sum(sign: int, left: Form, right: Form) -> Pair | None:
    low = left.low + (right.low if sign > 0 else -right.high)
    high = left.high + (right.high if sign > 0 else -right.low)
    combine = np.add if sign > 0 else np.subtract
    unit = common_unit(left, right)
    form = number(unit, low, high, left.error + right.error) if unit else None
    if form is not None:
        return form, lambda a, b: combine(scaled(a, left, unit), scaled(b, right, unit))
    return _real_pair(left, right, (low, high), lambda a, b: a.error + b.error, combine)


def _real_pair(
    left: Form, right: Form, range_: tuple[Fraction, Fraction], error: Callable[[Form, Form], float],
    combine: Callable[[Array, Array], Array],
) -> Pair | None:  # fmt: skip
    """Return an operation on float64, None when an operand or the result is too large."""
    first, second = as_real(left), as_real(right)
    if first is None or second is None:
        return None
    form = real(*range_, error(first, second))
    return None if form is None else (form, lambda a, b: combine(real_data(a, left), real_data(b, right)))


# -- products ----------------------------------------------------------------------------------------------------


def _product(left: Form, right: Form) -> Pair | None:
    low, high = _extremes(left, right)
    inherited = _product_error(left, right)
    whole = left.unit > 0 and right.unit > 0
    for fixed, other, is_left in ((right, left, False), (left, right, True)):
        if whole and fixed.is_constant:
            return _times(other, fixed.low, (low, high), inherited, is_left=is_left) or _real_product(left, right)
    unit = left.unit * right.unit
    form = number(unit, low, high, inherited) if whole else None
    return (form, np.multiply) if form is not None else _real_product(left, right)


def _extremes(left: Form, right: Form) -> tuple[Fraction, Fraction]:
    corners = [a * b for a in (left.low, left.high) for b in (right.low, right.high)]
    return min(corners), max(corners)


def _product_error(left: Form, right: Form) -> float:
    crossed = float(left.bound) * right.error + float(right.bound) * left.error
    return crossed + left.error * right.error


def _real_product(left: Form, right: Form) -> Pair | None:
    found = _real_pair(left, right, _extremes(left, right), _product_error, np.multiply)
    first, second = as_real(left), as_real(right)
    if found is None or first is None or second is None:
        return None
    form, compute = found
    return replace(form, relative=first.relative + second.relative + ROUNDED), compute


def _times(
    form: Form, by: Fraction, range_: tuple[Fraction, Fraction], inherited: float, *, is_left: bool
) -> Pair | None:
    """Return a number times a fixed one, over the smallest unit."""
    unit = form.unit * by.denominator
    common = gcd(by.numerator, unit)
    factor, unit = by.numerator // common, unit // common
    found = number(unit, *range_, inherited)
    if found is None or not fits(form.unit, form.bound * factor):
        return None
    if is_left:
        return found, (lambda _, b: b * factor) if factor != 1 else (lambda _, b: b)
    return found, (lambda a, _: a * factor) if factor != 1 else (lambda a, _: a)


def _quotient(left: Form, right: Form) -> Pair | None:
    if right.is_constant and right.low and right.unit > 0 and left.unit > 0:
        by = 1 / right.low
        low, high = sorted((left.low * by, left.high * by))
        found = _times(left, by, (low, high), left.error / float(abs(right.low)), is_left=False)
        if found is not None:
            return found
    return _ratio(left, right)


def _ratio(left: Form, right: Form) -> Pair | None:
    """Return one number over another as float64; a divisor of zero is an error."""
    least = _least(right)
    first, second = as_real(left), as_real(right)
    if not least or first is None or second is None or second.error * 2 > float(least):
        return None
    bound = left.bound / least
    error = (first.error + float(bound) * second.error) / (float(least) - second.error)
    form = real(-bound, bound, error, first.relative + second.relative)

    def divide(a: Array, b: Array) -> Marked:
        zero = np.equal(b, 0)
        return real_data(a, left) / real_data(np.where(zero, 1, b), right), mark(zero, ERROR)

    return None if form is None else (form, divide)


def _least(form: Form) -> Fraction:
    """Return the least size of a divisor that is not zero; zero when that is not known."""
    if form.low > 0:
        return form.low
    if form.high < 0:
        return -form.high
    return Fraction(1, form.unit) if form.is_exact else Fraction(0)


def _extreme(
    combine: Callable[[Array, Array], Array], choose: Callable[..., Fraction], left: Form, right: Form
) -> Pair:
    unit = common_unit(left, right)
    form = Form(
        type=Type.NUMBER,
        unit=unit,
        low=choose(left.low, right.low),
        high=choose(left.high, right.high),
        error=max(form.error for form in (left, right)) if unit else max(_real_error(left), _real_error(right)),
        single=left.single and right.single and unit > 0,
    )
    if unit:
        return form, lambda a, b: combine(scaled(a, left, unit), scaled(b, right, unit))
    return form, lambda a, b: combine(real_data(a, left), real_data(b, right))


def _real_error(form: Form) -> float:
    return form.error if form.unit == 0 else form.error + float(form.bound) * 2**-51


add: Final = partial(folded, partial(_sum, 1))
subtract: Final = partial(folded, partial(_sum, -1))
multiply: Final = partial(folded, _product)
divide: Final = partial(folded, _quotient)
lowest: Final = partial(folded, partial(_extreme, np.minimum, min))
highest: Final = partial(folded, partial(_extreme, np.maximum, max))


# -- rounding ----------------------------------------------------------------------------------------------------


def rounded(node: Node, forms: Sequence[Form]) -> Lowered | None:
    """Return ROUND (half away from zero), CEIL or FLOOR to a number of decimals."""
    form, precision = forms[0], int(node.detail["precision"] or 0)
    if form.type is not Type.NUMBER or not are(forms, Type.NUMBER):
        return None
    step = Fraction(10) ** -precision
    low, high = _round_down(form.low, step), -_round_down(-form.high, step)
    unit = step.denominator
    if not fits(unit, low, high) or not fits(max(form.unit, 1), form.bound):
        return None
    result = Form(type=Type.NUMBER, unit=unit, low=low, high=high)
    compute = _rounded_whole(node.name, form, step) if form.unit else _rounded_real(node.name, form, step)
    return None if compute is None else strictly(node, result, compute)


def _round_down(number_: Fraction, step: Fraction) -> Fraction:
    return (number_ // step) * step


def _rounded_whole(name: str, form: Form, step: Fraction) -> Callable[[Array], Array | Marked] | None:
    ratio = 1 / (form.unit * step)
    factor, divisor = ratio.numerator, ratio.denominator
    back = step.numerator
    if not fits(form.unit, form.bound * factor * 2) or form.error * form.unit * factor >= 0.25:
        return None
    shift = divisor // 2 if name == "ROUND" else 0

    def compute(data: Array) -> Array | Marked:
        x = data * factor if factor != 1 else data
        result = _divided(name, x, divisor, is_positive=form.low >= 0)
        result = result * back if back != 1 else result
        if form.error == 0 or form.single or (name == "ROUND" and divisor % 2):
            return result
        return result, mark((x + shift) % divisor == 0, DOUBT)

    return compute


def _divided(name: str, x: Array, divisor: int, *, is_positive: bool) -> Array:
    if divisor == 1:
        return x
    if name == "FLOOR":
        return x // divisor
    if name == "CEIL":
        return -(-x // divisor)
    if is_positive:
        return (x + divisor // 2) // divisor
    result: Array = np.sign(x) * ((np.abs(x) + divisor // 2) // divisor)
    return result


def _rounded_real(name: str, form: Form, step: Fraction) -> Callable[[Array], Marked] | None:
    factor, back = float(1 / step), step.numerator
    near = (form.error * factor + float(form.bound) * factor * 2**-50) * 1.001
    relative = (form.relative + 2**-50) * 1.001
    if near >= 0.25 and relative > 2**-40:
        return None

    def compute(data: Array) -> Marked:
        x = data * factor
        if name == "ROUND":
            result, distance = np.sign(x) * np.floor(np.abs(x) + 0.5), np.abs(np.abs(x) % 1.0 - 0.5)
        else:
            result, distance = (np.floor(x) if name == "FLOOR" else np.ceil(x)), np.abs(x - np.rint(x))
        return result.astype(np.int64) * back, mark(distance <= np.fmin(np.abs(x) * relative, near), DOUBT)

    return compute
