"""Deaths, and deaths that turn out to be wrong: in the registries, and as events (NL GOV profile for CloudEvents 1.1).

An event is thin: it says that something happened and where the data can be read. The reader then asks the register,
with its own credentials, and is logged there.
"""

import hmac
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from . import load
from .people import Family, Person
from .store import World, Writer

SOURCE = "urn:nld:oin:00000004003214345001:systeem:brp"
DEATH = "nl.brp.overlijden.geregistreerd"
DEATH_CORRECTED = "nl.brp.overlijden.gecorrigeerd"
_AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def events(path: Path) -> tuple[dict[str, Any], ...]:
    """Return every event of a world, oldest first, as CloudEvents."""
    return World(path).events()


def note_death(writer: Writer, person: Person, on: date) -> None:
    """Write the event of a death that happened on or before a day; nothing for the living."""
    if person.died_on and person.has_died(on) and on - person.died_on <= timedelta(days=90):
        _note(writer, DEATH, person.bsn, person.died_on, sequence=1)


def register_death(path: Path, bsn: str, died_on: date) -> None:
    """Let somebody have died, in every registry, and send the event."""
    _change(path, bsn, died_on, DEATH)


def correct_death(path: Path, bsn: str) -> None:
    """Undo a death that was registered by mistake, in every registry, and send the event."""
    _change(path, bsn, None, DEATH_CORRECTED)


def _change(path: Path, bsn: str, died_on: date | None, kind: str) -> None:
    world = World(path)
    on = max(date.fromisoformat(world.meta()["on"]), died_on or date.min)
    number, family = world.family_of(bsn)
    before = family.person(bsn).died_on
    sequence = 1 + sum(world.event_data(event["id"]) == _data(bsn) for event in world.events())
    writer = Writer(path)
    load.put_family(writer, number, _with_death(family, bsn, died_on), on)
    _note(writer, kind, bsn, died_on or before or on, sequence=sequence)
    writer.close()


def _with_death(family: Family, bsn: str, died_on: date | None) -> Family:
    people = tuple(replace(one, died_on=died_on) if one.bsn == bsn else one for one in family.people)
    return replace(family, people=people)


def _note(writer: Writer, kind: str, bsn: str, day: date, *, sequence: int) -> None:
    """Write an event; registered the morning after the day it is about."""
    identifier = _opaque(kind, bsn, day.isoformat(), str(sequence))
    at = datetime.combine(day + timedelta(days=1), time(10), tzinfo=_AMSTERDAM).astimezone(UTC)
    event = {
        "specversion": "1.0",
        "id": identifier,
        "source": SOURCE,
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
