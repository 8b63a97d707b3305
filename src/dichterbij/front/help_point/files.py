"""Read the file of the operator with points: CSV, a line per point. What is not right is refused, with its line."""

import csv
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from .domain import InvalidPoints, Point

COLUMNS = ("key", "name", "address", "postcode", "place", "phone", "latitude", "longitude", "hours")
DAYS = ("mo", "tu", "we", "th", "fr", "sa", "su")
MOST = 5000
# The European Netherlands, Bonaire, and Sint Eustatius with Saba: latitude from and to, longitude from and to.
AREAS = ((50.7, 53.7, 3.2, 7.3), (12.0, 12.4, -68.5, -68.1), (17.4, 17.7, -63.3, -62.9))
_HOURS = re.compile(r"([a-z]{2}) (([01][0-9]|2[0-3]):[0-5][0-9]-([01][0-9]|2[0-3]):[0-5][0-9])")


def read(path: Path) -> tuple[Point, ...]:
    """Return the points of a file; raises `InvalidPoints`."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            points = tuple(_points(csv.DictReader(file)))
    except (OSError, UnicodeDecodeError, csv.Error) as wrong:
        raise InvalidPoints(f"{path.name}: het bestand is niet te lezen. Bewaar het als CSV in UTF-8.") from wrong
    if not points:
        raise InvalidPoints(f"{path.name}: er staat geen enkel punt in.")
    return points


def _points(rows: "csv.DictReader[str]") -> Iterator[Point]:
    if tuple(rows.fieldnames or ()) != COLUMNS:
        raise InvalidPoints(f"regel 1: de kolommen zijn {','.join(COLUMNS)}.")
    known: dict[str, int] = {}
    for row in rows:
        point = _point(row, rows.line_num)
        if point.key in known:
            raise InvalidPoints(f"regel {rows.line_num}: key {point.key} staat ook op regel {known[point.key]}.")
        known[point.key] = rows.line_num
        if len(known) > MOST:
            raise InvalidPoints(f"regel {rows.line_num}: er staan meer dan {MOST} punten in.")
        yield point


def _point(row: Mapping[str, str | None], line: int) -> Point:
    told = {name: (row.get(name) or "").strip() for name in COLUMNS}
    try:
        return Point(
            key=_matching(told["key"], r"[a-z0-9][a-z0-9-]{0,59}", "key: kleine letters, cijfers en streepjes"),
            name=_matching(told["name"], r"[^<>]{1,120}", "name: vul een naam in"),
            address=_matching(told["address"], r"[^<>]{1,120}", "address: vul een adres in"),
            postcode=_matching(told["postcode"], r"([1-9][0-9]{3} ?[A-Z]{2})?", "postcode: zoals 1234 AB, of leeg"),
            place=_matching(told["place"], r"[^<>0-9]{1,80}", "place: vul een plaats in"),
            phone=_matching(told["phone"], r"(\+?[0-9 ]{3,20})?", "phone: cijfers en spaties, of leeg"),
            hours=_hours(told["hours"]),
            **_coordinates(told["latitude"], told["longitude"]),
        )
    except ValueError as wrong:
        raise InvalidPoints(f"regel {line}: {wrong}.") from wrong


def _matching(text: str, pattern: str, remedy: str) -> str:
    if not re.fullmatch(pattern, text):
        raise ValueError(remedy)
    return text


def _coordinates(latitude: str, longitude: str) -> dict[str, float]:
    try:
        north, east = float(latitude), float(longitude)
    except ValueError:
        raise ValueError("latitude en longitude: graden met een punt, zoals 51.92 en 4.48") from None
    if not any(a <= north <= b and c <= east <= d for a, b, c, d in AREAS):
        raise ValueError("latitude en longitude liggen niet in Nederland; zijn ze verwisseld?")
    return {"latitude": north, "longitude": east}


def _hours(text: str) -> dict[int, tuple[str, ...]]:
    """Return opening hours, written as `mo 10:00-12:00; mo 13:00-17:00; tu 10:00-17:00`."""
    found: dict[int, tuple[str, ...]] = {}
    for part in filter(None, (each.strip() for each in text.split(";"))):
        written = _HOURS.fullmatch(part)
        if not written or written[1] not in DAYS or not _is_forward(written[2]):
            raise ValueError(f"hours: {part!r} is niet zoals mo 10:00-17:00")
        day = DAYS.index(written[1])
        found[day] = (*found.get(day, ()), written[2])
    return found


def _is_forward(span: str) -> bool:
    begin, _dash, end = span.partition("-")
    return begin < end
