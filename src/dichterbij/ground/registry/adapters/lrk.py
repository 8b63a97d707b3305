"""Child care: contracts with providers in the national register (LRK). Rates are euro cents per hour."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from ..domain import RawValue
from .by_number import ByNumber, Field, Read, plain
from .source import source

KINDS = ("dagopvang", "bso", "gastouder")


def make(url: str, token: str) -> ByNumber:
    """Return the adapter for an address and credential."""
    return ByNumber(source("lrk", url, token), "/opvang", FIELDS)


def _children(care: Mapping[str, Any], _on: date) -> RawValue | None:
    """Return the children for whom this person or the partner at home has a contract."""
    numbers = tuple(care["kinderen"])
    return RawValue(value=numbers) if numbers else None


def _of_contract(kind: str, key: str) -> Read:
    """Return a way to read a value of the contract for one kind of care; a child without it has no row."""

    def read(care: Mapping[str, Any], _on: date) -> RawValue | None:
        return RawValue(value=care[kind][key]) if kind in care else None

    return read


FIELDS = {
    "opvang.kinderen": Field("opvang", _children),
    "opvang.geregistreerd": Field("opvang", plain("geregistreerd")),
    **{
        f"opvang.{kind}.{key}": Field("opvang", _of_contract(kind, key))
        for kind in KINDS
        for key in ("urenPerMaand", "uurtarief")
    },
}
