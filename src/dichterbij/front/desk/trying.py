"""How often a worker tries: searches, codes and answers are counted, and stop when there are too many."""

from datetime import timedelta
from uuid import UUID

from dichterbij.ground.organisations import keys
from dichterbij.ground.organisations import queries as organisations
from dichterbij.kernel import clock

from .domain import TooManyTries
from .models import Tried


def note(kind: str, worker: UUID, whom: UUID | None = None) -> None:
    """Note one try."""
    Tried.objects.create(kind=kind, worker=worker, whom=_hash(whom), at=clock.now())


def ensure_few(kind: str, worker: UUID, *, most: int, within: timedelta) -> None:
    """Raise `TooManyTries` when a worker tried something too often."""
    if Tried.objects.filter(kind=kind, worker=worker, at__gt=clock.now() - within).count() >= most:
        raise TooManyTries("Wacht even voordat u verder gaat.", remedy="Vraag uw leidinggevende als dit vaker gebeurt.")


def number_about(kind: str, whom: UUID, *, within: timedelta) -> int:
    """Return how often anybody tried something about a person."""
    return Tried.objects.filter(kind=kind, whom=_hash(whom), at__gt=clock.now() - within).count()


def _hash(whom: UUID | None) -> str:
    return keys.keyed_hash(organisations.operator().oin, "desk.tried", str(whom)) if whom else ""
