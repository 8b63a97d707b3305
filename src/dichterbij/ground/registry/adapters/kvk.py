"""Companies of a person at the business register, and what its public profile says of a company (KVK Basisprofiel)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from ..domain import RawValue
from .by_number import ByNumber, Field, Read, running
from .source import source


def make(url: str, token: str) -> ByNumber:
    """Return the adapter for an address and credential."""
    return ByNumber(source("kvk", url, token), "/functionarissen", FIELDS, companies="/v1/basisprofielen/")


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


def _name(name: str, _on: date) -> RawValue | None:
    return RawValue(value=name) if name else None


def _address(embedded: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Return the address of the main branch: where post goes when it says so, otherwise where one can visit it."""
    several = {each["type"]: each for each in embedded.get("hoofdvestiging", {}).get("adressen", ())}
    return several.get("correspondentieadres") or several.get("bezoekadres")


def _line(*keys: str) -> Read:
    """Return a way to read a line of that address."""

    def read(embedded: Mapping[str, Any], _on: date) -> RawValue | None:
        found = _address(embedded) or {}
        line = " ".join(str(found[key]) for key in keys if found.get(key))
        return RawValue(value=line) if line else None

    return read


def _is_dutch(embedded: Mapping[str, Any], _on: date) -> RawValue | None:
    """Say whether the main branch is in the Netherlands; nothing when the register has no address to visit."""
    several = embedded.get("hoofdvestiging", {}).get("adressen", ())
    visited = next((each for each in several if each["type"] == "bezoekadres"), None)
    return RawValue(value=visited["land"] == "Nederland") if visited else None


FIELDS = {
    "ondernemingen.aantal": Field("functies", _count),
    "ondernemingen.kvkNummer": Field("functies", _numbers),
    "functies": Field("functies", _functions),
    "onderneming.naam": Field("naam", _name),
    "onderneming.adresregel1": Field("_embedded", _line("straatnaam", "huisnummer", "huisletter")),
    "onderneming.adresregel2": Field("_embedded", _line("postcode", "plaats")),
    "onderneming.inNederland": Field("_embedded", _is_dutch),
}
