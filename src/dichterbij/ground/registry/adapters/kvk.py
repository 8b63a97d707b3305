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


def _functions(rows: list[Mapping[str, Any]], on: date) -> RawValue | None:
    """Return in which companies somebody has a function now: number and name, which one, and how far it reaches."""
    said = tuple(
        {
            "nummer": row["kvkNummer"],
            "naam": row.get("naam", ""),
            "functie": row["functie"],
            "bevoegdheid": row.get("bevoegdheid", ""),
        }
        for row in rows
        if running([row], on)
    )
    return RawValue(value=said) if said else None


FIELDS = {
    "ondernemingen.aantal": Field("functies", _count),
    "ondernemingen.kvkNummer": Field("functies", _numbers),
    "functies": Field("functies", _functions),
}
