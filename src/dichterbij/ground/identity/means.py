"""The means of login of this instance: a registry that `apps.py` of other packages fill."""

from collections.abc import Callable, Iterable

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from dichterbij.kernel.levels import Level

from .domain import AssertionRefused, Audience, Means

_means: dict[str, Means] = {}
_sources: list[Callable[[], Iterable[Means]]] = []


def register(means: Means) -> None:
    """Admit a means of login, once per id. A test means is refused outside a demonstration."""
    if means.for_tests and not settings.DEMONSTRATION:
        raise ImproperlyConfigured("a test means of login is only for a demonstration")
    if _means.setdefault(means.id, means) is not means:
        raise ImproperlyConfigured(f"a means of login is already called {means.id!r}")


def register_source(source: Callable[[], Iterable[Means]]) -> None:
    """Admit means that can change while this instance runs: `source` gives those of now."""
    _sources.append(source)


def named(name: str) -> Means:
    """Return the means with this id; raise `AssertionRefused` when it is not admitted here."""
    found = next((means for means in _admitted() if means.id == name), None)
    if found is None:
        raise AssertionRefused("Deze manier van inloggen kennen wij niet.")
    return found


def offered_to(audience: Audience) -> list[Means]:
    """Return every means that serves an audience."""
    return offered(audience, Level.NONE)


def offered(audience: Audience, level: Level) -> list[Means]:
    """Return the means that serve an audience and reach a level."""
    serving = (means for means in _admitted() if audience in (Audience.ANYONE, means.audience))
    return [means for means in serving if means.highest >= level]


def _admitted() -> Iterable[Means]:
    yield from _means.values()
    for source in _sources:
        yield from source()
