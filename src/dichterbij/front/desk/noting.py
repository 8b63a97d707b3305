"""What workers write down of a talk: the person reads it, and so does whoever goes on with it."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from dichterbij.ground.identity.domain import Login
from dichterbij.kernel import clock
from dichterbij.kernel.identifiers import Oin

from . import place
from .domain import Help, NotHelping
from .models import Note
from .sealing import opened, sealed

MOST = 10
Noted = tuple[datetime, str]


def write(login: Login, words: str, case: UUID | None = None) -> None:
    """Write down what was said, on a case or on the talk; the person can read it. Raises `NotHelping`."""
    found = place.running(login)
    if found is None or not found.is_running(clock.now()):
        raise NotHelping
    Note.objects.create(
        organisation=found.organisation.value,
        assist_id=found.id,
        party=found.party,
        case=case,
        written_at=clock.now(),
        sealed=sealed(found.organisation, {"words": words}),
    )


def on_case(case: UUID) -> tuple[Noted, ...]:
    """Return what was written down about a case in talks with the person, oldest first; for who opened that case."""
    return _read(Note.objects.filter(case=case).order_by("written_at"))


def in_talks(talks: Collection[UUID]) -> dict[UUID, list[str]]:
    """Return what was written down in each of these talks, oldest first."""
    found: dict[UUID, list[str]] = {talk: [] for talk in talks}
    for row in Note.objects.filter(assist_id__in=talks).order_by("written_at"):
        found[row.assist_id].append(_words(row))
    return found


def earlier(help: Help) -> tuple[Noted, ...]:
    """Return what was written down of who is helped at the same organisation, in this talk too, newest first."""
    rows = Note.objects.filter(party=help.party, organisation=help.organisation.value)
    return _read(rows.order_by("-written_at")[:MOST])


def _read(rows: "QuerySet[Note]") -> tuple[Noted, ...]:
    return tuple((row.written_at, _words(row)) for row in rows)


def _words(row: Note) -> str:
    return str(opened(Oin(row.organisation), row.sealed)["words"])
