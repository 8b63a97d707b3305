"""The seven ways to ask the population register for persons (Haal Centraal 2.7), checked and turned into a search."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ..store import World
from .problems import Invalid

Body = Mapping[str, Any]
Check = Callable[[object], bool]

_WORD = r"[a-zA-Z0-9À-ž .\-']"


def _matches(pattern: str) -> Check:
    compiled = re.compile(pattern)
    return lambda value: isinstance(value, str) and compiled.fullmatch(value) is not None


def _is_day(value: object) -> bool:
    if not isinstance(value, str) or not re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        return False
    try:
        return bool(date.fromisoformat(value))
    except ValueError:
        return False


def _is_house_number(value: object) -> bool:
    """Say whether it is a whole number of at most five digits; 5.0 is one too in JSON."""
    is_whole = isinstance(value, int | float) and not isinstance(value, bool) and float(value).is_integer()
    return is_whole and 1 <= value <= 99999  # type: ignore[operator]


def _is_yes_or_no(value: object) -> bool:
    return isinstance(value, bool)


_name = _matches(rf"{_WORD}{{1,200}}|{_WORD}{{3,199}}\*")
_CHECKS: Mapping[str, tuple[Check, str, str]] = {
    "inclusiefOverledenPersonen": (_is_yes_or_no, "boolean", "Waarde is geen boolean."),
    "geboortedatum": (_is_day, "date", "Waarde is geen geldige datum."),
    "geslachtsnaam": (_name, "pattern", "Waarde voldoet niet aan patroon."),
    "geslacht": (_matches("[MmVvOo]"), "pattern", "Waarde voldoet niet aan patroon."),
    "voorvoegsel": (_matches("[a-zA-Z ']{1,10}"), "pattern", "Waarde voldoet niet aan patroon."),
    "voornamen": (_matches(rf"{_WORD}{{1,199}}\*?"), "pattern", "Waarde voldoet niet aan patroon."),
    "gemeenteVanInschrijving": (_matches("[0-9]{4}"), "pattern", "Waarde voldoet niet aan patroon."),
    "postcode": (_matches("[1-9][0-9]{3} ?[A-Za-z]{2}"), "pattern", "Waarde voldoet niet aan patroon."),
    "huisnummer": (_is_house_number, "integer", "Waarde is geen geldig getal."),
    "huisletter": (_matches("[a-zA-Z]"), "pattern", "Waarde voldoet niet aan patroon."),
    "huisnummertoevoeging": (_matches(r"[a-zA-Z0-9 \-]{1,4}"), "pattern", "Waarde voldoet niet aan patroon."),
    "straat": (
        _matches(rf"{_WORD}{{1,80}}|{_WORD}{{7,79}}\*|\*{_WORD}{{7,79}}"),
        "pattern",
        "Waarde voldoet niet aan patroon.",
    ),
    "nummeraanduidingIdentificatie": (_matches("(?!0{16})[0-9]{16}"), "pattern", "Waarde voldoet niet aan patroon."),
    "adresseerbaarObjectIdentificatie": (_matches("(?!0{16})[0-9]{16}"), "pattern", "Waarde voldoet niet aan patroon."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class QueryType:
    """One way to ask: which parameters it needs and takes, what kind of list it gives, how it is searched."""

    required: tuple[str, ...]
    optional: tuple[str, ...] = ()
    kind: str = "limited"
    term: Callable[[Body], str]
    most: int = 10


def _surname_beginning(body: Body) -> str:
    return str(body["geslachtsnaam"]).rstrip("*").casefold()


def _postcode(body: Body) -> str:
    return str(body["postcode"]).replace(" ", "").upper()


_ADDITIONS = ("huisletter", "huisnummertoevoeging")
_COMMON = ("inclusiefOverledenPersonen", "gemeenteVanInschrijving")
BY_NUMBER = "RaadpleegMetBurgerservicenummer"
QUERY_TYPES: Mapping[str, QueryType] = {
    BY_NUMBER: QueryType(
        required=("burgerservicenummer",),
        optional=("gemeenteVanInschrijving",),
        kind="person",
        term=lambda _: "",
        most=100,
    ),
    "ZoekMetGeslachtsnaamEnGeboortedatum": QueryType(
        required=("geslachtsnaam", "geboortedatum"),
        optional=("geslacht", "voorvoegsel", "voornamen", *_COMMON),
        term=lambda body: f"geboren:{body['geboortedatum']}|{_surname_beginning(body)}",
    ),
    "ZoekMetNaamEnGemeenteVanInschrijving": QueryType(
        required=("geslachtsnaam", "gemeenteVanInschrijving", "voornamen"),
        optional=("geslacht", "voorvoegsel", "inclusiefOverledenPersonen"),
        term=lambda body: f"gemeente:{body['gemeenteVanInschrijving']}|{_surname_beginning(body)}",
    ),
    "ZoekMetPostcodeEnHuisnummer": QueryType(
        required=("postcode", "huisnummer"),
        optional=(*_ADDITIONS, "geboortedatum", "geslachtsnaam", *_COMMON),
        term=lambda body: f"postcode:{_postcode(body)}|{int(body['huisnummer'])}",
        most=30,
    ),
    "ZoekMetStraatHuisnummerEnGemeenteVanInschrijving": QueryType(
        required=("straat", "huisnummer", "gemeenteVanInschrijving"),
        optional=(*_ADDITIONS, "inclusiefOverledenPersonen"),
        term=lambda body: f"straat:{body['gemeenteVanInschrijving']}|{int(body['huisnummer'])}|",
        most=30,
    ),
    "ZoekMetNummeraanduidingIdentificatie": QueryType(
        required=("nummeraanduidingIdentificatie",),
        optional=_COMMON,
        term=lambda body: f"nummer:{body['nummeraanduidingIdentificatie']}",
        most=30,
    ),
    "ZoekMetAdresseerbaarObjectIdentificatie": QueryType(
        required=("adresseerbaarObjectIdentificatie",),
        optional=_COMMON,
        kind="limited_with_authority",
        term=lambda body: f"object:{body['adresseerbaarObjectIdentificatie']}",
        most=30,
    ),
}


def parameter_errors(body: Body, asked: QueryType) -> list[Invalid]:
    """Return every parameter that is missing, unknown or wrong."""
    known = {"type", "fields", *asked.required, *asked.optional}
    found = [
        Invalid(name=name, code="required", reason="Parameter is verplicht.")
        for name in asked.required
        if name not in body
    ]
    found += [
        Invalid(name=shown(name), code="unknownParam", reason="Parameter is niet verwacht.")
        for name in body
        if name not in known
    ]
    for name, (check, code, reason) in _CHECKS.items():
        if name in body and name in known and not check(body[name]):
            found.append(Invalid(name=name, code=code, reason=reason))
    return found + (
        _number_errors(body["burgerservicenummer"])
        if "burgerservicenummer" in body and "burgerservicenummer" in known
        else []
    )


def shown(name: str) -> str:
    return re.sub(r"[^a-zA-Z0-9._]", "", name)[:30] or "parameter"


def _number_errors(numbers: object) -> list[Invalid]:
    name = "burgerservicenummer"
    if not isinstance(numbers, list):
        return [Invalid(name=name, code="array", reason="Parameter is geen array.")]
    if not numbers:
        return [Invalid(name=name, code="minItems", reason="Array bevat minder dan 1 items.")]
    if len(numbers) > 20:
        return [Invalid(name=name, code="maxItems", reason="Array bevat meer dan 20 items.")]
    is_number = _matches("[0-9]{9}")
    wrong = [index for index, number in enumerate(numbers) if not is_number(number)]
    return [
        Invalid(name=f"{name}[{index}]", code="pattern", reason="Waarde voldoet niet aan patroon.") for index in wrong
    ]


def found_numbers(world: World, body: Body, asked: QueryType) -> tuple[str, ...]:
    """Return the numbers of the persons a query may be about, before `fits`."""
    if asked.kind == "person":
        asked_numbers = dict.fromkeys(body["burgerservicenummer"])
        return tuple(key for number in asked_numbers for key in (number, *world.found("brp", f"ook:{number}")))
    term = asked.term(body)
    return (
        world.found_beginning("brp", term)
        if term.startswith(("geboren:", "gemeente:", "straat:"))
        else world.found("brp", term)
    )


def fits(document: Mapping[str, Any], body: Body) -> bool:
    """Say whether a person list meets the rest of a query."""
    wanted_place = body.get("gemeenteVanInschrijving")
    if wanted_place and document.get("gemeenteVanInschrijving", {}).get("code") != wanted_place:
        return False
    if body["type"] == BY_NUMBER:
        return True
    if "overlijden" in document and not body.get("inclusiefOverledenPersonen"):
        return False
    return all(_equal(body[name], _value(document, path)) for name, path in _COMPARED.items() if name in body)


_COMPARED: Mapping[str, tuple[str, ...]] = {
    "geslachtsnaam": ("naam", "geslachtsnaam"),
    "voornamen": ("naam", "voornamen"),
    "voorvoegsel": ("naam", "voorvoegsel"),
    "geslacht": ("geslacht", "code"),
    "geboortedatum": ("geboorte", "datum", "datum"),
    "straat": ("verblijfplaats", "verblijfadres", "officieleStraatnaam"),
    "huisletter": ("verblijfplaats", "verblijfadres", "huisletter"),
    "huisnummertoevoeging": ("verblijfplaats", "verblijfadres", "huisnummertoevoeging"),
}


def _value(document: Mapping[str, Any], path: tuple[str, ...]) -> str:
    value: Any = document
    for part in path:
        value = value.get(part, {}) if isinstance(value, Mapping) else {}
    return value if isinstance(value, str) else ""


def _equal(wanted: str, found: str) -> bool:
    """Compare without regard to capitals; `*` at an end stands for anything."""
    asked, has = wanted.casefold(), found.casefold()
    if asked.endswith("*"):
        return has.startswith(asked[:-1])
    return has.endswith(asked[1:]) if asked.startswith("*") else asked == has
