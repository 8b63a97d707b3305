"""The means of login of this instance: a registry that `apps.py` of other packages fill."""

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from dichterbij.kernel.levels import Level

from .domain import AssertionRefused, Audience, Means

_means: dict[str, Means] = {}


def register(means: Means) -> None:
    """Admit a means of login, once per id. A test means is refused outside a demonstration."""
    if means.for_tests and not settings.DEMONSTRATION:
        raise ImproperlyConfigured("a test means of login is only for a demonstration")
    if _means.setdefault(means.id, means) is not means:
        raise ImproperlyConfigured(f"a means of login is already called {means.id!r}")


def named(name: str) -> Means:
    """Return the means with this id; raise `AssertionRefused` when it is not admitted here."""
    if name not in _means:
        raise AssertionRefused("Deze manier van inloggen kennen wij niet.")
    return _means[name]


def offered_to(audience: Audience) -> list[Means]:
    """Return every means that serves an audience."""
    return offered(audience, Level.NONE)


def offered(audience: Audience, level: Level) -> list[Means]:
    """Return the means that serve an audience and reach a level."""
    serving = (means for means in _means.values() if audience in (Audience.ANYONE, means.audience))
    return [means for means in serving if means.highest >= level]
