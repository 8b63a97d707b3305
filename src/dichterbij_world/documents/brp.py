"""The person list of the population register, as Haal Centraal BRP Personen 2.7 answers it (schema `Persoon`)."""

from datetime import date, timedelta
from typing import Any

from ..people import Family, Parent, Person, Union
from . import tables
from .addressing import addressing
from .authority import ADULT, authority, authority_entry
from .dates import brp_date, partial_date
from .naming import full_name, initials, name
from .under_investigation import mark

Document = dict[str, Any]
DUTCH = "0001"


def document(person: Person, family: Family, on: date) -> Document:
    """Return the whole list of a person as it stands on a day."""
    found: Document = {
        "aNummer": f"{int(person.bsn) + 1_000_000_000}",
        "burgerservicenummer": person.bsn,
        "datumEersteInschrijvingGBA": brp_date(person.immigrated_on or max(person.born_on, date(1994, 10, 1))),
        "geslacht": tables.sex(person.sex),
        "naam": name(person) | {"volledigeNaam": full_name(person), "aanduidingNaamgebruik": _name_use()},
        "geboorte": _birth(person),
        "nationaliteiten": [_nationality(person)],
        "gemeenteVanInschrijving": tables.municipality(person.municipality),
        "datumInschrijvingInGemeente": brp_date(person.home_since),
        "ouders": [_parent(parent, index, person, family) for index, parent in enumerate(person.parents, 1)],
        "kinderen": [_child(family.person(bsn)) for bsn in person.children if family.person(bsn).born_on <= on],
        "partners": [_partner(union, family, on) for union in person.unions if union.since <= on],
        "gezag": authority(person, family, on),
    }
    found |= _where(person, family) | _state(person, family, on)
    mark(found, person.in_investigation, on)
    return {key: value for key, value in found.items() if value not in ([], None)}


def search_terms(person: Person, family: Family) -> tuple[str, ...]:
    """Return the terms by which the register finds this person (see `registries.brp_queries`)."""
    surname, place = person.surname.casefold(), person.municipality
    terms = [f"gemeente:{place}|{surname}"]
    terms += [f"geboren:{person.born_on}|{surname}"] if person.birth_known == "day" else []
    home = family.home(person.home)
    if home is None:
        return tuple(terms)
    return (
        *terms,
        f"postcode:{home.postcode}|{home.number}",
        f"straat:{place}|{home.number}|{home.street.casefold()}",
        f"object:{home.id}",
        f"nummer:{home.number_id}",
    )


def _name_use() -> dict[str, str]:
    return {"code": "E", "omschrijving": "eigen geslachtsnaam"}


def _birth(person: Person) -> Document:
    return {
        "datum": _birthday(person),
        "land": tables.country(person.birth_country),
        "plaats": tables.municipality(person.birth_place),
    }


def _birthday(person: Person) -> Document:
    known = {"day": 3, "month": 2, "year": 1}[person.birth_known]
    return partial_date(*(person.born_on.year, person.born_on.month, person.born_on.day)[:known])


def _nationality(person: Person) -> Document:
    found = {
        "type": "Nationaliteit",
        "datumIngangGeldigheid": _birthday(person),
        "nationaliteit": tables.nationality(person.nationality),
    }
    if person.nationality != DUTCH:
        return found
    reason = {"code": "017", "omschrijving": "Rijkswet op het Nederlanderschap 1984, art. 3, lid 1"}
    return found | {"redenOpname": reason}


def _parent(parent: Parent, index: int, child: Person, family: Family) -> Document:
    common: Document = {
        "ouderAanduiding": str(index),
        "datumIngangFamilierechtelijkeBetrekking": brp_date(child.born_on),
    }
    if parent.bsn:
        known = family.person(parent.bsn)
        return common | {
            "burgerservicenummer": known.bsn,
            "geslacht": tables.sex(known.sex),
            "naam": name(known),
            "geboorte": _birth(known),
        }
    shown = {
        "voornamen": parent.given_names,
        "geslachtsnaam": parent.surname,
        "voorletters": initials(parent.given_names),
    }
    return common | {
        "geslacht": tables.sex(parent.sex),
        "naam": shown | ({"voorvoegsel": parent.prefix} if parent.prefix else {}),
    }


def _child(child: Person) -> Document:
    return {"burgerservicenummer": child.bsn, "naam": name(child), "geboorte": _birth(child)}


def _partner(union: Union, family: Family, on: date) -> Document:
    """Return the present or the last partner; a marriage ends by divorce or by death (BW 1:149)."""
    other = family.person(union.partner)
    ends = [day for day in (union.ended_on, *_deaths(union, family)) if day and day <= on]
    place = tables.municipality(union.place)
    abroad = not union.place.isdigit()
    return {
        "burgerservicenummer": other.bsn,
        "geslacht": tables.sex(other.sex),
        "soortVerbintenis": tables.union(union.kind),
        "naam": name(other),
        "geboorte": _birth(other),
        "aangaanHuwelijkPartnerschap": {
            "datum": brp_date(union.since),
            "land": tables.country("5106" if abroad else "6030"),
            "plaats": place,
        },
    } | ({"ontbindingHuwelijkPartnerschap": {"datum": brp_date(min(ends))}} if ends else {})


def _deaths(union: Union, family: Family) -> tuple[date | None, ...]:
    """Return the days of death of both; the union as seen from either side ends with the first."""
    other = family.person(union.partner)
    own = next((tie.partner for tie in other.unions if tie.since == union.since), "")
    return other.died_on, family.person(own).died_on if own else None


def _where(person: Person, family: Family) -> Document:
    home = family.home(person.home)
    if person.abroad:
        place = {key: value for key, value in _foreign_lines(person).items() if value}
        country = tables.country(person.abroad.country)
        residence: Document = {"type": "VerblijfplaatsBuitenland", "verblijfadres": place | {"land": country}}
    elif home:
        residence = {
            "type": "Adres",
            "functieAdres": tables.address_use("B" if person.letter_address else "W"),
            "adresseerbaarObjectIdentificatie": home.id,
            "nummeraanduidingIdentificatie": home.number_id,
            "verblijfadres": {
                "officieleStraatnaam": home.street,
                "korteStraatnaam": home.street[:24],
                "huisnummer": home.number,
                "postcode": home.postcode,
                "woonplaats": home.place,
            },
        }
    else:
        residence = {"type": "VerblijfplaatsOnbekend"}
    since = {"datumVan": brp_date(person.home_since), "datumIngangGeldigheid": brp_date(person.home_since)}
    return {"verblijfplaats": residence | since, "adressering": addressing(person, home)}


def _foreign_lines(person: Person) -> dict[str, str]:
    where = person.abroad
    return {"regel1": where.line1, "regel2": where.line2, "regel3": where.line3} if where else {}


def _state(person: Person, family: Family, on: date) -> Document:
    """Return age, death, suspension, secrecy and guardianship: what applies on the day."""
    state: Document = {}
    if person.confidential:
        state["geheimhoudingPersoonsgegevens"] = True
    if person.guardianship:
        state["indicatieCurateleRegister"] = True
    if (entry := authority_entry(person, family)) and person.age(on) < ADULT:
        state["indicatieGezagMinderjarige"] = entry
    if person.immigrated_on:
        origin = tables.country(person.birth_country)
        arrived = brp_date(person.immigrated_on)
        state["immigratie"] = {"datumVestigingInNederland": arrived, "landVanwaarIngeschreven": origin}
        if person.permit:
            state["verblijfstitel"] = {"aanduiding": tables.permit(person.permit), "datumIngang": arrived}
    if person.has_died(on) and person.died_on:
        place = person.municipality if person.municipality != "1999" else "Onbekend"
        died = brp_date(person.died_on)
        state["overlijden"] = {"datum": died, "land": tables.country("6030"), "plaats": tables.municipality(place)}
        return state | {"opschortingBijhouding": {"reden": tables.suspension("O"), "datum": died}}
    if person.birth_known == "day":
        state["leeftijd"] = person.age(on)
    if person.municipality == "1999":
        since = brp_date(person.home_since + timedelta(days=1))
        state["opschortingBijhouding"] = {"reden": tables.suspension("R"), "datum": since}
        deliverer = {"code": "0101", "omschrijving": "Belastingdienst (inzake heffingen en toeslagen)"}
        state["rni"] = [{"deelnemer": deliverer, "categorie": "Verblijfplaats"}]
    return state
