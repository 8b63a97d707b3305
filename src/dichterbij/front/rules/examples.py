"""The worked examples a law is held against: official ones and boundary cases, each with where it comes from."""

import csv
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from dichterbij.law.model import LawVersion

from .beside import folders


@dataclass(frozen=True, slots=True)
class Example:
    """One row of a case file, as it is published."""

    id: str
    day: str
    note: str
    origin: str
    given: str
    expected: str


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
        given=cell("input"),
        expected=cell("expected"),
    )
