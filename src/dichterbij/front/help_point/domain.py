"""A point where people get help, when it is open, and how far away it is. Pure."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

from dichterbij.kernel.problems import Problem

EARTH_KM = 6371.0
"""Mean radius (IUGG), in kilometres."""


class InvalidPoints(Problem):
    """A file with points is not in order; the detail names line and remedy."""

    code = "invalid-points"
    title = "Dit bestand met informatiepunten klopt niet"
    status = 400


class WrongCode(Problem):
    """A code is not that of a point."""

    code = "wrong-point-code"
    title = "Deze code hoort niet bij een informatiepunt"
    status = 422


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """Where people get help. `hours`: per weekday (Monday is 0) as `10:00-17:00`; coordinates in degrees (WGS 84)."""

    key: str
    name: str
    address: str
    postcode: str
    place: str
    phone: str
    latitude: float
    longitude: float
    hours: Mapping[int, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """A point and how far it is as the crow flies, in kilometres."""

    point: Point
    km: float


def distance(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Return the kilometres between two places (latitude, longitude), by the haversine.

    >>> round(distance((52.0, 5.0), (53.0, 5.0)))
    111
    """
    (a, b), (c, d) = ((radians(each[0]), radians(each[1])) for each in (one, other))
    half = sin((c - a) / 2) ** 2 + cos(a) * cos(c) * sin((d - b) / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(half))


def centre(points: Sequence[Point], asked: str) -> tuple[float, float] | None:
    """Return the middle of the points in a place, or with the postcode that looks most like it; None for none.

    Only the four digits of a postcode count; without points there, those with the first three or two digits.
    """
    found = _with_postcode(points, digits) if (digits := _digits(asked)) else _in_place(points, asked)
    if not found:
        return None
    return sum(each.latitude for each in found) / len(found), sum(each.longitude for each in found) / len(found)


def nearest(points: Sequence[Point], asked: str, number: int) -> tuple[Near, ...]:
    """Return the points nearest to a place or postcode, nearest first; empty when nobody knows where that is."""
    middle = centre(points, asked)
    if middle is None:
        return ()
    near = (Near(point=each, km=distance(middle, (each.latitude, each.longitude))) for each in points)
    return tuple(sorted(near, key=lambda each: (each.km, each.point.key))[:number])


def _digits(asked: str) -> str:
    found = re.fullmatch(r"\s*([1-9][0-9]{3})\s*([A-Za-z]{2})?\s*", asked)
    return found[1] if found else ""


def _with_postcode(points: Sequence[Point], digits: str) -> Sequence[Point]:
    for length in (4, 3, 2):
        found = [each for each in points if each.postcode.startswith(digits[:length])]
        if found:
            return found
    return ()


def _in_place(points: Iterable[Point], asked: str) -> Sequence[Point]:
    wanted = asked.strip().casefold()
    return [each for each in points if each.place.casefold() == wanted]
