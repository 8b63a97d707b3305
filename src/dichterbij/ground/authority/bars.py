"""What keeps a worker from a person, whatever their task allows: themself, their family (Awb 2:4).

A registry, because only the room of the workers knows what employers registered and workers told.
"""

from contextvars import ContextVar
from typing import Protocol
from uuid import UUID

from dichterbij.ground.identity import acts
from dichterbij.ground.identity.domain import Audience, Login
from dichterbij.kernel.access import Subject


class Bar(Protocol):
    """Says whether a worker may not see a person."""

    def __call__(self, login: Login, subject: Subject) -> bool:
        """Return whether it stands in the way of this worker; of the subject the party alone may be at hand."""
        ...


_bars: dict[str, Bar] = {}
_last: ContextVar[tuple[tuple[UUID, UUID, UUID], bool] | None] = ContextVar("bars_last", default=None)


def register(name: str, bar: Bar) -> None:
    """Add a bar under a stable name."""
    _bars[name] = bar


def stands(login: Login, subject: Subject) -> bool:
    """Say whether something stands between a worker and a person; never for a citizen. Asked once per act."""
    if login.audience is not Audience.STAFF:
        return False
    asked = (acts.current().id, login.party, subject.party)
    known = _last.get()
    if known is None or known[0] != asked:
        known = asked, any(bar(login, subject) for bar in _bars.values())
        _last.set(known)
    return known[1]
