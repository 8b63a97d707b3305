"""Which values of a person list are being looked into (groups 83: category, group and element, and from when)."""

from collections.abc import Mapping
from typing import Any

from .lists import Occurrence, PersonList
from .values import day

# per category: the element, and under which group of the answer which value rests on it
_NAME = {"02.10": ("voornamen", "voorletters"), "02.20": ("adellijkeTitelPredicaat",), "02.30": ("voorvoegsel",)}
_NAMES = {**_NAME, "02.40": ("geslachtsnaam",)}
_BIRTH = {"03.10": ("datum",), "03.20": ("plaats",), "03.30": ("land",)}
_PLACE = {
    "10.10": ("functieAdres",),
    "10.30": ("datumVan",),
    "13.20": ("datumVan",),
    "11.80": ("adresseerbaarObjectIdentificatie",),
    "11.90": ("nummeraanduidingIdentificatie",),
    "11.10": ("type",),
    "12.10": ("type",),
    "13.10": ("type",),
}
_ADDRESS = {
    "11.10": ("korteStraatnaam",),
    "11.15": ("officieleStraatnaam",),
    "11.20": ("huisnummer",),
    "11.30": ("huisletter",),
    "11.40": ("huisnummertoevoeging",),
    "11.50": ("aanduidingBijHuisnummer",),
    "11.60": ("postcode",),
    "11.70": ("woonplaats",),
    "12.10": ("locatiebeschrijving",),
    "13.10": ("land",),
    "13.30": ("regel1",),
    "13.40": ("regel2",),
    "13.50": ("regel3",),
}
_ARRIVAL = {
    "14.10": ("landVanwaarIngeschreven", "vanuitVerblijfplaatsOnbekend", "indicatieVestigingVanuitBuitenland"),
    "14.20": ("datumVestigingInNederland",),
}
Elements = Mapping[str, tuple[str, ...]]


def mark(parts: dict[str, Any], found: PersonList) -> None:
    """Mark the doubted values in an answer."""
    person, place = found.one("01"), found.one("08")
    _mark(parts.get("naam"), person, _NAMES | dict.fromkeys(("02.00",), ("volledigeNaam",)))
    _mark(parts.get("geboorte"), person, _BIRTH)
    _mark(parts.get("overlijden"), found.one("06"), {"08.10": ("datum",), "08.20": ("plaats",), "08.30": ("land",)})
    _mark(parts.get("verblijfplaats"), place, _PLACE)
    _mark((parts.get("verblijfplaats") or {}).get("verblijfadres"), place, _ADDRESS)
    _mark(parts.get("immigratie"), place, _ARRIVAL)
    for shown, one in zip(parts.get("kinderen", ()), _shown(found.all("09")), strict=False):
        _mark(shown, one, {"01.20": ("burgerservicenummer",)})
        _mark(shown.get("naam"), one, _NAMES)
        _mark(shown.get("geboorte"), one, _BIRTH)


def _shown(occurrences: tuple[Occurrence, ...]) -> list[Occurrence]:
    return [one for one in occurrences if any(name in one for name in ("01.20", "02.10", "02.40", "03.10"))]


def _mark(group: dict[str, Any] | None, elements: Occurrence, values: Elements) -> None:
    """Mark the values of one group: `010210` doubts one element, `010200` a group of them, `010000` all."""
    doubted = elements.get("83.10", "")
    if not group or len(doubted) != 6 or not doubted.isdigit() or "83.30" in elements or int(doubted[:2]) > 50:
        return
    prefix = f"{doubted[2:4]}.{doubted[4:]}".removesuffix(".00")
    everything = doubted[2:] == "0000"
    names = {name for element, shown in values.items() if everything or element.startswith(prefix) for name in shown}
    about = {name: True for name in sorted(names) if name in group}
    if about:
        group["inOnderzoek"] = {"datumIngangOnderzoek": day(elements.get("83.20", ""))} | about
