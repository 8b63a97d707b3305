"""Events of registers: received once, and passed on with the party they are about."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError, transaction

from dichterbij.ground.outbox import event
from dichterbij.ground.outbox.services import emit
from dichterbij.ground.registry import events

from .services import party_for


@event
@dataclass(frozen=True, slots=True, kw_only=True)
class DeathRegistered:
    """Somebody died, says the population register."""

    party: UUID


@event
@dataclass(frozen=True, slots=True, kw_only=True)
class DeathCorrected:
    """A death was registered by mistake and is undone."""

    party: UUID


@event
@dataclass(frozen=True, slots=True, kw_only=True)
class RecordChanged:
    """A register says something else of somebody: a birth, a marriage, a move, a nationality, an income."""

    party: UUID
    registry: str


def cause_of(deceased: UUID) -> str:
    """Return what everything that was begun because of somebody's death has in common, to find it when it was wrong."""
    return f"death:{deceased}"


DEATHS = {
    "nl.brp.overlijden.geregistreerd": DeathRegistered,
    "nl.brp.overlijden.gecorrigeerd": DeathCorrected,
}
CHANGES = frozenset(
    {
        "nl.brp.geboorte.geregistreerd",
        "nl.brp.huwelijk.geregistreerd",
        "nl.brp.verhuizing.geregistreerd",
        "nl.brp.nationaliteit.gewijzigd",
        "nl.inkomens.inkomensgegeven.vastgesteld",
    }
)


def receive(cloud_event: Mapping[str, object]) -> bool:
    """Take in one event; False when it came before, was overtaken, or is of a kind nobody here waits for.

    Raises `InvalidEvent`, and `SourceUnavailable` when the register cannot say whom it is about: send it again.
    """
    arrived = events.parse(cloud_event)
    if arrived.type not in DEATHS and arrived.type not in CHANGES:
        return False
    party = party_for(events.whom(arrived))
    try:
        with transaction.atomic():
            if not events.is_newest(arrived):
                return False
            emit(_passed_on(arrived, party), person=str(party), event_id=arrived.id)
    except IntegrityError:
        return False
    return True


def _passed_on(arrived: events.RegistryEvent, party: UUID) -> object:
    kind = DEATHS.get(arrived.type)
    return kind(party=party) if kind else RecordChanged(party=party, registry=arrived.registry)
