"""Registers that are asked about one person at a time, and answer with everything they know of that person."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from dichterbij.kernel.identifiers import Number

from ..domain import Query, RawRecord, RawValue, SourceRefused
from .source import Json

Read = Callable[[Json], RawValue | None]


@dataclass(frozen=True, slots=True)
class ByPerson:
    """Adapter for such a register. `ask`: ask it about a person, with a trace; `fields`: how each of ours is read."""

    name: str
    ask: Callable[[Number, str], Json]
    fields: Mapping[str, Read]

    def fetch(self, query: Query) -> Mapping[Number, RawRecord]:
        """Return what the register says of each person; raises `SourceUnavailable`, `SourceRefused`."""
        reads = {name: self._read(name) for name in query.fields}
        found = {}
        for person in query.persons:
            answer = self.ask(person, query.trace)
            values = ((name, read(answer)) for name, read in reads.items())
            found[person] = RawRecord(values={name: value for name, value in values if value is not None})
        return found

    def _read(self, name: str) -> Read:
        if name not in self.fields:
            raise SourceRefused(f"De bron {self.name} kent het veld {name} niet.")
        return self.fields[name]
