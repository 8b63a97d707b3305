"""Income and assets at the tax administration. Whole euros there, euro cents here."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from ..domain import RawValue
from .by_number import ByNumber, Field, Read
from .source import source


def make(url: str, token: str) -> ByNumber:
    """Return the adapter for an address and credential."""
    return ByNumber(source("belastingdienst", url, token), "/inkomens-en-vermogens", FIELDS)


def _of_year(key: str) -> Read:
    def read(rows: list[Mapping[str, Any]], on: date) -> RawValue | None:
        row = next((row for row in rows if row["jaar"] == on.year), None)
        return (
            None
            if row is None or row.get(key) is None
            else RawValue(value=row[key] * 100, valid_from=date(on.year, 1, 1))
        )

    return read


def _status(rows: list[Mapping[str, Any]], on: date) -> RawValue | None:
    row = next((row for row in rows if row["jaar"] == on.year), None)
    return RawValue(value=row["status"], valid_from=date(on.year, 1, 1)) if row else None


def _on_first_of_year(rows: list[Mapping[str, Any]], on: date) -> RawValue | None:
    first = date(on.year, 1, 1)
    row = next((row for row in rows if row["peildatum"] == first.isoformat()), None)
    return RawValue(value=row["rendementsgrondslag"] * 100, valid_from=first) if row else None


FIELDS = {
    "inkomensgegeven.verzamelinkomen": Field("inkomensgegevens", _of_year("verzamelinkomen")),
    "inkomensgegeven.loonPerMaand": Field("inkomensgegevens", _of_year("loonPerMaand")),
    "inkomensgegeven.uitkeringPerMaand": Field("inkomensgegevens", _of_year("uitkeringPerMaand")),
    "inkomensgegeven.status": Field("inkomensgegevens", _status),
    "vermogen.rendementsgrondslag": Field("vermogensgegevens", _on_first_of_year),
}
