"""What this room tells others: that something must go out, and that somebody could not be told."""

from dataclasses import dataclass
from uuid import UUID

from dichterbij.ground.outbox import event


@event
@dataclass(frozen=True, slots=True, kw_only=True)
class DispatchDue:
    """Something must be told."""

    dispatch: UUID


@event
@dataclass(frozen=True, slots=True, kw_only=True)
class NotToldOf:
    """Somebody could not be told of a message: it must reach them on paper. `dispatch`: the notice that failed."""

    dispatch: UUID
    party: UUID
    message: UUID
