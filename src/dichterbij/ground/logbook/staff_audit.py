"""What workers looked at and did: who (by audit reference), when, about whom (by pseudonym) and why. Never a value.

Who works there stands in no other projection: Logboek Dataverwerkingen keeps users out of its lines, and the person
reads which organisation it was. Of both logs together: what is kept from the person is not kept from who checks staff.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Max, Min

from dichterbij.kernel.access import Role
from dichterbij.kernel.clock import AMSTERDAM
from dichterbij.kernel.identifiers import Oin

from .domain import Json, Kind, month_bounds
from .lines import parsed
from .models import Line

LOOKED_AT = 5000
"""So many lines are looked at for one page, however few of them are of workers."""
MARKS = 64
CLOCKS_DIFFER = timedelta(minutes=5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Some looks, the newest first. `following`: before which line to go on, None at the end of the month."""

    looks: tuple[dict[str, Json], ...]
    following: int | None


def looks(organisation: Oin, *, since: datetime, until: datetime, worker: str = "") -> Iterator[dict[str, Json]]:
    """Return what workers of an organisation did, and others did in its name, between two instants, in order."""
    rows = Line.objects.filter(at__gte=since, at__lt=until).exclude(kind=Kind.INTENT)
    for row in rows.order_by("at", "id").iterator(chunk_size=1000):
        content = parsed(row)
        if _is_of(content, organisation, worker):
            yield _look(content)


def page(organisation: Oin, month: date, *, worker: str = "", before: int | None = None, limit: int = 100) -> Page:
    """Return what `looks` would of one month, a page at a time; looks at `LOOKED_AT` lines at most."""
    since, until = bounds(month)
    first, end = _first_since(since - CLOCKS_DIFFER), _first_since(until + CLOCKS_DIFFER)
    top = min(end if before is None else before, end)
    bottom, found = max(first, top - LOOKED_AT), list[dict[str, Json]]()
    rows = Line.objects.filter(id__gte=bottom, id__lt=top, at__gte=since, at__lt=until).exclude(kind=Kind.INTENT)
    for row in rows.order_by("-id").iterator(chunk_size=1000):
        content = parsed(row)
        if _is_of(content, organisation, worker):
            found.append(_look(content))
        if len(found) == limit:
            bottom = row.id
            break
    return Page(looks=tuple(found), following=bottom if bottom > first else None)


def bounds(month: date) -> tuple[datetime, datetime]:
    """Return the instants at which a month and the next begin in Amsterdam."""
    first, following = (datetime.combine(day, time.min, AMSTERDAM) for day in month_bounds(month))
    return first, following


def first_at() -> datetime | None:
    """Return the instant of the oldest line that is here; None while there is none."""
    return Line.objects.order_by("id").values_list("at", flat=True).first()


def _first_since(moment: datetime) -> int:
    """Return the number of the first line since an instant, from few questions whatever the size of the log."""
    ends = Line.objects.aggregate(low=Min("id"), high=Max("id"))
    low, high = ends["low"] or 0, (ends["high"] or -1) + 1
    while low < high:
        marks = range(low, high, -(-(high - low) // MARKS))
        known = list(Line.objects.filter(id__in=marks).values_list("id", "at"))
        earlier, later = [id for id, at in known if at < moment], [id for id, at in known if at >= moment]
        narrowed = max(earlier, default=low - 1) + 1, min(later, default=high)
        if narrowed == (low, high):
            break  # numbers that were never used
        low, high = narrowed
    return low


def _is_of(content: Mapping[str, Any], organisation: Oin, worker: str) -> bool:
    actor = content["actor"]
    is_theirs = organisation.value in (content["organisation"], actor["organisation"])
    return is_theirs and actor["role"] == Role.STAFF and worker in ("", actor["staffReference"])


def _look(content: Mapping[str, Any]) -> dict[str, Json]:
    """Return what a line says of a worker. `emergency`: without the person, because it could not wait."""
    return {
        "at": content["at"],
        "worker": content["actor"]["staffReference"],
        "employer": content["actor"]["organisation"],
        "organisation": content["organisation"],
        "about": content["subject"],
        "kind": content["kind"],
        "outcome": content["outcome"],
        "activity": content["activity"]["id"],
        "registry": content["registry"],
        "fields": content["fields"],
        "period": content.get("period", ""),
        "case": content["case"],
        "act": content["act"],
        "emergency": "noodopening" in content["fields"] or content["onBehalfOf"].startswith("desk:absent"),
        "reason": content["reason"],
    }
