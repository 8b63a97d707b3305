"""The means of login of this instance: a registry that `apps.py` of other packages fill."""

from collections.abc import Callable, Iterable

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy, gettext_noop

from dichterbij.kernel.levels import Level

from .domain import AssertionRefused, Audience, IdentifierType, Means

LEVEL_WORDS = {
    Level.NONE: gettext_lazy("geen"),
    Level.LOW: gettext_lazy("laag"),
    Level.SUBSTANTIAL: gettext_lazy("substantieel"),
    Level.HIGH: gettext_lazy("hoog"),
}
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


def for_whom(means: Means) -> str:
    """Say in a sentence for whom a means is, from what it may say of somebody."""
    says = means.identifier_types
    if means.description:
        return means.description
    if means.audience is Audience.STAFF:
        return gettext_noop("Voor wie bij een organisatie werkt.")
    if IdentifierType.EIDAS in says:
        return gettext_noop("Voor wie een erkende inlog van een ander land in Europa heeft.")
    if IdentifierType.BSN in says:
        return gettext_noop("Voor wie een burgerservicenummer heeft.")
    if means.represents:
        return gettext_noop("Voor wie namens een bedrijf inlogt. Voor uw eigen zaken werkt dit niet.")
    return gettext_noop("Deze inlog geeft geen burgerservicenummer. U kunt er niets mee aanvragen.")


def ids() -> frozenset[str]:
    """Return the ids of all means that are admitted here."""
    return frozenset(each.id for each in _admitted())


def _admitted() -> Iterable[Means]:
    yield from _means.values()
    for source in _sources:
        yield from source()
