"""Days and codes of the Logisch Ontwerp, with the descriptions of the national tables."""

import csv
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from ..documents.dates import partial_date

Coded = dict[str, str]


def day(digits: str) -> dict[str, Any]:
    """Return a day of eight digits, in which `00` stands for unknown; of a day that does not exist what does.

    >>> day("19500000")["type"], day("")["type"]
    ('JaarDatum', 'DatumOnbekend')
    """
    if len(digits) != 8 or not digits.isdigit():
        return partial_date()
    year, month, number = int(digits[:4]), int(digits[4:6]), int(digits[6:])
    month = month if month <= 12 else 0
    is_day = month and number <= monthrange(year, month)[1]
    return partial_date(year, month, number if is_day else 0)


def full_day(digits: str) -> date | None:
    """Return a fully known day, else None."""
    known = day(digits).get("datum")
    return date.fromisoformat(known) if known else None


@dataclass(frozen=True)
class Tables:
    """The national tables, read from a folder with a file per table (`Tabel33...csv`)."""

    folder: Path

    def coded(self, number: int, code: str) -> Coded:
        """Return a code with its description; a code the table does not have stays without."""
        description = self._table(number).get(code)
        return {"code": code} | ({"omschrijving": description} if description else {})

    def place(self, text: str) -> Coded:
        """Return a municipality by its code, or a place abroad by its name."""
        return self.coded(33, text) if len(text) == 4 and text.isdigit() else {"omschrijving": text}

    def kind_of_title(self, code: str) -> str:
        """Say whether a noble title is a `titel` or a `predicaat`."""
        return self._rows(38)[code][2]

    def _table(self, number: int) -> Mapping[str, str]:
        return {code: row[1] for code, row in self._rows(number).items()}

    def _rows(self, number: int) -> Mapping[str, list[str]]:
        return self._all[number]

    @cached_property
    def _all(self) -> Mapping[int, Mapping[str, list[str]]]:
        files = {int(file.name[5:7]): file for file in sorted(self.folder.glob("Tabel[0-9][0-9]*.csv"))}
        return {number: _read(file) for number, file in files.items()}


def _read(file: Path) -> Mapping[str, list[str]]:
    lines = file.read_text(encoding="utf-16").splitlines()
    return {row[0]: row for row in csv.reader(lines[1:]) if row}
