"""Work that returns: sealing the logbook, retention, terms that pass. Done by the loop, never by a page."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from time import monotonic


@dataclass(slots=True, kw_only=True)
class Duty:
    """Something to do again and again. `work` must be safe to run in two processes at once."""

    name: str
    every: timedelta
    work: Callable[[], object]
    next_at: float = 0.0
    busy: threading.Lock = field(default_factory=threading.Lock)


_duties: dict[str, Duty] = {}


def register(name: str, *, every: timedelta, work: Callable[[], object]) -> None:
    """Let the loop call `work` at least so often, as long as the instance runs."""
    _duties[name] = Duty(name=name, every=every, work=work)


def due() -> tuple[Duty, ...]:
    """Return the duties whose turn it is, and count them as begun."""
    moment = monotonic()
    ready = tuple(duty for duty in _duties.values() if duty.next_at <= moment)
    for duty in ready:
        duty.next_at = moment + duty.every.total_seconds()
    return ready
