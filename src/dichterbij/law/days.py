"""Dates: ages, dates moved, made and taken apart.

Source: RegelRecht RFC-021 (dates), 032 (date parts).
"""

from datetime import date
from decimal import Decimal

from .arithmetic import mismatch
from .calendar_rules import age, day, months_between, moved, years_between
from .comparing import iso
from .errors import LawError
from .values import Value


def _to_day(value: Value, name: str) -> date:
    value = iso(value)
    if isinstance(value, str):
        return day(value)
    raise mismatch(name, value)


def _whole(value: Value, name: str) -> int:
    if type(value) is int:
        return value
    if type(value) is Decimal and value == value.to_integral_value():
        return int(value)
    raise mismatch(name, value)


def age_operation(date_of_birth: Value, reference_date: Value) -> Value:
    """Return complete years between birth and the reference date."""
    return age(_to_day(date_of_birth, "AGE"), _to_day(reference_date, "AGE"))


def date_add(start: Value, years: Value = 0, months: Value = 0, weeks: Value = 0, days: Value = 0) -> Value:
    """Return a date moved by years, months, weeks and days."""
    amounts = {"years": years, "months": months, "weeks": weeks, "days": days}
    steps = {name: _whole(amount, "DATE_ADD") for name, amount in amounts.items()}
    return moved(_to_day(start, "DATE_ADD"), **steps).isoformat()


def date_of(year: Value, month: Value, day_of_month: Value) -> Value:
    """Return the date with this year, month and day."""
    try:
        return date(*(_whole(part, "DATE") for part in (year, month, day_of_month))).isoformat()
    except (ValueError, OverflowError):
        raise LawError("InvalidDate", f"Invalid date: {year}-{month}-{day_of_month}") from None


def day_of_week(value: Value) -> Value:
    """Return 0 for Monday to 6 for Sunday."""
    return _to_day(value, "DAY_OF_WEEK").weekday()


def date_diff(start: Value, end: Value, unit: Value) -> Value:
    """Return the signed number of days, complete months or complete years between two dates."""
    first, last = _to_day(start, "DATE_DIFF"), _to_day(end, "DATE_DIFF")
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
    moment = _to_day(value, "DATE_PART")
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
    moment = _to_day(value, "START_OF")
    match unit:
        case "year":
            return moment.replace(month=1, day=1).isoformat()
        case "month":
            return moment.replace(day=1).isoformat()
    raise LawError("InvalidOperation", f"START_OF has no unit '{unit}'")
