"""Who one can be in the demonstration: people of the stories, anybody of the world, somebody abroad, workers."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dichterbij.ground.identity.domain import Identifier, IdentifierType
from dichterbij.kernel import clock
from dichterbij.kernel.identifiers import Bsn

from .people import Person
from .personas import Persona
from .store import World

ROLES = {
    "handler": gettext_lazy("behandelt zaken en beslist"),
    "reader": gettext_lazy("ziet zaken, beslist niet"),
    "operator": gettext_lazy("beheert"),
    "desk": gettext_lazy("helpt mensen aan de balie en de telefoon"),
    "auditor": gettext_lazy("kijkt na wie wat opende"),
    "editor": gettext_lazy("houdt regels bij"),
}
ABROAD = Path(__file__).with_name("abroad.yaml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Somebody:
    """A person one can be: `key` stands for them in the page, so that no number is in it. `story` is always Dutch.

    `represents`: the company for which they log in, with the means that says so.
    """

    key: str
    name: str
    identifiers: tuple[Identifier, ...]
    about: str = ""
    story: str = ""
    represents: Identifier | None = None
    company: str = ""


Groups = list[tuple[str, list[Somebody]]]


def citizens(world: World) -> Groups:
    """Return the people of the stories, by their own number."""
    told = [persona for persona in world.personas() if persona.login and not persona.roles]
    return [(str(_("Mensen uit de verhalen")), [_of_persona(persona) for persona in told])]


def entrepreneurs(world: World) -> Groups:
    """Return the people of the stories who have a company, by their own number: the business register says which."""
    found = [_of_persona(persona) for persona, companies in _with_companies(world) if companies]
    return [(str(_("Ondernemers uit de verhalen")), found)]


def employees(world: World) -> Groups:
    """Return the same people, each once per company for which they log in, by a name that says nothing about them."""
    return [
        (
            str(_("Mensen die voor een bedrijf inloggen")),
            [
                Somebody(
                    key=f"{persona.key}-{number}",
                    name=persona.name,
                    identifiers=(Identifier(type=IdentifierType.PSEUDONYM, value=f"test {persona.key} {number}"),),
                    about=str(_("voor %(company)s") % {"company": company}),
                    represents=Identifier(type=IdentifierType.KVK, value=number),
                    company=company,
                )
                for persona, companies in _with_companies(world)
                for number, company in companies
            ],
        )
    ]


def abroad(world: World) -> Groups:
    """Return who logs in with the means of another country, with a number where the national link leads to one."""
    people = []
    for told in yaml.safe_load(ABROAD.read_text(encoding="utf-8")):
        name_abroad = Identifier(type=IdentifierType.EIDAS, value=told["name_abroad"])
        linked = [Identifier.of(Bsn(world.persona(told["persona"]).bsn))] if "persona" in told else []
        people.append(
            Somebody(key=told["key"], name=told["name"], identifiers=(name_abroad, *linked), story=told["story"])
        )
    return [(str(_("Mensen met een inlog uit een ander land")), people)]


def workers(world: World) -> Groups:
    """Return the workers of the stories, by organisation."""
    groups: dict[str, list[Somebody]] = {}
    for persona in world.personas():
        if persona.roles:
            groups.setdefault(persona.organisation, []).append(_of_persona(persona))
    return [(_organisation_name(key), people) for key, people in groups.items()]


def anybody(world: World, term: str) -> Iterable[Somebody]:
    """Find anybody of the world by a key, as `12-1`, or by the beginning of a surname."""
    found = list(_by_key(world, term))
    return found or _by_surname(world, term.strip().casefold())


def _of_persona(persona: Persona) -> Somebody:
    worker = Identifier(type=IdentifierType.EMPLOYEE, value=f"{persona.organisation}:{persona.key}")
    return Somebody(
        key=persona.key,
        name=persona.name,
        identifiers=(Identifier.of(Bsn(persona.bsn)), *([worker] if persona.roles else ())),
        about=", ".join(str(ROLES[role]) for role in persona.roles),
        story="" if persona.roles else persona.login,
    )


def _with_companies(world: World) -> Iterator[tuple[Persona, list[tuple[str, str]]]]:
    """Give every person of the stories with the number and name of each company for which they act now."""
    today = clock.today()
    for persona in world.personas():
        people = {person.bsn: person for person in world.family_of(persona.bsn)[1].people}
        running = [each for each in people[persona.bsn].businesses if each.until is None or each.until > today]
        if persona.login and not persona.roles:
            yield persona, [(each.kvk_number, each.name) for each in running]


def _organisation_name(key: str) -> str:
    from dichterbij.ground.organisations import queries

    return queries.by_key(key).name


def _by_key(world: World, key: str) -> Iterable[Somebody]:
    family_number, _dash, place = key.strip().partition("-")
    if not (family_number.isdecimal() and place.isdecimal() and len(family_number) < 10):
        return
    family = world.family(int(family_number))
    if family is not None:
        yield from (found for found in _living(int(family_number), family.people) if found.key == key.strip())


def _by_surname(world: World, surname: str) -> Iterable[Somebody]:
    for number, family in enumerate(world.families()):
        matching = {person.bsn for person in family.people if person.surname.casefold().startswith(surname)}
        if matching:
            living = _living(number, family.people)
            yield from (found for found in living if found.identifiers[0].value in matching)


def _living(number: int, people: Iterable[Person]) -> Iterable[Somebody]:
    today = clock.today()
    for place, person in enumerate(people, start=1):
        if person.born_on <= today and (person.died_on is None or person.died_on > today):
            name = " ".join(part for part in (person.given_names.split()[0], person.prefix, person.surname) if part)
            about = str(_("geboren in %(year)d") % {"year": person.born_on.year})
            own = (Identifier.of(Bsn(person.bsn)),)
            yield Somebody(key=f"{number}-{place}", name=name, about=about, identifiers=own)
