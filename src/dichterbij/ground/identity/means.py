"""The means of login of this instance: a registry that `apps.py` of other packages fill."""

from dichterbij.kernel.levels import Level

from .domain import AssertionRefused, Audience, Means

_means: dict[str, Means] = {}


def register(means: Means) -> None:
    """Admit a means of login. A second registration under the same id must be the same means."""
    if _means.setdefault(means.id, means) != means:
        raise ValueError(f"another means of login is already called {means.id!r}")


def named(name: str) -> Means:
    """Return the means with this id; raise `AssertionRefused` when it is not admitted here."""
    if name not in _means:
        raise AssertionRefused("Deze manier van inloggen kennen wij niet.")
    return _means[name]


def offered(audience: Audience, level: Level) -> list[Means]:
    """Return the means that serve an audience and reach a level."""
    serving = (means for means in _means.values() if audience in (Audience.ANYONE, means.audience))
    return [means for means in serving if means.highest >= level]
