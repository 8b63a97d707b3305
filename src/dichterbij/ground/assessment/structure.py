"""Frozen dataclasses as plain JSON and back, by their type hints: how a sealed assessment is written."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints
from uuid import UUID

from dichterbij.kernel.identifiers import Oin
from dichterbij.kernel.periods import Period
from dichterbij.law.written import as_json

Whole = TypeVar("Whole")


def written(value: Any) -> Any:
    """Return a value as JSON."""
    if isinstance(value, Mapping):
        return {str(key): written(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [written(item) for item in value]
    if isinstance(value, UUID | Period | Oin | date | Enum):
        return _text(value)
    if is_dataclass(value):
        return {each.name: written(getattr(value, each.name)) for each in fields(value)}
    return as_json(value)


def _text(value: UUID | Period | Oin | date | Enum) -> str:
    if isinstance(value, date):
        return value.isoformat()
    return str(value.value if isinstance(value, Oin | Enum) else value)


def restored(hint: type[Whole], data: Any) -> Whole:
    """Return the value of a type that `written` wrote."""
    return _restored(hint, data)  # type: ignore[no-any-return]


def _restored(hint: Any, data: Any) -> Any:
    origin, args = get_origin(hint), get_args(hint)
    if data is None:
        return None
    if origin in {Union, UnionType}:
        kinds = [kind for kind in args if kind is not NoneType]
        return _restored(kinds[0], data) if len(kinds) == 1 else data
    if origin is tuple:
        return tuple(_restored(args[0], item) for item in data)
    if origin is not None and issubclass(origin, Mapping):
        return {key: _restored(args[1], item) for key, item in data.items()}
    return _single(hint, data)


def _single(hint: Any, data: Any) -> Any:
    if hint is Period:
        return Period.parse(data)
    if isinstance(hint, type) and issubclass(hint, date):
        return hint.fromisoformat(data)
    if isinstance(hint, type) and issubclass(hint, UUID | Enum | Oin):
        return hint(data)
    if isinstance(hint, type) and is_dataclass(hint):
        hints = _hints(hint)
        return hint(**{name: _restored(hints[name], item) for name, item in data.items() if name in hints})
    return data


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)
