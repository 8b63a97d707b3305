"""A person list of the Logisch Ontwerp as the register answers it today (Haal Centraal 2.7, schema `Persoon`)."""

from datetime import date
from typing import Any

from ..documents import tables as own_tables
from . import doubts
from .lists import Occurrence, PersonList
from .naming import NAME_USES, addressed, full_name, name
from .residence import lines, residence
from .values import Tables, day, full_day

Document = dict[str, Any]
_UNIONS = {"H": "huwelijk", "P": "geregistreerd partnerschap"}
_SUSPENSIONS = {
    "O": "overlijden",
    "E": "emigratie",
    "M": "ministerieel besluit",
    "R": "pl is aangelegd in de rni",
    "F": "fout",
    "W": "wissen",
}
_ERASED = ("F", "W")


def document(found: PersonList, tables: Tables, on: date) -> Document:
    """Return the list on a day. Of a list that was made by mistake or erased only that it was remains."""
    parts = _numbers(found) | _suspension(found)
    if found.one("07").get("67.20") not in _ERASED:
        parts |= _person(found, tables, on) | _relatives(found, tables) | _status(found, tables) | _place(found, tables)
        doubts.mark(parts, found)
    return {key: value for key, value in parts.items() if value not in (None, [], {})}


def _numbers(found: PersonList) -> Document:
    person = found.one("01")
    return {"aNummer": person.get("01.10"), "burgerservicenummer": person.get("01.20")}


def _suspension(found: PersonList) -> Document:
    kept = found.one("07")
    if "67.20" not in kept:
        return {}
    code = kept["67.20"]
    reason = {"code": code, "omschrijving": _SUSPENSIONS.get(code, "onbekend")}
    return {"opschortingBijhouding": {"reden": reason, "datum": day(kept.get("67.10", ""))}}


def _person(found: PersonList, tables: Tables, on: date) -> Document:
    person, kept = found.one("01"), found.one("07")
    names = name(person, tables) | ({"volledigeNaam": whole} if (whole := full_name(person, tables)) else {})
    if use := person.get("61.10"):
        names["aanduidingNaamgebruik"] = {"code": use, "omschrijving": NAME_USES[use]}
    return {
        "naam": names,
        "geboorte": _birth(person, tables),
        "geslacht": own_tables.sex(person["04.10"]) if "04.10" in person else None,
        "leeftijd": _age(found, on),
        "geheimhoudingPersoonsgegevens": True if kept.get("70.10", "0") != "0" else None,
        "datumEersteInschrijvingGBA": day(kept["68.10"]) if "68.10" in kept else None,
        "overlijden": _happened(found.one("06"), "08", tables),
        "verificatie": _verification(kept),
        "rni": _deliverers(found, tables),
    }


def _age(found: PersonList, on: date) -> int | None:
    born = full_day(found.one("01").get("03.10", ""))
    if born is None or found.one("06").get("08.10"):
        return None
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def _birth(elements: Occurrence, tables: Tables) -> Document:
    return _happened(elements, "03", tables)


def _happened(elements: Occurrence, group: str, tables: Tables) -> Document:
    """Return day, place and country of a birth, death or wedding."""
    found: Document = {}
    if digits := elements.get(f"{group}.10"):
        found["datum"] = day(digits)
    if place := elements.get(f"{group}.20"):
        found["plaats"] = tables.place(place)
    if country := elements.get(f"{group}.30"):
        found["land"] = tables.coded(34, country)
    return found


def _verification(kept: Occurrence) -> Document:
    found: Document = {"datum": day(kept["71.10"])} if "71.10" in kept else {}
    return found | ({"omschrijving": kept["71.20"]} if "71.20" in kept else {})


_DELIVERED = {"01": "Persoon", "04": "Nationaliteit", "06": "Overlijden", "07": "Inschrijving", "08": "Verblijfplaats"}


def _deliverers(found: PersonList, tables: Tables) -> list[Document]:
    return [
        {"deelnemer": tables.coded(60, one["88.10"]), "categorie": label}
        | ({"omschrijvingVerdrag": one["88.20"]} if "88.20" in one else {})
        for category, label in _DELIVERED.items()
        for one in found.all(category)
        if "88.10" in one
    ]


def _relatives(found: PersonList, tables: Tables) -> Document:
    parents = [
        _parent(one, indication, tables)
        for category, indication in (("02", "1"), ("03", "2"))
        for one in found.all(category)
        if _is_named(one)
    ]
    children = [_relative(one, tables) for one in found.all("09") if _is_named(one)]
    partner = present_partner(found)
    return {"ouders": parents, "kinderen": children, "partners": [_partner(partner, tables)] if partner else []}


def _is_named(relative: Occurrence) -> bool:
    return any(element in relative for element in ("01.20", "02.10", "02.40", "03.10"))


def _relative(one: Occurrence, tables: Tables) -> Document:
    parts = {"burgerservicenummer": one.get("01.20"), "naam": name(one, tables), "geboorte": _birth(one, tables)}
    return {key: value for key, value in parts.items() if value}


def _parent(one: Occurrence, indication: str, tables: Tables) -> Document:
    parent = _relative(one, tables) | {"ouderAanduiding": indication}
    if "04.10" in one:
        parent["geslacht"] = own_tables.sex(one["04.10"])
    if "62.10" in one:
        parent["datumIngangFamilierechtelijkeBetrekking"] = day(one["62.10"])
    return parent


def present_partner(found: PersonList) -> Occurrence:
    """Return the present partner, or the last one of whom the union has ended."""
    unions = [one for one in found.all("05") if "06.10" in one or "07.10" in one]
    present = [one for one in unions if "07.10" not in one]
    return present[0] if present else max(unions, key=lambda one: one["07.10"], default={})


def _partner(one: Occurrence, tables: Tables) -> Document:
    partner = _relative(one, tables)
    if "04.10" in one:
        partner["geslacht"] = own_tables.sex(one["04.10"])
    if kind := _UNIONS.get(one.get("15.10", "")):
        partner["soortVerbintenis"] = {"code": one["15.10"], "omschrijving": kind}
    if began := _happened(one, "06", tables):
        partner["aangaanHuwelijkPartnerschap"] = began
    if "07.10" in one:
        partner["ontbindingHuwelijkPartnerschap"] = {"datum": day(one["07.10"])}
    return partner


def _status(found: PersonList, tables: Tables) -> Document:
    custody, permit, vote = found.one("11"), found.one("10"), found.one("13")
    status: Document = {"nationaliteiten": [_nationality(one, tables) for one in found.all("04") if _is_held(one)]}
    if "32.10" in custody and (code := tables.coded(61, custody["32.10"])).get("omschrijving"):
        status["indicatieGezagMinderjarige"] = code
    if custody.get("33.10") == "1":
        status["indicatieCurateleRegister"] = True
    if "39.10" in permit and permit["39.10"] != "98":
        days = {"datumEinde": permit.get("39.20"), "datumIngang": permit.get("39.30")}
        status["verblijfstitel"] = {"aanduiding": tables.coded(56, permit["39.10"])} | {
            key: day(digits) for key, digits in days.items() if digits
        }
    return status | _votes(vote)


def _votes(vote: Occurrence) -> Document:
    status: Document = {}
    if code := vote.get("31.10"):
        meaning = {"1": "persoon is uitgesloten", "2": "persoon ontvangt oproep"}[code]
        ends = {"einddatumUitsluiting": day(vote["31.30"])} if "31.30" in vote else {}
        status["europeesKiesrecht"] = {"aanduiding": {"code": code, "omschrijving": meaning}} | ends
    if vote.get("38.10") == "A":
        ends = {"einddatum": day(vote["38.20"])} if "38.20" in vote else {}
        status["uitsluitingKiesrecht"] = {"uitgeslotenVanKiesrecht": True} | ends
    return status


def _is_held(one: Occurrence) -> bool:
    return ("05.10" in one or "65.10" in one) and "64.10" not in one


def _nationality(one: Occurrence, tables: Tables) -> Document:
    special = {"B": "BehandeldAlsNederlander", "V": "VastgesteldNietNederlander"}.get(one.get("65.10", ""))
    kind = special or {"0499": "Staatloos", "0000": "NationaliteitOnbekend"}.get(one["05.10"], "Nationaliteit")
    found: Document = {"type": kind}
    if kind == "Nationaliteit":
        found["nationaliteit"] = tables.coded(32, one["05.10"])
    if one.get("63.10", "000") != "000":
        found["redenOpname"] = tables.coded(37, one["63.10"])
    return found | ({"datumIngangGeldigheid": day(one["85.10"])} if "85.10" in one else {})


def _place(found: PersonList, tables: Tables) -> Document:
    place = found.one("08")
    letters = lines(place, tables) | addressed(found.one("01"), present_partner(found))
    parts: Document = {"verblijfplaats": residence(place, tables), "adressering": letters}
    if "09.10" in place:
        parts["gemeenteVanInschrijving"] = tables.coded(33, place["09.10"])
    if "09.20" in place:
        parts["datumInschrijvingInGemeente"] = day(place["09.20"])
    return parts | {"immigratie": _immigration(place, tables)}


def _immigration(place: Occurrence, tables: Tables) -> Document:
    if "14.10" not in place:
        return {}
    unknown = place["14.10"] == "0000"
    origin: Document = (
        {"vanuitVerblijfplaatsOnbekend": True}
        if unknown
        else {"landVanwaarIngeschreven": tables.coded(34, place["14.10"]), "indicatieVestigingVanuitBuitenland": True}
    )
    return origin | ({"datumVestigingInNederland": day(place["14.20"])} if "14.20" in place else {})
