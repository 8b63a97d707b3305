"""What the columns know of a value before they see one: its type, and for numbers the range and how exact it is.

A number stands as a whole number of 64 bits over a fixed unit (value = data / unit), so that it is exact; where that
does not fit as float64 (unit 0). `error` bounds how far the decimal of the scalar steps (28 digits) can lie from it,
and so does `relative` times its size. `single`: that decimal was rounded at most once, so it falls on the same side of
every shorter decimal.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from math import gcd, inf, lcm
from typing import Final

from ..calendar_rules import day, is_day
from ..values import Value
from .lanes import Array

LIMIT: Final = 2**62
ZERO: Final = Fraction(0)
_DIGITS: Final = 10**28
_LAST_DIGIT: Final = Fraction(1, 10**27)
_SAFE: Final = 1 + 2**-20
ROUNDED: Final = 2**-52
EPOCH: Final = 719_163
"""Day number (`date.toordinal`) of 1 January 1970, day zero of a column of dates."""


class Type(Enum):
    """What a lane holds."""

    NOTHING = "nothing"  # no row has a value
    BOOLEAN = "boolean"
    NUMBER = "number"
    DAY = "day"  # days since 1 January 1970
    TEXT = "text"  # numbers of `words`
    PERSON = "person"  # row numbers of the table
    LIST = "list"
    OPAQUE = "opaque"  # only the scalar steps can handle it


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """The type of a lane, and what is known of its values; `value` when it is the same for everybody."""

    type: Type
    unit: int = 1
    low: Fraction = ZERO
    high: Fraction = ZERO
    error: float = 0.0
    relative: float = inf
    single: bool = True
    words: tuple[str, ...] = ()
    item: "Form | None" = None
    most: int = 0
    is_constant: bool = False
    value: Value = None

    @property
    def bound(self) -> Fraction:
        """Return the largest size a number can have."""
        return max(abs(self.low), abs(self.high))

    @property
    def is_exact(self) -> bool:
        """Say whether the decimal of the scalar steps is exactly this number."""
        return self.unit > 0 and self.error == 0

    @property
    def is_reproducible(self) -> bool:
        """Say whether the decimal of the scalar steps follows from the data: exact, or rounded once."""
        return self.type is not Type.NUMBER or (self.unit > 0 and self.single)


NOTHING: Final = Form(type=Type.NOTHING)
OPAQUE: Final = Form(type=Type.OPAQUE)
BOOLEAN: Final = Form(type=Type.BOOLEAN)
PERSON: Final = Form(type=Type.PERSON)


def day_form(low: int, high: int) -> Form:
    """Return the form of dates between two day numbers."""
    return Form(type=Type.DAY, low=Fraction(low), high=Fraction(high))


def fits(unit: int, *bounds: Fraction) -> bool:
    """Say whether numbers of these sizes fit in 64 bits over a unit."""
    return unit < LIMIT and all(abs(bound) * unit < LIMIT for bound in bounds)


def number(unit: int, low: Fraction, high: Fraction, inherited: float) -> Form | None:
    """Return the form of a computed number, None when it does not fit; `inherited`: the error its operands had."""
    if not fits(unit, low, high):
        return None
    if not inherited and _is_short(unit, max(abs(low), abs(high))):
        return Form(type=Type.NUMBER, unit=unit, low=low, high=high)
    error = (inherited + float(max(abs(low), abs(high)) * _LAST_DIGIT)) * _SAFE
    return Form(type=Type.NUMBER, unit=unit, low=low, high=high, error=error, single=not inherited)


def _is_short(unit: int, bound: Fraction) -> bool:
    """Say whether every number over this unit is a decimal of at most 28 digits."""
    rest, places = unit, 0
    while (common := gcd(rest, 10)) > 1:
        rest, places = rest // common, places + 1
    return rest == 1 and bound * 10**places < _DIGITS


def real(low: Fraction, high: Fraction, error: float, relative: float = inf) -> Form | None:
    """Return the form of a number as float64; None where the scalar steps could overflow."""
    bound = max(abs(low), abs(high))
    if bound >= LIMIT:
        return None
    own = float(bound) * 2**-52
    return Form(
        type=Type.NUMBER, unit=0, low=low, high=high, error=(error + own) * _SAFE, relative=relative + ROUNDED,
        single=False,
    )  # fmt: skip


ANY_REAL: Final = Form(type=Type.NUMBER, unit=0, error=inf, single=False)
"""Of a number too large to say anything about as float64."""


def as_real(form: Form) -> Form | None:
    """Return a number as float64, with the error of the conversion."""
    if form.unit == 0:
        return form
    return real(form.low, form.high, form.error, 0.0 if form.error == 0 else inf)


def real_data(data: Array, form: Form) -> Array:
    """Return the data of a number as float64."""
    return data if form.unit == 0 else data / form.unit


def scaled(data: Array, form: Form, unit: int) -> Array:
    """Return the data of a number over a larger unit."""
    return data if form.unit == unit else data * (unit // form.unit)


def common_unit(*forms: Form) -> int:
    """Return the smallest unit over which all numbers fit, 0 when they fit only as float64."""
    if any(form.unit == 0 for form in forms):
        return 0
    unit = lcm(*(form.unit for form in forms))
    return unit if all(fits(unit, form.bound) for form in forms) else 0


def constant(value: Value) -> tuple[Form, object]:
    """Return the form and the data of a value that is the same for everybody."""
    if isinstance(value, bool):
        return Form(type=Type.BOOLEAN, is_constant=True, value=value), value
    if isinstance(value, int | Decimal):
        return _constant_number(value)
    if isinstance(value, str):
        return Form(type=Type.TEXT, words=(value,), is_constant=True, value=value), 0
    return Form(type=Type.OPAQUE, is_constant=True, value=value), 0


def _constant_number(value: int | Decimal) -> tuple[Form, object]:
    exact = Fraction(value)
    if fits(exact.denominator, exact):
        form = Form(
            type=Type.NUMBER, unit=exact.denominator, low=exact, high=exact, is_constant=True, value=value
        )  # fmt: skip
        return form, exact.numerator
    form_, data = real(exact, exact, 0.0), float(exact)
    if form_ is None:
        return Form(type=Type.OPAQUE, is_constant=True, value=value), 0
    return Form(
        type=Type.NUMBER, unit=0, low=exact, high=exact, error=form_.error, single=False, is_constant=True, value=value
    ), data


def constant_day(form: Form) -> int | None:
    """Return the day number that a fixed text or date stands for, None when it is no date."""
    value = form.value
    if isinstance(value, dict):
        value = value.get("iso")
    return day(value).toordinal() - EPOCH if isinstance(value, str) and is_day(value) else None
