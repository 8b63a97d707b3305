"""What happened at the desk, for who acts on it. People are named by party, never by number."""

from dataclasses import dataclass
from uuid import UUID

from dichterbij.ground.outbox.domain import event


@event
@dataclass(frozen=True, slots=True, kw_only=True)
class HelpEnded:
    """A worker no longer helps somebody: closed, stopped, handed over, broken off or over."""

    help: UUID
    party: UUID
