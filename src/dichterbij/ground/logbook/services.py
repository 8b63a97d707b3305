"""Record what happens, and finish what a crash left open."""

import secrets
from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID, uuid4

from django.db.models import Exists, OuterRef

from dichterbij.kernel import clock
from dichterbij.kernel.access import Access

from . import appending, events, lines
from .domain import Entry, Json, Kind, Receipt, Result, canonical, leaf
from .models import Line
from .sealing import seal

__all__ = ["close_orphans", "record", "record_act", "record_all", "record_view", "seal"]


def record(access: Access, entry: Entry) -> Receipt:
    """Write one line and return when it is durable.

    Raises `OpenTransaction` inside a transaction and `LogbookUnavailable` when the line cannot be kept; then nothing
    may be shown.
    """
    return record_all(access, (entry,))[0]


def record_all(access: Access, entries: Sequence[Entry]) -> tuple[Receipt, ...]:
    """Write several lines at once, all or none; see `record`."""
    made = [lines.make(access, entry) for entry in entries]
    appending.append(made)
    events.tell(access, entries)
    return tuple(Receipt(id=line.line_id, leaf_hash=bytes(line.leaf_hash).hex()) for line in made)


def record_act(access: Access, what: str) -> Receipt:
    """Record that something is about to be done for the person of the access; `what`: its name in `wording`."""
    return record(access, Entry(kind=Kind.ACT, subject=access.subject.number, fields=(what,)))


def record_view(access: Access, *what: str) -> None:
    """Record that somebody looks at what is kept about another person; looking at your own data needs no line.

    `what`: names of what is shown (`zaak`, `bericht`), never values. Called before the data is returned.
    """
    if not access.is_own():
        record(access, Entry(kind=Kind.VIEW, subject=access.subject.number, fields=what, outcome=Result.GIVEN))


def close_orphans(*, older_than: timedelta = timedelta(minutes=2)) -> int:
    """Answer every intent that got no answer (the process died in between) with "tried, nothing was shown"."""
    answered = Line.objects.filter(intent=OuterRef("line_id"))
    orphans = Line.objects.filter(kind=Kind.INTENT, at__lt=clock.now() - older_than).exclude(Exists(answered))
    closing = [_closing(line) for line in orphans[:1000]]
    if closing:
        appending.append(closing)
    return len(closing)


def _closing(intent: Line) -> Line:
    body: dict[str, Json] = dict(lines.parsed(intent))
    line_id, at = uuid4(), clock.now()
    changes: dict[str, Json] = {
        "id": str(line_id),
        "span": secrets.token_hex(8),
        "at": at.isoformat(timespec="microseconds"),
        "kind": Kind.READ.value,
        "outcome": Result.INTERRUPTED.value,
        "intent": str(intent.line_id),
    }
    content = canonical({**body, **changes})
    return Line(
        line_id=line_id,
        log=intent.log,
        kind=Kind.READ,
        at=at,
        organisation=intent.organisation,
        activity=intent.activity,
        subject=intent.subject,
        actor=intent.actor,
        own_matter=intent.own_matter,
        items=0,
        act=intent.act,
        intent=UUID(str(intent.line_id)),
        body=content,
        leaf_hash=leaf(content),
    )
