"""Ask a source, and stop waiting after the deadline: a slow source must not hold a person up."""

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as DeadlinePassed
from functools import cache
from typing import TypeVar

from django.conf import settings
from django.db import connections

from dichterbij.kernel.identifiers import Number

from . import adapters, breaker
from .adapters import known
from .domain import Query, RawRecord, SourceRefused, SourceUnavailable

Said = TypeVar("Said")
DEADLINE_SECONDS = 2.0
_callers = ThreadPoolExecutor(max_workers=16, thread_name_prefix="registry")
"""Sixteen questions at once; what hangs holds one of them and never the page."""


def fetch(query: Query) -> Mapping[Number, RawRecord]:
    """Return what the source says; raises `SourceUnavailable` (also after the deadline) or `SourceRefused`."""
    return guarded(query.registry, lambda: _in_time(query))


def guarded(registry: str, ask: Callable[[], Said]) -> Said:
    """Return what a source answers; one on another machine that failed several times in a row rests for a while.

    Raises `SourceUnavailable`, also while it rests, and what asking raises.
    """
    if not is_remote(registry):
        return ask()
    if not breaker.may_ask(registry):
        raise SourceUnavailable("De bron gaf net een paar keer geen antwoord.")
    try:
        said = ask()
    except SourceUnavailable:
        breaker.failed(registry)
        raise
    except SourceRefused:
        breaker.answered(registry)
        raise
    breaker.answered(registry)
    return said


def _in_time(query: Query) -> Mapping[Number, RawRecord]:
    answer = _callers.submit(_ask, query)
    try:
        return answer.result(timeout=getattr(settings, "REGISTRY_DEADLINE_SECONDS", DEADLINE_SECONDS))
    except DeadlinePassed:
        answer.cancel()
        raise SourceUnavailable("Geen antwoord binnen de tijd.") from None


def look_up(registry: str, reference: str) -> Mapping[str, object]:
    """Return what a source says behind a reference of its own, one without personal data in it."""
    _connect()
    source = getattr(adapters.adapter(registry), "source", None)
    if source is None:
        raise SourceUnavailable("Deze bron geeft geen gebeurtenissen.")
    found: Mapping[str, object] = guarded(registry, lambda: source.look_up(reference))
    return found


def keyed_by(registry: str) -> tuple[str, str] | None:
    """Return the registry and its field that say what to ask a registry that knows no people, else None."""
    return known.KEYED_BY.get(registry)


def is_remote(registry: str) -> bool:
    """Say whether the source is another machine: then an intent is recorded before it is asked."""
    url: str = settings.REGISTRIES.get(registry, {}).get("url", "")
    return url.startswith(("http://", "https://"))


@cache
def _connect() -> None:
    """Make the adapters of this instance, at the first question; an adapter that was put in place before stays."""
    own = {name: adapters.adapter(name) for name in adapters.names()}
    adapters.configure(settings.REGISTRIES)
    for name, adapter in own.items():
        adapters.register(name, adapter)


def _ask(query: Query) -> Mapping[Number, RawRecord]:
    _connect()
    try:
        return adapters.adapter(query.registry).fetch(query)
    except adapters.UnknownRegistry as missing:
        raise SourceUnavailable(missing.detail) from missing
    finally:
        connections.close_all()
