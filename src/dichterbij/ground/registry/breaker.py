"""Leave alone what failed several times in a row, and ask it again carefully: one question first, then longer pauses.

Whoever waits for a source that is down holds a page, a thread and the source itself. Each process learns for itself.
"""

from dataclasses import dataclass
from threading import Lock
from time import monotonic

FAILURES = 3
FIRST_REST_SECONDS, LONGEST_REST_SECONDS = 2.0, 60.0


@dataclass(slots=True)
class _Row:
    """Failures in a row. `until`: it rests; `rest`: how long the next rest is (seconds)."""

    failures: int = 0
    until: float = 0.0
    rest: float = FIRST_REST_SECONDS


_rows: dict[str, _Row] = {}
_guard = Lock()


def may_ask(name: str) -> bool:
    """Say whether to ask now. After a rest one caller gets a yes, and the others when that one was answered."""
    with _guard:
        row = _rows.get(name)
        if row is None or row.failures < FAILURES:
            return True
        if monotonic() < row.until:
            return False
        row.until = monotonic() + row.rest
        return True


def failed(name: str) -> None:
    """Note that it did not answer; from the third time in a row it rests, each time twice as long."""
    with _guard:
        row = _rows.setdefault(name, _Row())
        row.failures += 1
        if row.failures >= FAILURES:
            row.until = monotonic() + row.rest
            row.rest = min(row.rest * 2, LONGEST_REST_SECONDS)


def answered(name: str) -> None:
    """Note that it works again."""
    if name in _rows:
        with _guard:
            _rows.pop(name, None)
