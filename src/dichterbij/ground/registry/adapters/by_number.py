"""Registries with one way to ask: numbers of persons and groups of fields, answered per person; a company at a time.

An adapter of such a registry is a path and a table: which of our fields is read from which group, and how.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from dichterbij.kernel.identifiers import Bsn, KvkNumber, Number

from ..domain import NotAtSource, Query, RawRecord, RawValue, SourceRefused
from .source import Source, in_groups

Read = Callable[[Any, date], RawValue | None]


@dataclass(frozen=True, slots=True)
class Field:
    """A field of ours: the group of the answer it is in, and how it is read for a day; None when there is no row."""

    group: str
    read: Read


@dataclass(frozen=True, slots=True)
class ByNumber:
    """Adapter for a registry that is asked by number. `companies`: where it tells what is public about a company."""

    source: Source
    path: str
    fields: Mapping[str, Field]
    companies: str = ""

    def fetch(self, query: Query) -> Mapping[Number, RawRecord]:
        """Return what the registry says of each one it knows; raises `SourceUnavailable`, `SourceRefused`."""
        asked = {name: self._field(name) for name in query.fields}
        groups = list(dict.fromkeys(field.group for field in asked.values()))
        found: dict[Number, RawRecord] = {}
        for numbers in in_groups(tuple(each for each in query.persons if isinstance(each, Bsn))):
            body = {"burgerservicenummer": numbers, "fields": groups}
            for person in self.source.ask(self.path, body, trace=query.trace).get("personen", ()):
                found[Bsn(person["burgerservicenummer"])] = _record(person, asked, moment(query))
        for company in (each for each in query.persons if isinstance(each, KvkNumber)):
            found[company] = _record(self._company(company, query.trace), asked, moment(query))
        return found

    def _company(self, number: KvkNumber, trace: str) -> Mapping[str, Any]:
        """Return what is public about a company; nothing for one the registry does not know."""
        if not self.companies:
            raise SourceRefused(f"De bron {self.source.name} kent geen ondernemingen.")
        try:
            return self.source.look_up(f"{self.companies}{number.value}", trace=trace)
        except NotAtSource:
            return {}

    def _field(self, name: str) -> Field:
        if name not in self.fields:
            raise SourceRefused(f"De bron {self.source.name} kent het veld {name} niet.")
        return self.fields[name]


def _record(person: Mapping[str, Any], asked: Mapping[str, Field], on: date) -> RawRecord:
    values = {}
    for name, field in asked.items():
        if field.group in person and (value := field.read(person[field.group], on)) is not None:
            values[name] = value
    return RawRecord(values=values)


def moment(query: Query) -> date:
    """Return the day to look at: the day asked, or the day of the period nearest to it."""
    if query.period is None:
        return query.at
    return min(max(query.at, query.period.first), query.period.last)


def running(rows: list[Mapping[str, Any]], on: date) -> Mapping[str, Any] | None:
    """Return the row that runs on a day (`ingangsdatum` to `einddatum`, both included); the latest when several do."""
    day = on.isoformat()
    rows = [row for row in rows if row["ingangsdatum"] <= day <= row.get("einddatum", day)]
    return max(rows, key=lambda row: str(row["ingangsdatum"]), default=None)


def since(row: Mapping[str, Any], value: str | int | bool | tuple[str, ...]) -> RawValue:
    """Return a value with the day from which its row holds."""
    starts = row.get("ingangsdatum")
    return RawValue(value=value, valid_from=date.fromisoformat(starts) if starts else None)


def plain(key: str) -> Read:
    """Return a way to read a value that stands in a group as it is; a missing or empty one has no row."""

    def read(group: Mapping[str, Any], _on: date) -> RawValue | None:
        return None if group.get(key) is None else since(group, group[key])

    return read


def of_running(key: str) -> Read:
    """Return a way to read a value of the row that runs on the day."""

    def read(rows: list[Mapping[str, Any]], on: date) -> RawValue | None:
        row = running(rows, on)
        return None if row is None or row.get(key) is None else since(row, row[key])

    return read
