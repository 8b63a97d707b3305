"""Ask a register about people or companies, and read its answer; by what name it has what authority asks."""

from collections.abc import Mapping
from typing import TypeVar

from dichterbij.ground.registry import services as registry
from dichterbij.ground.registry.domain import Query, Value
from dichterbij.kernel import clock
from dichterbij.kernel.access import Access
from dichterbij.kernel.identifiers import Bsn, KvkNumber

BORN, DIED, NAME = "geboorte.datum", "overlijden.datum", "naam.volledigeNaam"
Numbered = TypeVar("Numbered", Bsn, KvkNumber)
Row = Mapping[str, Value]


def said_by(
    access: Access, register: str, several: tuple[Numbered, ...], fields: tuple[str, ...]
) -> Mapping[Numbered, Row]:
    """Return what a register says in some fields of each whom it knows; nobody is asked about nobody.

    Raises `RegistryUnavailable` and `SourceRefused`.
    """
    if not several:
        return {}
    query = Query(registry=register, persons=several, fields=fields, at=clock.today())
    records = registry.read(access, query).records
    known = ((number, records[number].values) for number in several if number in records)
    return {number: {name: each.value for name, each in values.items()} for number, values in known}


def rows_of(records: Mapping[Bsn, Row], bsn: Bsn, name: str) -> list[Row]:
    """Return the rows of a field of somebody; none when the register has none."""
    value = records.get(bsn, {}).get(name)
    return [row for row in value if isinstance(row, Mapping)] if isinstance(value, tuple) else []
