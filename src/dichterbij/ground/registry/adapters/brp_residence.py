"""What follows from where somebody is registered and with which nationality or residence permit."""

from datetime import date

from dichterbij.kernel import clock

from ..domain import Value
from .source import Json

NON_RESIDENTS = "1999"
# country table of the population register: the islands whose residents live under the laws of the public bodies
_TERRITORIES = {"5106": "BQ-BO", "5108": "BQ-SE", "5109": "BQ-SA"}
# nationality table: the Netherlands, the other states of the European Union, the EEA and Switzerland
_DUTCH = frozenset({"0001", "0002"})
_EUROPEAN = {
    "0027": "Slowaakse",
    "0028": "Tsjechische",
    "0042": "Sloveense",
    "0043": "Kroatische",
    "0044": "Letse",
    "0045": "Estische",
    "0046": "Litouwse",
    "0052": "Belgische",
    "0053": "Bulgaarse",
    "0054": "Deense",
    "0055": "Burger van de Bondsrepubliek Duitsland",
    "0056": "Finse",
    "0057": "Franse",
    "0059": "Griekse",
    "0061": "Hongaarse",
    "0062": "Ierse",
    "0063": "IJslandse",
    "0064": "Italiaanse",
    "0066": "Liechtensteinse",
    "0067": "Luxemburgse",
    "0068": "Maltese",
    "0070": "Noorse",
    "0071": "Oostenrijkse",
    "0072": "Poolse",
    "0073": "Portugese",
    "0074": "Roemeense",
    "0077": "Spaanse",
    "0080": "Zweedse",
    "0081": "Zwitserse",
    "0308": "Cyprische",
}
# of these, not in the Union
_OUTSIDE_UNION = frozenset({"0063", "0066", "0070", "0081"})
_OTHER_COUNTRIES_OF_KINGDOM = frozenset({"Aruba", "Curaçao", "Sint Maarten"})
# residence permit table: Vreemdelingenwet 2000 article 8 a to e and l (Awir article 9); and those that end it
_LAWFUL = frozenset(["21", "22", "23", "24", "25", "26", "27", "28", "29", "30", "35", "36", "37", "38", "40"])
_EQUATED = frozenset(["25", "26", "27"])
_NOT_LAWFUL = frozenset({"41", "98"})


def at_home_address(person: Json) -> Value:
    """Return the identification of the address object; none for a letter address, abroad, unknown or malformed."""
    place = person.get("verblijfplaats", {})
    if place.get("functieAdres", {}).get("code") == "B":
        return None
    found = place.get("adresseerbaarObjectIdentificatie")
    is_identification = isinstance(found, str) and len(found) == 16 and found.isdigit() and int(found) > 0
    return str(found) if is_identification else None


def municipality(person: Json) -> Value:
    """Return the municipality as `GM` with four digits; none for who is not a resident."""
    code = person.get("gemeenteVanInschrijving", {}).get("code")
    return None if code in (None, NON_RESIDENTS) else f"GM{code}"


def in_the_netherlands(person: Json) -> Value:
    """Say whether the registered place is in the European part of the Netherlands; none when it is unknown."""
    kind = person.get("verblijfplaats", {}).get("type")
    return {"Adres": True, "Locatie": True, "VerblijfplaatsBuitenland": False}.get(kind)


def territory(person: Json) -> Value:
    """Return `NL`, an island (`BQ-BO`, `BQ-SE`, `BQ-SA`), or `abroad`; none when the place is unknown."""
    inland = in_the_netherlands(person)
    if inland is not False:
        return "NL" if inland else None
    country = person["verblijfplaats"].get("verblijfadres", {}).get("land", {}).get("code")
    return _TERRITORIES.get(country, "abroad")


def in_other_country_of_kingdom(person: Json) -> Value:
    """Say whether the registered place is in Aruba, Curaçao or Sint Maarten; none when it is unknown."""
    inland = in_the_netherlands(person)
    if inland is not False:
        return False if inland else None
    country = person["verblijfplaats"].get("verblijfadres", {}).get("land", {}).get("omschrijving")
    return country in _OTHER_COUNTRIES_OF_KINGDOM


def country_of_address(person: Json) -> Value:
    """Return the name of the country below a postal address abroad; the register gives a code beside it."""
    land = person.get("adressering", {}).get("land", {})
    found: Value = land.get("omschrijving") or land.get("code")
    return found


def is_dutch(person: Json) -> Value:
    """Say whether somebody is Dutch or treated as such; none when the register knows no nationality."""
    known = _nationalities(person) - {""}
    return bool(known & _DUTCH) if known else None


def is_union_citizen(person: Json) -> Value:
    """Say whether somebody is a citizen of the European Union; none when the register knows no nationality."""
    known = _nationalities(person) - {""}
    return bool(known & (_DUTCH | _EUROPEAN.keys()) - _OUTSIDE_UNION) if known else None


def is_equated(person: Json) -> Value:
    """Say whether somebody is Dutch, or has the permit that counts as such for student finance; none when not clear.

    Wsf 2000 article 2.2: a Dutch national, or who is equated: a permit for an indefinite stay or for asylum. Whether a
    citizen of the Union counts depends on work, which this register does not know.
    """
    if _nationalities(person) & _DUTCH:
        return True
    permit = person.get("verblijfstitel", {}).get("aanduiding", {}).get("code")
    return True if permit in _EQUATED and not _has_ended(person) else None


def resides_lawfully(person: Json) -> Value:
    """Say whether somebody has the nationality or the permit that counts for allowances (Awir 9); none if not clear."""
    if _nationalities(person) & (_DUTCH | _EUROPEAN.keys()):
        return True
    code = person.get("verblijfstitel", {}).get("aanduiding", {}).get("code")
    if code in _NOT_LAWFUL or _has_ended(person):
        return False
    return True if code in _LAWFUL else None


def _nationalities(person: Json) -> set[str]:
    """Return the codes of the nationalities; being treated as Dutch has a kind of its own in the register."""
    treated = {"0002" for one in person.get("nationaliteiten", ()) if one.get("type") == "BehandeldAlsNederlander"}
    return treated | {one.get("nationaliteit", {}).get("code", "") for one in person.get("nationaliteiten", ())}


def _has_ended(person: Json) -> bool:
    ends = person.get("verblijfstitel", {}).get("datumEinde", {}).get("datum")
    return bool(ends) and date.fromisoformat(ends) < clock.today()
