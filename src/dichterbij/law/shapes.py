# ruff: noqa: ARG002 every shape is asked in the same way
"""The building stones to say what a law file may hold: texts, flags, lists, records, per format version."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Protocol, TypeAlias

from .document import Raw
from .model import SchemaVersion

Finding: TypeAlias = tuple[str, str, str]
"""Path, name of the defect, and a sentence."""


class Shape(Protocol):
    """What may stand somewhere in a law file."""

    def findings(self, value: Raw, path: str, version: SchemaVersion) -> Iterator[Finding]:
        """Yield what is wrong with a value at a path."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text, of a form or from a closed set; `since` gives words that came with a later version."""

    form: str = ""
    example: str = ""
    choices: tuple[str, ...] = ()
    since: Mapping[str, SchemaVersion] = field(default_factory=dict)

    def findings(self, value: Raw, path: str, version: SchemaVersion) -> Iterator[Finding]:
        """Yield what is wrong with a text."""
        if not isinstance(value, str):
            yield path, "WrongType", f"Hier hoort een tekst{self._like()}, maar er staat {said(value)}."
        elif self.form and not re.fullmatch(self.form, value):
            yield path, "WrongForm", f"'{value}' heeft niet de juiste vorm{self._like()}."
        elif self.choices and value not in self._allowed(version):
            yield path, "UnknownWord", f"'{value}' bestaat hier niet. Kies uit: {', '.join(self._allowed(version))}."

    def _like(self) -> str:
        return f", zoals '{self.example}'" if self.example else ""

    def _allowed(self, version: SchemaVersion) -> list[str]:
        return [word for word in self.choices if self.since.get(word, version) <= version]


@dataclass(frozen=True, slots=True)
class Flag:
    """Yes or no."""

    def findings(self, value: Raw, path: str, version: SchemaVersion) -> Iterator[Finding]:
        """Yield what is wrong with a flag."""
        if not isinstance(value, bool):
            yield path, "WrongType", f"Hier hoort true of false, maar er staat {said(value)}."


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number between bounds."""

    lowest: int | None = None
    highest: int | None = None

    def findings(self, value: Raw, path: str, version: SchemaVersion) -> Iterator[Finding]:
        """Yield what is wrong with a whole number."""
        if isinstance(value, bool) or not isinstance(value, int):
            yield path, "WrongType", f"Hier hoort een heel getal, maar er staat {said(value)}."
        elif (self.lowest is not None and value < self.lowest) or (self.highest is not None and value > self.highest):
            yield path, "OutOfRange", f"{value} ligt buiten {self.lowest} tot {self.highest}."


@dataclass(frozen=True, slots=True)
class Number:
    """Any number."""

    def findings(self, value: Raw, path: str, version: SchemaVersion) -> Iterator[Finding]:
        """Yield what is wrong with a number."""
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            yield path, "WrongType", f"Hier hoort een getal, maar er staat {said(value)}."


@dataclass(frozen=True, slots=True)
class Anything:
    """No rule."""

    def findings(self, value: Raw, path: str, version: SchemaVersion) -> Iterator[Finding]:
        """Yield nothing."""
        yield from ()


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list of one kind of thing; `label` is the key that names an item in a path."""

    item: Shape
    label: str = ""

    def findings(self, value: Raw, path: str, version: SchemaVersion) -> Iterator[Finding]:
        """Yield what is wrong with a list and its items."""
        if not isinstance(value, list):
            yield path, "WrongType", f"Hier hoort een lijst, maar er staat {said(value)}."
            return
        for index, item in enumerate(value):
            name = item.get(self.label) if isinstance(item, dict) and self.label else None
            segment = name.replace(".", "_") if isinstance(name, str) else str(index)
            yield from self.item.findings(item, f"{path}.{segment}", version)


@dataclass(frozen=True, slots=True)
class MapOf:
    """Names with one kind of value each."""

    item: Shape

    def findings(self, value: Raw, path: str, version: SchemaVersion) -> Iterator[Finding]:
        """Yield what is wrong with the values."""
        if not isinstance(value, dict):
            yield path, "WrongType", f"Hier horen namen met waarden, maar er staat {said(value)}."
            return
        for name, item in value.items():
            yield from self.item.findings(item, f"{path}.{name}", version)


@dataclass(frozen=True, slots=True)
class Key:
    """A field of a record: its shape, whether it must be there, and the versions that know it."""

    shape: Shape
    required: bool = False
    since: SchemaVersion = (0, 0, 0)
    until: SchemaVersion = (99, 0, 0)

    def is_known(self, version: SchemaVersion) -> bool:
        """Say whether a version of the format has this field."""
        return self.since <= version < self.until


Check: TypeAlias = Callable[[Mapping[str, Raw], str, SchemaVersion], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class Record:
    """Fields by name. A closed record knows no other fields, up to the version `open_from`."""

    keys: Mapping[str, Key]
    closed: bool = True
    open_from: SchemaVersion = (99, 0, 0)
    checks: tuple[Check, ...] = ()

    def findings(self, value: Raw, path: str, version: SchemaVersion) -> Iterator[Finding]:
        """Yield what is wrong with a record."""
        if not isinstance(value, dict):
            yield path, "WrongType", f"Hier horen velden met waarden, maar er staat {said(value)}."
            return
        yield from self._missing(value, path, version)
        for name, item in value.items():
            at = f"{path}.{name}" if path else name
            key = self.keys.get(name)
            if key is not None and key.is_known(version):
                yield from key.shape.findings(item, at, version)
            elif self.closed and version < self.open_from:
                yield at, "UnknownField", _unknown_field(name, key, version)
        for check in self.checks:
            yield from check(value, path, version)

    def _missing(self, value: Mapping[str, Raw], path: str, version: SchemaVersion) -> Iterator[Finding]:
        for name, key in self.keys.items():
            if key.required and key.is_known(version) and name not in value:
                yield (f"{path}.{name}" if path else name), "MissingField", f"Het veld '{name}' ontbreekt."


def _unknown_field(name: str, key: Key | None, version: SchemaVersion) -> str:
    written = ".".join(map(str, version))
    if key is None:
        return f"Het veld '{name}' kent het formaat hier niet."
    return f"Het veld '{name}' kent versie {written} van het formaat hier niet."


def said(value: Raw) -> str:
    """Return what stands there, in words."""
    match value:
        case None:
            return "niets"
        case bool():
            return "waar" if value else "onwaar"
        case int() | Decimal():
            return f"het getal {value}"
        case str():
            return f"de tekst '{value[:40]}'"
        case list():
            return "een lijst"
        case _:
            return "een groep velden"
