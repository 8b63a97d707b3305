"""Health insurance at the reference index of health insurers."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from ..domain import RawValue
from .by_number import ByNumber, Field, of_running, running, since
from .source import source


def make(url: str, token: str) -> ByNumber:
    """Return the adapter for an address and credential."""
    return ByNumber(source("rvz", url, token), "/verzekeringen", FIELDS)


def _is_insured(rows: list[Mapping[str, Any]], on: date) -> RawValue:
    row = running([row for row in rows if row["soort"] == "zvw"], on)
    return since(row, True) if row else RawValue(value=False)


FIELDS = {
    "verzekering.zvw": Field("verzekeringen", _is_insured),
    "verzekering.verzekeraar": Field("verzekeringen", of_running("verzekeraar")),
}
