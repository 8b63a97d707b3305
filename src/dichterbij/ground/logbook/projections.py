"""One line, told in the form of Logboek Dataverwerkingen. Names, never values.

Source: Logius, Logboek Dataverwerkingen 1.0, with its decisions "no users in log lines" (they are in `staff_audit`) and
detail level 2 at most; we give level 1, what is in the register of processing activities stays there.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db.models import Max

from dichterbij.kernel.identifiers import Oin

from .domain import Json, Kind, Log, Result
from .lines import parsed
from .models import Line, Position
from .removals import last_removed

STATUS = {Result.REFUSED: "Unset", Result.UNAVAILABLE: "Error", Result.INTERRUPTED: "Error"}
"""A refusal is no failure (`Unset`); only what went wrong technically is an `Error`."""
ACTIVITY = "dpl.core.processing_activity_id"
LOOKED_AT = 5000
"""So many lines are looked at for one page, so that no question costs more than a moment."""


def processing_operations(
    organisation: Oin, *, since: datetime, until: datetime, log: Log
) -> Iterator[dict[str, Json]]:
    """Return the lines of one organisation between two instants as records of Logboek Dataverwerkingen, in order."""
    rows = Line.objects.filter(log=log, organisation=organisation.value, at__gte=since, at__lt=until)
    for row in rows.exclude(kind=Kind.INTENT).order_by("at", "id").iterator(chunk_size=1000):
        yield processing_operation(parsed(row))


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which records: of a trace, an activity as they name it, a pseudonym, since and until an instant; None: any."""

    trace: str | None = None
    activity: str | None = None
    subject: str | None = None
    since: datetime | None = None
    until: datetime | None = None

    def fits(self, line: Line, record: Mapping[str, Any]) -> bool:
        """Say whether a line is one of them."""
        return (
            self.trace in (None, record["trace_id"])
            and self.activity in (None, record["attributes"][ACTIVITY])
            and (self.since is None or self.since <= line.at)
            and (self.until is None or line.at < self.until)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Some records in the order in which they were signed. `read_up_to`: where to go on, now or when more was signed.

    `following`: the same while there is more, None at the end.
    """

    records: tuple[dict[str, Json], ...]
    read_up_to: int
    following: int | None


def page(organisation: Oin, wanted: Wanted, *, after: int, limit: int) -> Page:
    """Return the records of one organisation after a place in the open log; looks at `LOOKED_AT` lines at most."""
    last = Position.objects.filter(log=Log.OPEN).aggregate(last=Max("position"))["last"] or 0
    start = max(after, last_removed(Log.OPEN))
    end, found = max(start, min(start + LOOKED_AT, last)), list[dict[str, Json]]()
    for place in _places(organisation, wanted.subject, start, end):
        record = processing_operation(parsed(place.line))
        if wanted.fits(place.line, record):
            found.append(record)
        if len(found) == limit:
            end = place.position
            break
    return Page(records=tuple(found), read_up_to=end, following=end if end < last else None)


def _places(organisation: Oin, subject: str | None, start: int, end: int) -> Iterator[Position]:
    places = Position.objects.filter(log=Log.OPEN, position__gt=start, position__lte=end)
    own = places.filter(line__organisation=organisation.value).exclude(line__kind=Kind.INTENT)
    chosen = own.filter(line__subject=subject) if subject else own
    yield from chosen.order_by("position").select_related("line").iterator(chunk_size=1000)


def in_camels(record: Mapping[str, Any]) -> dict[str, Json]:
    """Return a record as the reading extension writes it: names in camel case, instants as text."""
    return {
        "traceId": record["trace_id"],
        "spanId": record["span_id"],
        "status": record["status"],
        "name": record["name"],
        "startTime": _as_text(record["start_time"]),
        "endTime": _as_text(record["end_time"]),
        "resource": record["resource"],
        "attributes": record["attributes"],
    }


def _as_text(milliseconds: int) -> str:
    return datetime.fromtimestamp(milliseconds / 1000, UTC).isoformat(timespec="milliseconds")


def processing_operation(content: Mapping[str, Any]) -> dict[str, Json]:
    """Return what a line says as a record of Logboek Dataverwerkingen; times in milliseconds since 1970."""
    return {
        "trace_id": content["trace"],
        "span_id": content["span"],
        "status": STATUS.get(Result(content["outcome"]), "Ok"),
        "name": content["activity"]["purpose"],
        "start_time": _milliseconds(content["accessGivenAt"]),
        "end_time": _milliseconds(content["at"]),
        "resource": {"attributes": {"service.name": "dichterbij"}},
        "attributes": _attributes(content),
    }


def _attributes(content: Mapping[str, Any]) -> dict[str, Json]:
    activity, by = content["activity"], content["actor"]["organisation"]
    name = f"urn:nld:oin:{content['organisation']}:verwerkingsactiviteit:{activity['id']}:{activity['version']}"
    found: dict[str, Json] = {ACTIVITY: name}
    if content["subject"]:
        found |= {
            "dpl.core.data_subject_id": content["subject"],
            "dpl.core.data_subject_id_type": "logboek-pseudoniem",
        }
    if by != content["organisation"]:
        found["dpl.core.foreign_operation.processor"] = f"urn:nld:oin:{by}"
    return found


def _milliseconds(moment: str) -> int:
    return int(datetime.fromisoformat(moment).timestamp() * 1000)
