"""The worked examples a law is held against: official ones and boundary cases, each with where it comes from."""

import csv
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from dichterbij.law.labels import plain
from dichterbij.law.model import LawVersion

from .beside import folders


@dataclass(frozen=True, slots=True)
class Example:
    """One row of a case file, as it is published."""

    id: str
    day: str
    note: str
    origin: str
    given: tuple[tuple[str, str], ...]
    expected: tuple[tuple[str, str], ...]


def of_law(version: LawVersion) -> tuple[Example, ...]:
    """Return the examples beside a law, in the order of their files."""
    return _examples(folders(version))


def origins(examples: tuple[Example, ...]) -> list[tuple[str, int]]:
    """Return how many examples come from where, most first."""
    return Counter(example.origin for example in examples).most_common()


@lru_cache(maxsize=256)
def _examples(places: tuple[Path, ...]) -> tuple[Example, ...]:
    files = [file for place in places for file in sorted((place / "cases").glob("*.csv"))]
    return tuple(example for file in files for example in _rows(file))


def _rows(file: Path) -> list[Example]:
    with file.open(encoding="utf-8", newline="") as lines:
        return [_example(row) for row in csv.DictReader(lines)]


def _example(row: Mapping[str, str | None]) -> Example:
    def cell(*names: str) -> str:
        return next((value for name in names if (value := row.get(name))), "")

    return Example(
        id=cell("id"),
        day=cell("date"),
        note=cell("note"),
        origin=cell("origin", "source"),
        given=_told(cell("input")),
        expected=_told(cell("expected")),
    )


def _told(cell: str) -> tuple[tuple[str, str], ...]:
    """Return a cell of JSON as names with values; one that is no object is a single value."""
    try:
        data = json.loads(cell)
    except ValueError:
        data = cell
    pairs = data.items() if isinstance(data, dict) else [("", data)]
    return tuple((plain(name), _value(value)) for name, value in pairs)


def _value(value: object) -> str:
    if value is None:
        return "geen"
    if isinstance(value, bool):
        return "ja" if value else "nee"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
