"""Adapters: one per registry, each translates a `Query` to the registry's own contract and its answer back.

`configure(settings.REGISTRIES)` makes them; `adapter(name)` gives one; `register` puts another in its place
(a test, or a registry this product did not know). Only the gateway (`registry.services.read`) calls them: an import
rule sees to it.
"""

from collections.abc import Mapping

from dichterbij.kernel.problems import Problem

from ..domain import Adapter

_adapters: dict[str, Adapter] = {}


class UnknownRegistry(Problem):
    """No adapter is registered under this name: the instance does not read that registry."""

    code = "unknown-registry"
    title = "Deze bron is hier niet aangesloten"
    status = 500


def register(name: str, adapter: Adapter) -> None:
    """Offer a registry under a name, replacing what was there."""
    _adapters[name] = adapter


def adapter(name: str) -> Adapter:
    """Return the adapter of a registry; raises `UnknownRegistry`."""
    if name not in _adapters:
        raise UnknownRegistry(f"Er is geen aansluiting op {name}.")
    return _adapters[name]


def names() -> tuple[str, ...]:
    """Return the names of all registries that can be read."""
    return tuple(sorted(_adapters))


def configure(registries: Mapping[str, Mapping[str, str]]) -> None:
    """Make the adapters of an instance. `registries`: name to `url` and `token`; an empty url leaves one out."""
    from . import known

    for name, make in known.ADAPTERS.items():
        if registries.get(name, {}).get("url"):
            register(name, make(registries[name]["url"], registries[name].get("token", "")))
