"""What happens in the world: in the registries, and as events (NL GOV profile for CloudEvents 1.1).

An event is thin: it says that something happened and where the data can be read. The reader then asks the register,
with its own credentials, and is logged there. Everybody whose list in the register changed gets an event of their own.
"""

import hmac
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, time, timedelta
from itertools import chain
from pathlib import Path
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from . import happenings, load
from .bsn import invented_numbers
from .people import Family, Person
from .store import World, Writer

DEATH = "nl.brp.overlijden.geregistreerd"
DEATH_CORRECTED = "nl.brp.overlijden.gecorrigeerd"
BIRTH = "nl.brp.geboorte.geregistreerd"
MARRIAGE = "nl.brp.huwelijk.geregistreerd"
MOVE = "nl.brp.verhuizing.geregistreerd"
NATURALISATION = "nl.brp.nationaliteit.gewijzigd"
INCOME = "nl.inkomens.inkomensgegeven.vastgesteld"
SOURCES = {
    "brp": "urn:nld:oin:00000004003214345001:systeem:brp",
    "inkomens": "urn:nld:oin:00000004000000001000:systeem:inkomens",
}
_AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def events(path: Path, register: str = "") -> tuple[dict[str, Any], ...]:
    """Return the events of a world, oldest first, as CloudEvents; of one register (a key of `SOURCES`), or of all."""
    return tuple(event for event in World(path).events() if not register or event["source"] == SOURCES[register])


def note_death(writer: Writer, person: Person, on: date) -> None:
    """Write the event of a death that happened on or before a day; nothing for the living."""
    if person.died_on and person.has_died(on) and on - person.died_on <= timedelta(days=90):
        _note(writer, DEATH, person.bsn, person.died_on, sequence=1)


def register_death(path: Path, bsn: str, died_on: date) -> None:
    """Let somebody have died, in every registry, and send the event."""
    _happen(path, DEATH, (bsn,), died_on, lambda family: happenings.death(family, bsn, died_on))


def correct_death(path: Path, bsn: str) -> None:
    """Undo a death that was registered by mistake, in every registry, and send the event."""
    _, family = World(path).family_of(bsn)
    day = family.person(bsn).died_on or today(path)
    _happen(path, DEATH_CORRECTED, (bsn,), day, lambda family: happenings.death(family, bsn, None))


def register_birth(path: Path, parent: str, on: date) -> str:
    """Let a child be born to somebody; returns the number of the child. The parents hear of it too."""
    world = World(path)
    child = next(number for number in invented_numbers() if not world.knows(number))
    _, family = world.family_of(parent)
    after = happenings.birth(family, parent, child, on)
    about = (child, *(one.bsn for one in after.person(child).parents if one.bsn))
    _happen(path, BIRTH, about, on, lambda family: happenings.birth(family, parent, child, on), of=(parent,))
    return child


def register_marriage(path: Path, first: str, second: str, on: date) -> None:
    """Let two people marry; from then on they are one family."""
    _happen(path, MARRIAGE, (first, second), on, lambda family: happenings.marriage(family, first, second, on))


def register_move(path: Path, bsn: str, municipality: str, on: date) -> None:
    """Let somebody move to a municipality (four digits)."""
    serial = len(events(path))
    _happen(path, MOVE, (bsn,), on, lambda family: happenings.move(family, bsn, municipality, serial, on))


def register_naturalisation(path: Path, bsn: str, on: date) -> None:
    """Let somebody become Dutch."""
    _happen(path, NATURALISATION, (bsn,), on, lambda family: happenings.naturalisation(family, bsn, on))


def determine_income(path: Path, bsn: str, year: int, cents: int, on: date) -> None:
    """Let the tax administration determine the income of a year."""
    _happen(path, INCOME, (bsn,), on, lambda family: happenings.income(family, bsn, year, cents))


def today(path: Path) -> date:
    """Return the day on which the world stands still."""
    return date.fromisoformat(World(path).meta()["on"])


def _happen(
    path: Path,
    kind: str,
    about: Iterable[str],
    day: date,
    change: Callable[[Family], Family],
    *,
    of: Iterable[str] | None = None,
) -> None:
    """Change the family of these people, rewrite what registries know of it, and send each an event.

    `about`: whom an event is about; `of`: whose families it changes, when those are not the same people.
    """
    world, about = World(path), tuple(about)
    families = dict(world.family_of(bsn) for bsn in (of or about))
    number, *others = sorted(families)
    changed = change(_together(families.values()))
    sequences = {bsn: 1 + sum(world.event_data(each["id"]) == _data(bsn) for each in world.events()) for bsn in about}
    on = max(today(path), day)
    writer = Writer(path)
    for other in others:
        writer.remove_family(other)
    load.put_family(writer, number, changed, on)
    for bsn in about:
        _note(writer, kind, bsn, day, sequence=sequences[bsn])
    writer.close()


def _together(families: Iterable[Family]) -> Family:
    found = list(families)
    return Family(
        people=tuple(chain.from_iterable(family.people for family in found)),
        homes=tuple(chain.from_iterable(family.homes for family in found)),
    )


def _note(writer: Writer, kind: str, bsn: str, day: date, *, sequence: int) -> None:
    """Write an event; registered the morning after the day it is about."""
    identifier = _opaque(kind, bsn, day.isoformat(), str(sequence))
    at = datetime.combine(day + timedelta(days=1), time(10), tzinfo=_AMSTERDAM).astimezone(UTC)
    event = {
        "specversion": "1.0",
        "id": identifier,
        "source": SOURCES[kind.split(".")[1]],
        "type": kind,
        "subject": _opaque("subject", bsn),
        "time": at.isoformat().replace("+00:00", "Z"),
        "dataref": f"/gebeurtenissen/{identifier}",
        "sequence": str(sequence),
        "sequencetype": "Integer",
    }
    writer.put_event(identifier, event, _data(bsn))


def _opaque(*about: str) -> str:
    """Return an identifier that says nothing. A real register draws one; here it must be the same for the same seed."""
    return str(
        UUID(bytes=hmac.digest(b"invented people, nothing to hide", "/".join(about).encode(), "sha256")[:16], version=4)
    )


def _data(bsn: str) -> dict[str, Any]:
    return {"burgerservicenummer": bsn}
