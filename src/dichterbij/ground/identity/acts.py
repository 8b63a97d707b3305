"""The act of this moment: one per request of a person, so that the log can group all it caused."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from secrets import token_hex
from uuid import uuid4

from .domain import Act

_act: ContextVar[Act | None] = ContextVar("dichterbij_act", default=None)
_TRACEPARENT = re.compile(r"[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}")
_NO_TRACE = "0" * 32


def current() -> Act:
    """Return the act of this moment; outside a request each call is an act of its own."""
    return _act.get() or new()


def new(traceparent: str = "") -> Act:
    """Return a new act, within the trace of a W3C `traceparent` header when it has one."""
    match = _TRACEPARENT.fullmatch(traceparent)
    trace = match[1] if match and match[1] != _NO_TRACE else token_hex(16)
    return Act(id=uuid4(), trace=trace)


@contextmanager
def within(act: Act) -> Iterator[Act]:
    """Let an act be the one of this moment."""
    token = _act.set(act)
    try:
        yield act
    finally:
        _act.reset(token)
