"""Adds the published test persons to a world, beside the people that were invented."""

from datetime import date
from pathlib import Path
from typing import Any

from ..store import World, Writer
from .document import document
from .lists import person_lists
from .values import Tables


def load_official(world_path: Path, file: Path, tables: Path) -> int:
    """Write every person list of a file into the population register of a world; returns how many.

    A number that two lists share (one of them erased, or wrong on purpose) is answered with both.
    """
    on = date.fromisoformat(World(world_path).meta()["on"])
    national = Tables(tables)
    writer = Writer(world_path)
    seen: set[str] = set()
    count = 0
    for count, found in enumerate(person_lists(file), 1):
        answer = document(found, national, on)
        bsn = answer.get("burgerservicenummer", "")
        key = bsn if bsn and bsn not in seen else f"list {count}"
        seen.add(bsn)
        writer.put("brp", key, answer, _terms(answer, "" if key == bsn else bsn))
    writer.close()
    return count


def _terms(answer: dict[str, Any], shared_number: str) -> list[str]:
    names, place = answer.get("naam", {}), answer.get("verblijfplaats", {})
    surname = names.get("geslachtsnaam", "").casefold()
    address = place.get("verblijfadres", {})
    municipality = answer.get("gemeenteVanInschrijving", {}).get("code", "")
    street = address.get("officieleStraatnaam", address.get("korteStraatnaam", "")).casefold()
    born = answer.get("geboorte", {}).get("datum", {}).get("datum")
    terms = {
        f"ook:{shared_number}": shared_number,
        f"geboren:{born}|{surname}": born,
        f"gemeente:{municipality}|{surname}": municipality,
        f"postcode:{address.get('postcode')}|{address.get('huisnummer')}": address.get("postcode"),
        f"straat:{municipality}|{address.get('huisnummer')}|{street}": street,
        f"object:{place.get('adresseerbaarObjectIdentificatie')}": place.get("adresseerbaarObjectIdentificatie"),
        f"nummer:{place.get('nummeraanduidingIdentificatie')}": place.get("nummeraanduidingIdentificatie"),
    }
    return [term for term, known in terms.items() if known]
