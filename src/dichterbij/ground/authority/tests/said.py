"""Registers for the tests: one that says the same of everybody, one that does not answer."""

from collections.abc import Mapping
from dataclasses import replace

from dichterbij.ground.registry.domain import Query, RawRecord, RawValue, SourceUnavailable, Value
from dichterbij.kernel.identifiers import Bsn


class Register:
    """A register that says the same of everybody."""

    def __init__(self, **values: Value) -> None:
        self.values = values

    def fetch(self, query: Query) -> Mapping[Bsn, RawRecord]:
        """Return what was told, as far as it is asked."""
        told = {name: value for name, value in self.values.items() if name in query.fields and value is not None}
        said = {name: RawValue(value=value) for name, value in told.items()}
        return {bsn: RawRecord(values=said) for bsn in query.persons}


class OfEach:
    """A register that says something of some."""

    def __init__(self, several: Mapping[Bsn, Mapping[str, Value]]) -> None:
        self.several = several

    def fetch(self, query: Query) -> Mapping[Bsn, RawRecord]:
        """Return what was told of each, as far as it is asked."""
        return {
            bsn: record
            for bsn in query.persons
            for record in Register(**self.several.get(bsn, {})).fetch(replace(query, persons=(bsn,))).values()
        }


class Silent:
    """A register that does not answer."""

    def fetch(self, query: Query) -> Mapping[Bsn, RawRecord]:
        """Say that it cannot."""
        raise SourceUnavailable("Geen antwoord.")
