"""Events: frozen dataclasses in the past tense, written down as plain JSON and read back unchanged."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from types import NoneType, UnionType
from typing import Any, TypeAlias, TypeVar, Union, get_args, get_origin, get_type_hints
from uuid import UUID

from dichterbij.kernel.identifiers import KvkNumber, Oin
from dichterbij.kernel.problems import Problem

Plain: TypeAlias = str | int | bool | list["Plain"] | None
Event = TypeVar("Event")

ATTEMPTS = 10
"""After so many failures an event is parked and shown to the operator."""

_types: dict[str, type] = {}


class UnknownEvent(Problem):
    """An event was written by a version of the product that knew a type which this one does not."""

    code = "unknown-event"
    title = "Dit soort bericht kennen we niet"


class NotYet(Exception):
    """A handler cannot act now for a reason outside this instance: tried again ever later, never parked."""


class State(StrEnum):
    """How far the delivery of an event to one handler is."""

    WAITING = "waiting"
    DONE = "done"
    PARKED = "parked"


def event(cls: type[Event]) -> type[Event]:
    """Declare a frozen dataclass as an event; its name is the room and the class: `cases.DecisionTaken`.

    An event names people by party, never by BSN. Raises TypeError for a field that cannot be written down.
    """
    if not is_dataclass(cls) or not cls.__dataclass_params__.frozen:  # type: ignore[attr-defined]
        raise TypeError(f"{cls.__name__} must be a frozen dataclass; put @event above @dataclass(frozen=True)")
    for hint in get_type_hints(cls).values():
        _require_writable(hint)
    _types[name_of(cls)] = cls
    return cls


def name_of(cls: type) -> str:
    """Return the name under which an event type is written."""
    parts = cls.__module__.split(".")
    room = parts[2] if len(parts) > 2 else parts[-1]
    return f"{room}.{cls.__name__}"


def write(happened: object) -> dict[str, Plain]:
    """Return an event as plain JSON values."""
    return {field.name: _plain(getattr(happened, field.name)) for field in fields(happened)}  # type: ignore[arg-type]


def read(name: str, written: Mapping[str, Plain]) -> object:
    """Return the event that `write` wrote; raises `UnknownEvent`."""
    if name not in _types:
        raise UnknownEvent(f"Soort: {name}.")
    hints = get_type_hints(_types[name])
    return _types[name](**{key: _restored(hints[key], value) for key, value in written.items() if key in hints})


def pause_after(failures: int) -> timedelta:
    """Return how long to wait before trying again: 2, 4, 8 ... seconds, at most an hour.

    >>> pause_after(1), pause_after(20)
    (datetime.timedelta(seconds=2), datetime.timedelta(seconds=3600))
    """
    return timedelta(seconds=min(2 ** min(failures, 12), 3600))


def _plain(value: Any) -> Plain:
    match value:
        case Oin() | KvkNumber():
            return value.value
        case UUID():
            return str(value)
        case date():
            return value.isoformat()
        case tuple():
            return [_plain(item) for item in value]
        case None | str() | int():
            return value
    raise TypeError(f"an event cannot hold a {type(value).__name__}")


def _restored(hint: Any, value: Plain) -> Any:
    if value is None:
        return None
    if get_origin(hint) in {Union, UnionType}:
        return _restored(next(kind for kind in get_args(hint) if kind is not NoneType), value)
    if get_origin(hint) is tuple:
        assert isinstance(value, list)  # noqa: S101 write() made it
        return tuple(_restored(get_args(hint)[0], item) for item in value)
    if issubclass(hint, date):
        return hint.fromisoformat(value)
    return value if hint in {str, int, bool} else hint(value)


def _require_writable(hint: Any) -> None:
    if get_origin(hint) in {Union, UnionType, tuple}:
        for kind in get_args(hint):
            if kind not in {NoneType, Ellipsis}:
                _require_writable(kind)
        return
    known = (str, int, UUID, date, datetime, Oin, KvkNumber)
    if not (isinstance(hint, type) and issubclass(hint, known)):
        raise TypeError(f"an event cannot hold a {hint}")
