"""Guardianship at the central register of the courts (Centraal Curatele- en bewindregister)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from ..domain import RawValue
from .by_number import ByNumber, Field, running
from .source import source


def make(url: str, token: str) -> ByNumber:
    """Return the adapter for an address and credential."""
    return ByNumber(source("ccbr", url, token), "/registraties", FIELDS)


def _numbers(rows: list[Mapping[str, Any]], on: date) -> RawValue | None:
    numbers = tuple(row["burgerservicenummer"] for row in rows if running([row], on))
    return RawValue(value=numbers) if numbers else None


FIELDS = {
    "curatoren.burgerservicenummer": Field("curatoren", _numbers),
    "clienten.burgerservicenummer": Field("clienten", _numbers),
}
