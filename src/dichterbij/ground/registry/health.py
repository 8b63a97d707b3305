"""Since when a source does not answer: the first failure of the present row, as this process saw it."""

from datetime import datetime
from threading import Lock

from dichterbij.kernel import clock

_since: dict[str, datetime] = {}
_guard = Lock()


def failed(registry: str) -> datetime:
    """Note a failure and return the instant of the first one in this row."""
    with _guard:
        return _since.setdefault(registry, clock.now())


def answered(registry: str) -> None:
    """Note that the source works."""
    if registry in _since:
        with _guard:
            _since.pop(registry, None)


def down() -> dict[str, datetime]:
    """Return the sources that do not answer now, with since when."""
    with _guard:
        return dict(_since)
