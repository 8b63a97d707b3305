"""Land and buildings somebody owns, at the land register (Kadaster, BRK bevragen 2.0)."""

from collections.abc import Iterator
from typing import Any

from dichterbij.kernel.identifiers import Number

from ..domain import RawValue
from .by_person import ByPerson
from .source import Json, source


def make(url: str, token: str) -> ByPerson:
    """Return the adapter for an address and credential."""
    land = source("brk", url, token)

    def ask(person: Number, trace: str) -> Json:
        about = {"burgerservicenummer": person.value, "fields": "identificatie,adressen"}
        return land.ask("/kadastraalonroerendezaken", about, trace=trace)

    return ByPerson("brk", ask, FIELDS)


def _parcels(answer: Json) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = answer.get("_embedded", {}).get("kadastraalOnroerendeZaken", [])
    return found


def _count(answer: Json) -> RawValue:
    """Return of how many homes somebody is an owner: a garage or a piece of land has no address of its own."""
    return RawValue(value=len(set(_objects(answer))))


def _addressed(answer: Json) -> RawValue | None:
    objects = tuple(dict.fromkeys(_objects(answer)))
    return RawValue(value=objects) if objects else None


def _objects(answer: Json) -> Iterator[str]:
    for parcel in _parcels(answer):
        for address in parcel.get("adressen", ()):
            if "adresseerbaarObjectIdentificatie" in address:
                yield address["adresseerbaarObjectIdentificatie"]


FIELDS = {
    "onroerendeZaken.aantal": _count,
    "onroerendeZaken.adresseerbaarObject": _addressed,
}
