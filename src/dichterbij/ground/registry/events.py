"""Events of registries as they arrive: thin CloudEvents (NL GOV profile 1.1), the data is fetched at the source."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from dichterbij.kernel import clock
from dichterbij.kernel.identifiers import Bsn
from dichterbij.kernel.problems import InvalidIdentifier, Problem

from . import fetching
from .domain import SourceRefused
from .models import LatestEvent

REGISTRY_OF_DOMAIN = {"brp": "brp", "inkomens": "belastingdienst"}
"""Which registry holds what an event is about, by the second word of its type (`nl.brp.overlijden...`)."""


class InvalidEvent(Problem):
    """An event is not in the form of the profile; the detail names the attribute."""

    code = "invalid-event"
    title = "Deze gebeurtenis klopt niet"
    status = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class RegistryEvent:
    """What a registry says has happened. `reference`: where it says to whom; holds no personal data.

    `subject`: an opaque name for whom it is about; `sequence`: the how-manieth about them, when the source counts.
    """

    id: UUID
    type: str
    source: str
    time: datetime
    reference: str
    subject: str = ""
    sequence: int | None = None

    @property
    def registry(self) -> str:
        """Return the registry that holds what the event is about."""
        return REGISTRY_OF_DOMAIN.get(self.type.split(".")[1], "")

    @property
    def topic(self) -> str:
        """Return what of somebody it is about: a death is not overtaken by a move."""
        return self.type.split(".")[2]


def parse(event: Mapping[str, object]) -> RegistryEvent:
    """Read a CloudEvent; raises `InvalidEvent` with the first attribute that is wrong."""
    texts = {name: _text(event, name) for name in ("specversion", "id", "source", "type", "time", "dataref")}
    if texts["specversion"] != "1.0":
        raise InvalidEvent("specversion")
    if texts["type"].count(".") < 2 or not texts["type"].startswith("nl."):
        raise InvalidEvent("type")
    if not texts["dataref"].startswith("/") or texts["dataref"].startswith("//"):
        raise InvalidEvent("dataref")
    try:
        found, moment = UUID(texts["id"]), datetime.fromisoformat(texts["time"])
    except ValueError:
        raise InvalidEvent("id, time") from None
    if moment.tzinfo is None:
        raise InvalidEvent("time")
    return RegistryEvent(
        id=found,
        type=texts["type"],
        source=texts["source"],
        time=moment,
        reference=texts["dataref"],
        subject=_text(event, "subject") if "subject" in event else "",
        sequence=_sequence(event),
    )


def is_newest(event: RegistryEvent) -> bool:
    """Note an event about its subject; False when it, or a later one of its topic, came before.

    In the transaction of the caller. Events are thin: who is told of a later one reads the source as it is by then; an
    overtaken one has nothing to add.
    """
    if event.sequence is None or not event.subject:
        return True
    latest = LatestEvent.objects.select_for_update()
    who = {"source": event.source, "subject": event.subject, "topic": event.topic}
    row, is_first = latest.get_or_create(**who, defaults={"sequence": event.sequence, "at": clock.now()})
    if is_first:
        return True
    later = LatestEvent.objects.filter(pk=row.pk, sequence__lt=event.sequence)
    return later.update(sequence=event.sequence, at=clock.now()) == 1


def purge_latest(now: datetime) -> int:
    """Forget which event was the latest about somebody, a year after it."""
    return LatestEvent.objects.filter(at__lt=now - timedelta(days=365)).delete()[0]


def whom(event: RegistryEvent) -> Bsn:
    """Return whom an event is about, as its source says; raises `SourceUnavailable`, `SourceRefused`."""
    answer = fetching.look_up(event.registry, event.reference)
    try:
        return Bsn(str(answer.get("burgerservicenummer", "")))
    except InvalidIdentifier:
        raise SourceRefused("De bron zegt niet over wie de gebeurtenis gaat.") from None


def _sequence(event: Mapping[str, object]) -> int | None:
    """Return the number of an event about its subject; CloudEvents writes it as text, with how it counts beside it."""
    if event.get("sequencetype") != "Integer":
        return None
    text = _text(event, "sequence")
    if not text.isdecimal() or len(text) > 10:
        raise InvalidEvent("sequence")
    return int(text)


def _text(event: Mapping[str, object], name: str) -> str:
    value = event.get(name)
    if not isinstance(value, str) or not value or len(value) > 500:
        raise InvalidEvent(name)
    return value
