"""The fixed people of the stories, read from `personas.yaml` and `staff.yaml`. They are the same for every seed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from .families import with_parents
from .homes import HomeBook
from .livelihood import AOW_AGE, YEARS, plate, settle
from .names import chance
from .people import (
    Abroad,
    Bankruptcy,
    Business,
    Claim,
    Estate,
    Family,
    Home,
    Income,
    Parent,
    Person,
    Protection,
    Study,
    Union,
    Vehicle,
    Wealth,
)

HERE = Path(__file__).parent
_NOT_OF_A_PERSON = {
    "parents",
    "home",
    "incomes",
    "wealth",
    "login",
    "story",
    "channel",
    "guardian",
    "protected_by",
    "estate",
}
_LISTS = {"studies": Study, "vehicles": Vehicle, "businesses": Business, "claims": Claim, "bankruptcies": Bankruptcy}


@dataclass(frozen=True, slots=True, kw_only=True)
class Persona:
    """Somebody one can be in the demonstration. `organisation` and `roles` are empty for a citizen."""

    key: str
    bsn: str
    name: str
    login: str = ""
    story: str = ""
    channel: str = "online"
    organisation: str = ""
    unit: str = ""
    roles: tuple[str, ...] = ()


def fixed_families(numbers: Iterator[str], homes: HomeBook) -> Iterator[tuple[Family, tuple[Persona, ...]]]:
    """Give every family of the stories with the people in it, then every worker with a home of their own."""
    for told in _told("personas.yaml"):
        bsns = {key: next(numbers) for key in told["people"]}
        places = {key: homes.next(chance("home", key), **known) for key, known in told.get("homes", {}).items()}
        people = tuple(_person(key, told, bsns, places) for key in told["people"])
        yield (
            Family(people=tuple(_with_children(person, people) for person in people), homes=tuple(places.values())),
            tuple(_persona(key, bsns[key], told["people"][key]) for key in told["people"]),
        )
    for worker in _told("staff.yaml"):
        yield _worker(worker, next(numbers), homes)


@cache
def _told(name: str) -> list[dict[str, Any]]:
    return yaml.safe_load((HERE / name).read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def _person(key: str, told: Mapping[str, Any], bsns: Mapping[str, str], places: Mapping[str, Home]) -> Person:
    known: dict[str, Any] = told["people"][key]
    home = places.get(known.get("home", ""))
    plain = {name: value for name, value in known.items() if name not in _NOT_OF_A_PERSON | _LISTS.keys()}
    plain |= {name: _listed(name, known, bsns[key]) for name in _LISTS}
    plain["abroad"] = Abroad(**known["abroad"]) if "abroad" in known else None
    person = Person(
        **plain,
        bsn=bsns[key],
        home=home.id if home else "",
        municipality=home.municipality if home else "1999" if plain["abroad"] else "0599",
        parents=tuple(Parent(bsn=bsns[parent]) for parent in known.get("parents", ())),
        guardian=bsns.get(known.get("guardian", ""), ""),
        protected_by=tuple(Protection(**{**each, "by": bsns[each["by"]]}) for each in known.get("protected_by", ())),
        estate=_estate(known.get("estate"), bsns),
        unions=_unions(key, told, bsns),
        incomes=_incomes(known),
        wealth=_wealth(known),
    )
    return _settled(key, person, {name for name in _LISTS if known.get(name) == "none"})


def _settled(key: str, person: Person, none_of: set[str]) -> Person:
    random = chance("persona", key)
    return replace(settle(with_parents(person, random), random, int(person.bsn[3:])), **dict.fromkeys(none_of, ()))  # type: ignore[arg-type]


def _estate(told: Mapping[str, Any] | None, bsns: Mapping[str, str]) -> Estate | None:
    if told is None:
        return None
    return Estate(
        heirs=tuple(bsns[heir] for heir in told["heirs"]),
        executor=bsns.get(told.get("executor", ""), ""),
        contact=bsns.get(told.get("contact", ""), ""),
    )


def _unions(key: str, told: Mapping[str, Any], bsns: Mapping[str, str]) -> tuple[Union, ...]:
    return tuple(
        Union(
            partner=bsns[next(other for other in union["between"] if other != key)],
            **{name: value for name, value in union.items() if name != "between"},
        )
        for union in told.get("unions", ())
        if key in union["between"]
    )


def _incomes(known: Mapping[str, Any]) -> tuple[Income, ...]:
    born: date = known["born_on"]
    return tuple(
        Income(year=year, cents=cents, **{"benefit_cents" if year - born.year > AOW_AGE else "wage_cents": cents})
        for year, cents in known.get("incomes", {}).items()
    )


def _wealth(known: Mapping[str, Any]) -> tuple[Wealth, ...]:
    told: dict[int, int] = known.get("wealth", {})
    last = next(iter(told.values()), None)
    return () if last is None else tuple(Wealth(year=year, assets_cents=told.get(year, last)) for year in YEARS)


def _listed(name: str, known: Mapping[str, Any], bsn: str) -> tuple[Any, ...]:
    given = known.get(name, ())
    if given == "none":
        return ()
    extra = {"plate": plate(int(bsn[3:])), "kind": "Personenauto"} if name == "vehicles" else {}
    return tuple(_LISTS[name](**(extra | item)) for item in given)


def _with_children(person: Person, people: tuple[Person, ...]) -> Person:
    own = tuple(other.bsn for other in people if person.bsn in {parent.bsn for parent in other.parents})
    return replace(person, children=own)


def _persona(key: str, bsn: str, known: Mapping[str, Any]) -> Persona:
    prefix = f"{known['prefix']} " if "prefix" in known else ""
    told = {name: known[name] for name in ("login", "story", "channel", "organisation", "unit") if name in known}
    name = f"{known['given_names'].split()[0]} {prefix}{known['surname']}"
    return Persona(key=key, bsn=bsn, name=name, roles=tuple(known.get("roles", ())), **told)


def _worker(known: Mapping[str, Any], bsn: str, homes: HomeBook) -> tuple[Family, tuple[Persona, ...]]:
    key = known["key"]
    municipality = "0150" if known["organisation"] == "deventer" else "0599"
    home = homes.next(chance("home", key), municipality)
    person = Person(
        bsn=bsn,
        home=home.id,
        home_since=date(2019, 1, 1),
        municipality=municipality,
        **{name: known[name] for name in ("given_names", "surname", "sex", "born_on")},
    )
    task = {"handler": "behandelt zaken", "reader": "ziet zaken"}[known["roles"][0]]
    persona = replace(_persona(key, bsn, known), login=f"medewerker van {known['organisation']}, {task}")
    return Family(people=(_settled(key, person, {"businesses"}),), homes=(home,)), (persona,)
