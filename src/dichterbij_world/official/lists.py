"""Reads person lists in the columns of the Logisch Ontwerp (LO3): one column per category, group and element.

A list takes one or more rows. The last column of a category says what its next row holds: the number of the
category another current occurrence (a second child), the number plus fifty the history of this one.
"""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

Occurrence = Mapping[str, str]
_CATEGORIES = tuple(f"{number:02d}" for number in range(1, 14))


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonList:
    """The current occurrences of each category, history left out. Elements are `group.element` ("02.10")."""

    categories: Mapping[str, tuple[Occurrence, ...]]

    def all(self, category: str) -> tuple[Occurrence, ...]:
        """Return the current occurrences of a category, in the order of the list."""
        return self.categories[category]

    def one(self, category: str) -> Occurrence:
        """Return the first occurrence of a category; empty when there is none."""
        return next(iter(self.categories[category]), {})


def person_lists(file: Path) -> Iterator[PersonList]:
    """Give every person list of a file (UTF-8 with or without mark, `;`)."""
    with file.open(encoding="utf-8-sig", newline="") as lines:
        rows = csv.reader(lines, delimiter=";")
        columns = next(rows)
        group: list[dict[str, str]] = []
        for row in rows:
            if row[0] and group:
                yield _list(group)
                group = []
            group.append(
                {column: text for column, value in zip(columns, row, strict=True) if column and (text := value.strip())}
            )
        if group:
            yield _list(group)


def _list(rows: list[dict[str, str]]) -> PersonList:
    return PersonList(categories={category: tuple(_current(category, rows)) for category in _CATEGORIES})


def _current(category: str, rows: list[dict[str, str]]) -> Iterator[Occurrence]:
    is_current = True
    for row in rows:
        marker = row.get(f"{category}.H", "")
        elements = {
            name[3:]: value
            for name, value in row.items()
            if name.startswith(f"{category}.") and name != f"{category}.H"
        }
        if is_current and elements:
            yield elements
        is_current = marker == category
