"""The population register through Haal Centraal BRP Personen bevragen 2.7.

Most fields are a path of that contract and come as text, number or a tuple of them: a full day as ISO text, a coded
value by its code. A day that is only partly known has no value here: a law that needs it asks the person. Some
fields follow from several: they stand in `_DERIVED`, those about the household in `brp_household`.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from dichterbij.kernel.identifiers import Bsn, Number

from ..domain import Query, RawRecord, RawValue, Value
from ..sought import Search
from . import brp_family as family
from .brp_household import HOUSEHOLD_FIELDS, Household
from .brp_residence import (
    at_home_address,
    country_of_address,
    in_other_country_of_kingdom,
    in_the_netherlands,
    is_dutch,
    is_equated,
    is_union_citizen,
    municipality,
    resides_lawfully,
    territory,
)
from .source import Json, Source, in_groups, source

PATH = "/personen"
_DAYS_OF_START = {
    "verblijfplaats": ("verblijfplaats.datumVan", "verblijfplaats"),
    "gemeenteVanInschrijving": ("datumInschrijvingInGemeente", ""),
}


def make(url: str, token: str) -> "HaalCentraalBrp":
    """Return the adapter for an address and credential."""
    return HaalCentraalBrp(source("brp", url, token))


@dataclass(frozen=True, slots=True)
class Derived:
    """A field that follows from others of the register: what to ask for it, and how it follows; None: no value."""

    asks: tuple[str, ...]
    follows: Callable[[Json], Value]


_PARENTS = ("ouders.burgerservicenummer", "ouders.ouderAanduiding")
_UNION = ("partners.burgerservicenummer", "partners.ontbindingHuwelijkPartnerschap.datum")
_LAST_UNION = (
    "partners.burgerservicenummer",
    "partners.aangaanHuwelijkPartnerschap.datum",
    "partners.ontbindingHuwelijkPartnerschap.datum",
)
_SECOND_PARENT = ("ouders.ouderAanduiding", "ouders.datumIngangFamilierechtelijkeBetrekking")
_NATIONALITIES = ("nationaliteiten.nationaliteit", "nationaliteiten.type")
_RESIDENCE = ("verblijfplaats.type", "verblijfplaats.verblijfadres.land")
_STATUS = ("nationaliteiten.nationaliteit", "verblijfstitel.aanduiding", "verblijfstitel.datumEinde")
_DERIVED: Mapping[str, Derived] = {
    "partners.burgerservicenummer": Derived(_UNION, family.present_partner),
    "partners.voormalig": Derived(_UNION, family.former_partner),
    "partners.bijOverlijden.burgerservicenummer": Derived((*_UNION, "overlijden.datum"), family.partner_at_death),
    "ouders.1.burgerservicenummer": Derived(_PARENTS, family.parent("1")),
    "ouders.2.burgerservicenummer": Derived(_PARENTS, family.parent("2")),
    "gezag": Derived(("gezag",), family.authority),
    "gezag.gezaghebbenden": Derived(("gezag",), family.holders),
    "ouders.2.datumIngangFamilierechtelijkeBetrekking": Derived(_SECOND_PARENT, family.second_parent_since),
    "partners.laatste.burgerservicenummer": Derived(_LAST_UNION, family.last_partner),
    "partners.laatste.vanaf": Derived(_LAST_UNION, family.last_union_since),
    "partners.laatste.tot": Derived(_LAST_UNION, family.last_union_until),
    "geboorte.nederlandseAkte": Derived(("geboorte.land",), family.has_dutch_deed),
    "nationaliteiten.isNederlander": Derived(_NATIONALITIES, is_dutch),
    "nationaliteiten.isBurgerVanDeUnie": Derived(_NATIONALITIES, is_union_citizen),
    "verblijfplaats.inAnderLandVanHetKoninkrijk": Derived(_RESIDENCE, in_other_country_of_kingdom),
    "nationaliteiten.gelijkgesteldMetNederlander": Derived(_STATUS, is_equated),
    "verblijfplaats.adresseerbaarObjectIdentificatie": Derived(
        ("verblijfplaats.adresseerbaarObjectIdentificatie", "verblijfplaats.functieAdres"), at_home_address
    ),
    "adressering.land": Derived(("adressering.land",), country_of_address),
    "gemeenteVanInschrijving.code": Derived(("gemeenteVanInschrijving.code",), municipality),
    "verblijfplaats.inNederland": Derived(_RESIDENCE, in_the_netherlands),
    "verblijfplaats.gebied": Derived(_RESIDENCE, territory),
    "verblijfstitel.rechtmatigVerblijf": Derived(_STATUS, resides_lawfully),
}


@dataclass(frozen=True, slots=True)
class HaalCentraalBrp:
    """Adapter for the population register."""

    source: Source

    def fetch(self, query: Query) -> Mapping[Number, RawRecord]:
        """Return what the register says of each person it knows; raises `SourceUnavailable`, `SourceRefused`."""
        own = [name for name in query.fields if name not in HOUSEHOLD_FIELDS]
        household = [name for name in query.fields if name in HOUSEHOLD_FIELDS]
        asks = _asks(own) + (["burgerservicenummer"] if household or not own else [])
        found: dict[Number, RawRecord] = {}
        for numbers in in_groups(query.persons):
            for person in self._persons(numbers, asks, query.trace):
                bsn = Bsn(person["burgerservicenummer"])
                if bsn in found and found[bsn].suspended is None:
                    continue  # a number with two lists: the one that is still kept speaks
                record = _record(person, own)
                found[bsn] = self._with_household(record, bsn, household, query) if household else record
        return found

    def search(self, asked: Search) -> Mapping[Bsn, RawRecord]:
        """Return who fits a search; the register leaves out the dead unless it is asked for them."""
        answer = self.source.ask(PATH, _sought(asked), trace=asked.trace)
        found = answer.get("personen", ())
        return {Bsn(person["burgerservicenummer"]): _record(person, asked.fields) for person in found}

    def _persons(self, numbers: Iterable[str], fields: Iterable[str], trace: str) -> list[Json]:
        body = {
            "type": "RaadpleegMetBurgerservicenummer",
            "burgerservicenummer": list(numbers),
            "fields": list(dict.fromkeys(("burgerservicenummer", *fields))),
        }
        return list(self.source.ask(PATH, body, trace=trace).get("personen", ()))

    def _with_household(self, record: RawRecord, bsn: Bsn, fields: list[str], query: Query) -> RawRecord:
        household = Household(self.source, bsn.value, query.at, query.trace)
        answers = {name: household.answer(name) for name in fields}
        values = {name: RawValue(value=value) for name, value in answers.items() if value is not None}
        others = {Bsn(number): looked_at for number, looked_at in household.also_about().items()}
        return replace(record, values={**record.values, **values}, also_about=others)


def _sought(asked: Search) -> Json:
    fields = list(dict.fromkeys(("burgerservicenummer", *asked.fields)))
    kind: dict[str, object] = {"type": "ZoekMetGeslachtsnaamEnGeboortedatum"}
    if asked.postcode:
        kind = {"type": "ZoekMetPostcodeEnHuisnummer", "postcode": asked.postcode, "huisnummer": asked.house_number}
    kind |= {"geslachtsnaam": asked.surname} if asked.surname else {}
    kind |= {"inclusiefOverledenPersonen": True} if asked.with_deceased else {}
    return {**kind, "geboortedatum": asked.born_on.isoformat(), "fields": fields}


def _asks(fields: Iterable[str]) -> list[str]:
    """Return the paths to ask for fields, with the day from which an address holds."""
    asked: list[str] = []
    for name in fields:
        asked += _DERIVED[name].asks if name in _DERIVED else (name,)
        group = name.partition(".")[0]
        asked += [_DAYS_OF_START[group][0]] if group in _DAYS_OF_START else []
    return asked


def _record(person: Json, fields: Iterable[str]) -> RawRecord:
    values = {
        name: RawValue(value=value, valid_from=_valid_from(person, name))
        for name in fields
        if (value := _value(person, name)) is not None
    }
    return RawRecord(
        values=values,
        in_investigation=frozenset(name for name in fields if _is_doubted(person, name)),
        confidential=person.get("geheimhoudingPersoonsgegevens", False),
        suspended=person.get("opschortingBijhouding", {}).get("reden", {}).get("code"),
    )


def _value(person: Json, name: str) -> Value:
    if name in _DERIVED:
        return _DERIVED[name].follows(person)
    return _plain(_reached(person, name.split(".")))


def _reached(group: Any, parts: list[str]) -> Any:
    """Follow a path; through a list it gives one value per item that has one."""
    if not parts:
        return group
    if isinstance(group, list):
        reached = (_reached(item, parts) for item in group)
        return [item for item in reached if item is not None]
    return _reached(group.get(parts[0]), parts[1:]) if isinstance(group, dict) else None


def _plain(value: Any) -> Value:
    """Return a day as ISO text, a coded value by its code, a list as a tuple; nothing for an empty or partial one."""
    if isinstance(value, list):
        return tuple(_plain(item) for item in value) or None
    if not isinstance(value, dict):
        return value  # type: ignore[no-any-return]
    if "langFormaat" in value:
        return value.get("datum")
    if value.keys() <= {"code", "omschrijving"}:
        return value.get("code", value.get("omschrijving"))
    return {key: _plain(item) for key, item in value.items() if key != "inOnderzoek"}


def _valid_from(person: Json, name: str) -> date | None:
    path = _DAYS_OF_START.get(name.partition(".")[0], ("", ""))[0]
    day = _plain(_reached(person, path.split("."))) if path else None
    return date.fromisoformat(day) if isinstance(day, str) else None


def _is_doubted(person: Json, name: str) -> bool:
    """Say whether the holder is looking into one of the values a field rests on."""
    asks = _DERIVED[name].asks if name in _DERIVED else (name,)
    return any(_doubted_at(person, path.split(".")) for path in asks)


def _doubted_at(group: Any, parts: list[str]) -> bool:
    if isinstance(group, list):
        return any(_doubted_at(item, parts) for item in group)
    if not isinstance(group, dict):
        return False
    doubts = group.get("inOnderzoek", {})
    if not parts:
        return bool(doubts)
    return bool(doubts.get(parts[0])) or _doubted_at(group.get(parts[0]), parts[1:])
