"""Makes a world: the fixed people, then families out of the seed, each written as soon as it exists."""

import hashlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from . import events
from .bsn import invented_numbers
from .documents import OF_HOMES, PROJECTIONS, brp, ccbr, kvk
from .families import family
from .homes import HomeBook
from .people import Family
from .personas import Persona, fixed_families
from .store import World, Writer


def load(path: Path, *, seed: int, persons: int, on: date) -> World:
    """Write a world of at least `persons` people at a path, replacing the one that was there only when complete."""
    draft = path.with_name(path.name + ".draft")
    draft.unlink(missing_ok=True)
    writer = Writer.new(draft)
    count = _fill(writer, seed=seed, persons=persons, on=on)
    writer.set_meta({"seed": str(seed), "on": on.isoformat(), "persons": str(count), "made_by": maker()})
    writer.close()
    draft.replace(path)
    return World(path)


def maker() -> str:
    """Return which people and documents this package invents: another version of it invents others."""
    here = Path(__file__).parent
    files = sorted(path for ending in ("*.py", "*.yaml") for path in here.rglob(ending) if "tests" not in path.parts)
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()


def _fill(writer: Writer, *, seed: int, persons: int, on: date) -> int:
    count = position = 0
    for number, (made, personas) in enumerate(_families(seed, persons)):
        put_family(writer, number, made, on)
        count += len(made.people)
        for persona in personas:
            writer.put_persona(position, persona)
            position += 1
            events.note_death(writer, made.person(persona.bsn), on)
    return count


def _families(seed: int, persons: int) -> Iterator[tuple[Family, tuple[Persona, ...]]]:
    numbers, homes = invented_numbers(), HomeBook()
    made = 0
    for fixed, personas in fixed_families(numbers, homes):
        made += len(fixed.people)
        yield fixed, personas
    number = 0
    while made < persons:
        invented = family(seed, number, numbers, homes)
        made, number = made + len(invented.people), number + 1
        yield invented, ()


def put_family(writer: Writer, number: int, made: Family, on: date) -> None:
    """Write a family and what every registry knows of each member on a day."""
    writer.put_family(number, made)
    for home in made.homes:
        for registry, of_home in OF_HOMES.items():
            writer.put(registry, home.id, of_home(home, on))
    for person in made.people:
        if person.born_on > on:
            continue
        for registry, document in PROJECTIONS.items():
            terms = brp.search_terms(person, made) if registry == "brp" else ()
            writer.put(registry, person.bsn, document(person, made, on), terms)
        for kvk_number, profile in kvk.profiles(person, made, on).items():
            writer.put("kvk-profiel", kvk_number, profile)
        for kvk_number, insolvent in ccbr.of_companies(person, on).items():
            writer.put("ccbr-onderneming", kvk_number, insolvent)
