"""One line, told in the form that others need: Logboek Dataverwerkingen, and the audit of staff. Names, never values.

Source: Logius, Logboek Dataverwerkingen 1.0, with its decisions "no users in log lines" (those are in the audit) and
detail level 2 at most; we give level 1, what is in the register of processing activities stays there.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from dichterbij.kernel.access import Role
from dichterbij.kernel.identifiers import Oin

from .domain import Json, Kind, Log, Result
from .lines import parsed
from .models import Line

STATUS = {Result.REFUSED: "Unset", Result.UNAVAILABLE: "Error", Result.INTERRUPTED: "Error"}
"""A refusal is no failure (`Unset`); only what went wrong technically is an `Error`."""


def processing_operations(
    organisation: Oin, *, since: datetime, until: datetime, log: Log
) -> Iterator[dict[str, Json]]:
    """Return the lines of one organisation between two instants as records of Logboek Dataverwerkingen, in order."""
    rows = Line.objects.filter(log=log, organisation=organisation.value, at__gte=since, at__lt=until)
    for row in rows.exclude(kind=Kind.INTENT).order_by("at", "id").iterator(chunk_size=1000):
        yield processing_operation(parsed(row))


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
    found: dict[str, Json] = {"dpl.core.processing_activity_id": name}
    if content["subject"]:
        found |= {
            "dpl.core.data_subject_id": content["subject"],
            "dpl.core.data_subject_id_type": "logboek-pseudoniem",
        }
    if by != content["organisation"]:
        found["dpl.core.foreign_operation.processor"] = f"urn:nld:oin:{by}"
    return found


def looks_by_staff(
    organisation: Oin, *, since: datetime, until: datetime, worker: str = ""
) -> Iterator[dict[str, Json]]:
    """Return what workers of an organisation did, in order: by whom (audit reference), about whom (pseudonym), and why.

    Of both logs together: who audits staff must see what they did under confidential activities too.
    """
    rows = Line.objects.filter(organisation=organisation.value, at__gte=since, at__lt=until)
    for row in rows.exclude(kind=Kind.INTENT).order_by("at", "id").iterator(chunk_size=1000):
        content = parsed(row)
        actor = content["actor"]
        if actor["role"] == Role.STAFF and worker in ("", actor["staffReference"]):
            yield _look(content)


def _look(content: Mapping[str, Any]) -> dict[str, Json]:
    return {
        "at": content["at"],
        "worker": content["actor"]["staffReference"],
        "about": content["subject"],
        "kind": content["kind"],
        "outcome": content["outcome"],
        "activity": content["activity"]["id"],
        "registry": content["registry"],
        "fields": content["fields"],
        "case": content["case"],
        "act": content["act"],
        "reason": content["reason"],
    }


def _milliseconds(moment: str) -> int:
    return int(datetime.fromisoformat(moment).timestamp() * 1000)
