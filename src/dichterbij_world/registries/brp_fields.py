"""Which paths may be asked of the population register, and how a list is cut down to them.

Some values come whole or not at all: a day, a coded value, a relation of authority. Asking a part of one gives
all of it. `inOnderzoek` and the like are delivered unasked and may not be asked (Haal Centraal 2.7, `fields`).
"""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

Tree = Mapping[str, "Tree | tuple[str, ...] | None"]

DAY = ("langFormaat", "type", "datum", "onbekend", "jaar", "maand")
CODED = ("code", "omschrijving")
TITLE = (*CODED, "soort")
_AUTHORITY = (
    *("type", "minderjarige", "minderjarige.burgerservicenummer", "ouders", "ouders.burgerservicenummer"),
    *("ouder", "ouder.burgerservicenummer", "derde", "derde.burgerservicenummer"),
    *("derden", "derden.burgerservicenummer"),
)
_NAME: Tree = {
    "adellijkeTitelPredicaat": TITLE,
    "geslachtsnaam": None,
    "voorletters": None,
    "voornamen": None,
    "voorvoegsel": None,
}
_FULL_NAME: Tree = {**_NAME, "volledigeNaam": None}
_BIRTH: Tree = {"datum": DAY, "land": CODED, "plaats": CODED}
_SALUTATION: Tree = {
    "aanhef": None,
    "aanschrijfwijze": {"aanspreekvorm": None, "naam": None},
    "gebruikInLopendeTekst": None,
}
_HOME_LINES: Tree = {"adresregel1": None, "adresregel2": None}
_LINES: Tree = {**_HOME_LINES, "adresregel3": None, "land": CODED}
_HOME_ADDRESS: Tree = {
    "aanduidingBijHuisnummer": CODED,
    **dict.fromkeys(("huisletter", "huisnummer", "huisnummertoevoeging", "korteStraatnaam", "officieleStraatnaam")),
    **dict.fromkeys(("postcode", "woonplaats", "locatiebeschrijving")),
}
_HOME: Tree = {
    **dict.fromkeys(("type", "adresseerbaarObjectIdentificatie", "nummeraanduidingIdentificatie")),
    "datumIngangGeldigheid": DAY,
    "datumVan": DAY,
    "functieAdres": CODED,
    "verblijfadres": _HOME_ADDRESS,
}
PERSON: Tree = {
    "aNummer": None,
    "adressering": {**_LINES, **_SALUTATION},
    "adresseringBinnenland": {**_HOME_LINES, **_SALUTATION},
    "burgerservicenummer": None,
    "datumEersteInschrijvingGBA": DAY,
    "datumInschrijvingInGemeente": DAY,
    "europeesKiesrecht": {"aanduiding": CODED, "einddatumUitsluiting": DAY},
    "geboorte": _BIRTH,
    "gemeenteVanInschrijving": CODED,
    "geslacht": CODED,
    "gezag": _AUTHORITY,
    "immigratie": {
        "datumVestigingInNederland": DAY,
        "indicatieVestigingVanuitBuitenland": None,
        "landVanwaarIngeschreven": CODED,
        "vanuitVerblijfplaatsOnbekend": None,
    },
    "indicatieCurateleRegister": None,
    "indicatieGezagMinderjarige": CODED,
    "kinderen": {"burgerservicenummer": None, "geboorte": _BIRTH, "naam": _NAME},
    "leeftijd": None,
    "naam": {**_FULL_NAME, "aanduidingNaamgebruik": CODED},
    "nationaliteiten": {"type": None, "redenOpname": CODED, "datumIngangGeldigheid": DAY, "nationaliteit": CODED},
    "ouders": {
        "burgerservicenummer": None,
        "datumIngangFamilierechtelijkeBetrekking": DAY,
        "geboorte": _BIRTH,
        "geslacht": CODED,
        "naam": _NAME,
        "ouderAanduiding": None,
    },
    "overlijden": {"datum": DAY, "land": CODED, "plaats": CODED},
    "partners": {
        "aangaanHuwelijkPartnerschap": {"datum": DAY, "land": CODED, "plaats": CODED},
        "burgerservicenummer": None,
        "geboorte": _BIRTH,
        "geslacht": CODED,
        "naam": _NAME,
        "ontbindingHuwelijkPartnerschap": {"datum": DAY},
        "soortVerbintenis": CODED,
    },
    "uitsluitingKiesrecht": {"einddatum": DAY, "uitgeslotenVanKiesrecht": None},
    "verblijfplaats": {
        **_HOME,
        "verblijfadres": {**_HOME_ADDRESS, "land": CODED, **dict.fromkeys(("regel1", "regel2", "regel3"))},
    },
    "verblijfplaatsBinnenland": _HOME,
    "verblijfstitel": {"aanduiding": CODED, "datumEinde": DAY, "datumIngang": DAY},
}
LIMITED: Tree = {
    "adressering": _LINES,
    "adresseringBinnenland": _HOME_LINES,
    "burgerservicenummer": None,
    "geboorte": {"datum": DAY},
    "geslacht": CODED,
    "leeftijd": None,
    "naam": _FULL_NAME,
}
LIMITED_WITH_AUTHORITY: Tree = {**LIMITED, "gezag": _AUTHORITY}
UNASKED = ("geheimhoudingPersoonsgegevens", "opschortingBijhouding", "rni", "verificatie")
_INLAND = {"verblijfplaatsBinnenland": "verblijfplaats", "adresseringBinnenland": "adressering"}


def allowed_paths(tree: Tree, before: str = "") -> dict[str, tuple[str, ...]]:
    """Return every path that may be asked, with the paths that are then delivered: a group stands for all in it."""
    found: dict[str, tuple[str, ...]] = {}
    for name, below in tree.items():
        path = before + name
        if isinstance(below, Mapping):
            within = allowed_paths(below, f"{path}.")
            found[path] = tuple(dict.fromkeys(delivered for each in within.values() for delivered in each))
            found |= within
        else:
            found |= dict.fromkeys((path, *(f"{path}.{part}" for part in below or ())), (path,))
    return found


@cache
def allowed(kind: str) -> dict[str, tuple[str, ...]]:
    """Return the paths of a kind of answer: `person`, `limited` or `limited_with_authority`."""
    return allowed_paths({"person": PERSON, "limited": LIMITED, "limited_with_authority": LIMITED_WITH_AUTHORITY}[kind])


def delivered_paths(kind: str, fields: Iterable[str]) -> tuple[str, ...]:
    """Return what is delivered for the fields that are asked."""
    return tuple(dict.fromkeys(path for field in fields for path in allowed(kind)[field]))


def cut_down(document: Mapping[str, Any], paths: Iterable[str]) -> dict[str, Any]:
    """Return the asked part of a person list, with what is delivered unasked."""
    wanted: dict[str, Any] = {}
    for path in paths:
        top, _, rest = path.partition(".")
        if top in _INLAND and document.get("verblijfplaats", {}).get("type") == "VerblijfplaatsBuitenland":
            continue
        _want(wanted, (_INLAND.get(top, top) + ("." + rest if rest else "")).split("."))
    return _pick(document, wanted) | {name: document[name] for name in UNASKED if name in document}


def _want(wanted: dict[str, Any], parts: list[str]) -> None:
    """Add a path to a tree of wishes; an empty branch means: all of it."""
    head, rest = parts[0], parts[1:]
    if not rest:
        wanted[head] = {}
    elif wanted.get(head) != {}:
        _want(wanted.setdefault(head, {}), rest) if head in wanted else wanted.update({head: _branch(rest)})


def _branch(parts: list[str]) -> dict[str, Any]:
    return {parts[0]: _branch(parts[1:]) if parts[1:] else {}}


def _pick(group: Mapping[str, Any], wanted: Mapping[str, Any]) -> dict[str, Any]:
    picked: dict[str, Any] = {}
    for name, below in wanted.items():
        if name in group and (value := _picked(group[name], below)) not in ({}, []):
            picked[name] = value
    if picked and "type" in group:
        picked["type"] = group["type"]
    return picked | _doubts(group, picked)


def _picked(value: Any, below: Mapping[str, Any]) -> Any:
    if not below:
        return value
    if isinstance(value, list):
        return [item for item in (_pick(one, below) for one in value) if item]
    return _pick(value, below)


def _doubts(group: Mapping[str, Any], picked: Mapping[str, Any]) -> dict[str, Any]:
    """Return the marks of doubt on what was picked from a group, with the day the doubt began."""
    doubts = group.get("inOnderzoek", {})
    about = {name: value for name, value in doubts.items() if name in picked}
    since = {name: value for name, value in doubts.items() if name.startswith("datumIngangOnderzoek")}
    return {"inOnderzoek": since | about} if about else {}
