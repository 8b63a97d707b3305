"""Companies of a person at the business register."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from ..domain import RawValue
from .by_number import ByNumber, Field, running
from .source import source


def make(url: str, token: str) -> ByNumber:
    """Return the adapter for an address and credential."""
    return ByNumber(source("kvk", url, token), "/functionarissen", FIELDS)


def _owned(rows: list[Mapping[str, Any]], on: date) -> list[str]:
    return [row["kvkNummer"] for row in rows if row["functie"] == "eigenaar" and running([row], on)]


def _count(rows: list[Mapping[str, Any]], on: date) -> RawValue:
    return RawValue(value=len(_owned(rows, on)))


def _numbers(rows: list[Mapping[str, Any]], on: date) -> RawValue | None:
    numbers = tuple(_owned(rows, on))
    return RawValue(value=numbers) if numbers else None


FIELDS = {
    "ondernemingen.aantal": Field("functies", _count),
    "ondernemingen.kvkNummer": Field("functies", _numbers),
}
