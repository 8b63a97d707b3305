"""Who acts on which event. Upper rooms register here, in their `apps.py`."""

from collections import defaultdict
from collections.abc import Callable
from typing import TypeVar
from uuid import UUID

from .domain import name_of

Event = TypeVar("Event")
Handler = Callable[[object, UUID], None]

_by_name: dict[str, Handler] = {}
_by_event: dict[str, list[str]] = defaultdict(list)


def register(event_type: type[Event], name: str, act: Callable[[Event, UUID], None]) -> None:
    """Let `act(event, event_id)` be called for every event of a type, at least once and in order per person.

    `name` is stable (`life_events.open_plan`): it is how deliveries find their handler after a restart.
    """
    if name in _by_name and _by_name[name] is not act:
        raise ValueError(f"two handlers are called {name}")
    _by_name[name] = act  # type: ignore[assignment]
    if name not in _by_event[name_of(event_type)]:
        _by_event[name_of(event_type)].append(name)


def names_for(event_type: type) -> tuple[str, ...]:
    """Return the names of the handlers of an event type."""
    return tuple(_by_event[name_of(event_type)])


def handler(name: str) -> Handler | None:
    """Return the handler with this name, or None when the room that brought it is gone."""
    return _by_name.get(name)


def forget(name: str) -> None:
    """Remove a handler (a test that brought its own)."""
    _by_name.pop(name, None)
    for names in _by_event.values():
        if name in names:
            names.remove(name)
