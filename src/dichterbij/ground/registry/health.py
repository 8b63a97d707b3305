"""Since when a source does not answer: the first failure of the present row, the same for every process."""

from datetime import datetime, timedelta
from threading import Lock

from dichterbij.kernel import clock

from .models import Outage

OVER_AFTER = timedelta(minutes=10)
"""A source that nobody asked for so long may have worked in between: its next failure begins a new row."""

_failing: set[str] = set()
_guard = Lock()


def failed(registry: str) -> datetime:
    """Note a failure and return the instant of the first one in this row."""
    moment = clock.now()
    with _guard:
        _failing.add(registry)
    Outage.objects.filter(registry=registry, last_at__lt=moment - OVER_AFTER).delete()
    row, _ = Outage.objects.get_or_create(registry=registry, defaults={"since": moment, "last_at": moment})
    Outage.objects.filter(registry=registry).update(last_at=moment)
    return row.since


def answered(registry: str) -> None:
    """Note that the source works. Costs nothing while it does."""
    if registry in _failing:
        with _guard:
            _failing.discard(registry)
        Outage.objects.filter(registry=registry).delete()


def down() -> dict[str, datetime]:
    """Return the sources that do not answer now, with since when."""
    recent = Outage.objects.filter(last_at__gte=clock.now() - OVER_AFTER)
    return dict(recent.values_list("registry", "since"))
