"""Vehicles in a person's name at the vehicle register."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from ..domain import RawValue
from .by_number import ByNumber, Field, Read
from .source import source


def make(url: str, token: str) -> ByNumber:
    """Return the adapter for an address and credential."""
    return ByNumber(source("rdw", url, token), "/tenaamstellingen", FIELDS)


def _held(rows: list[Mapping[str, Any]], on: date) -> list[Mapping[str, Any]]:
    return [row for row in rows if row["tenaamstelling"] <= on.isoformat()]


def _count(rows: list[Mapping[str, Any]], on: date) -> RawValue:
    return RawValue(value=len(_held(rows, on)))


def _each(key: str) -> Read:
    def read(rows: list[Mapping[str, Any]], on: date) -> RawValue | None:
        values = tuple(row[key] for row in _held(rows, on))
        return RawValue(value=values) if values else None

    return read


FIELDS = {
    "voertuigen.aantal": Field("voertuigen", _count),
    "voertuigen.kenteken": Field("voertuigen", _each("kenteken")),
    "voertuigen.merk": Field("voertuigen", _each("merk")),
}
