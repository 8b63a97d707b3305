"""Where a person list says somebody is: an address, a described place, abroad, or unknown."""

from typing import Any

from .lists import Occurrence
from .values import Tables, day

_BESIDES = {"to": "tegenover", "by": "bij"}
_USES = {"W": "woonadres", "B": "briefadres"}


def residence(place: Occurrence, tables: Tables) -> dict[str, Any] | None:
    """Return the group `verblijfplaats`; None when the list says nothing."""
    if not place:
        return None
    found = _abroad(place, tables) if "13.10" in place else _inland(place, tables)
    since = place.get("13.20") or place.get("10.30")
    days = {"datumVan": since, "datumIngangGeldigheid": place.get("85.10")}
    return found | {name: day(digits) for name, digits in days.items() if digits}


def lines(place: Occurrence, tables: Tables) -> dict[str, Any]:
    """Return the lines of a letter to this place; none for a place that is unknown."""
    if place.get("13.10", "0000") != "0000":
        written = {
            f"adresregel{row}": place.get(element) for row, element in ((1, "13.30"), (2, "13.40"), (3, "13.50"))
        }
        return {name: line for name, line in written.items() if line} | {"land": tables.coded(34, place["13.10"])}
    if "13.10" in place or not (_has_street(place) or "12.10" in place):
        return {}
    first = _street_line(place) if _has_street(place) else place["12.10"]
    return {"adresregel1": first[:40]} | _town_line(place, tables)


def _has_street(place: Occurrence) -> bool:
    return place.get("11.10", ".") != "."


def _street_line(place: Occurrence) -> str:
    number = place.get("11.20", "")
    letter = f" {place['11.30']}" if "11.30" in place else ""
    addition = f"-{place['11.40']}" if "11.40" in place else ""
    beside = f" {_BESIDES[place['11.50']]}" if "11.50" in place else ""
    return f"{place['11.10']}{beside} {number}{letter}{addition}".strip()


def _town_line(place: Occurrence, tables: Tables) -> dict[str, str]:
    town = place.get("11.70") or tables.coded(33, place.get("09.10", "")).get("omschrijving", "")
    postcode = place.get("11.60", "")
    spaced = f"{postcode[:4]} {postcode[4:]}  " if postcode else ""
    return {"adresregel2": f"{spaced}{town.upper()}"} if town else {}


def _abroad(place: Occurrence, tables: Tables) -> dict[str, Any]:
    if place["13.10"] == "0000":
        return {"type": "VerblijfplaatsOnbekend"}
    written = {"regel1": place.get("13.30"), "regel2": place.get("13.40"), "regel3": place.get("13.50")}
    address = {name: line for name, line in written.items() if line} | {"land": tables.coded(34, place["13.10"])}
    return {"type": "VerblijfplaatsBuitenland", "verblijfadres": address}


def _inland(place: Occurrence, tables: Tables) -> dict[str, Any]:
    use = {"functieAdres": {"code": code, "omschrijving": _USES[code]}} if (code := place.get("10.10")) else {}
    if not _has_street(place):
        described = {"type": "Locatie", "verblijfadres": {"locatiebeschrijving": place.get("12.10")}} | use
        return described if "12.10" in place else {"type": "VerblijfplaatsOnbekend"}
    numbers = {
        "adresseerbaarObjectIdentificatie": place.get("11.80"),
        "nummeraanduidingIdentificatie": place.get("11.90"),
    }
    known = {name: value for name, value in numbers.items() if value}
    return {"type": "Adres", "verblijfadres": _address(place, tables)} | use | known


def _address(place: Occurrence, tables: Tables) -> dict[str, Any]:
    town = place.get("11.70") or tables.coded(33, place.get("09.10", "")).get("omschrijving")
    parts: dict[str, Any] = {
        "korteStraatnaam": place["11.10"],
        "officieleStraatnaam": place.get("11.15"),
        "huisnummer": int(place["11.20"]) if "11.20" in place else None,
        "huisletter": place.get("11.30"),
        "huisnummertoevoeging": place.get("11.40"),
        "postcode": place.get("11.60"),
        "woonplaats": town,
    }
    if code := place.get("11.50"):
        parts["aanduidingBijHuisnummer"] = {"code": code, "omschrijving": _BESIDES[code]}
    return {name: value for name, value in parts.items() if value}
