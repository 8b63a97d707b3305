"""What workers write down of a talk: the person reads it, and so does whoever goes on with it."""

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


def in_talk(help: Help) -> tuple[Noted, ...]:
    """Return what was written down in one talk, oldest first."""
    return _read(Note.objects.filter(assist_id=help.id).order_by("written_at"))


def earlier(help: Help) -> tuple[Noted, ...]:
    """Return what was written down of who is helped at the same organisation, in this talk too, newest first."""
    rows = Note.objects.filter(party=help.party, organisation=help.organisation.value)
    return _read(rows.order_by("-written_at")[:MOST])


def _read(rows: "QuerySet[Note]") -> tuple[Noted, ...]:
    return tuple((row.written_at, opened(Oin(row.organisation), row.sealed)["words"]) for row in rows)
