"""Registries of these tests: a table per source, asked through the real gateway, with the real laws."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from dichterbij.ground.registry import adapters, fetching, health
from dichterbij.ground.registry.domain import Query, RawRecord, RawValue, SourceUnavailable
from dichterbij.kernel.identifiers import Bsn

STUDENT, MOTHER, FATHER, FRIEND = Bsn("999993653"), Bsn("999990019"), Bsn("999995200"), Bsn("999995212")


class Registries:
    """What each registry says, per person and field; `asked` remembers every question, `down` who does not answer."""

    def __init__(self) -> None:
        self.rows: dict[str, dict[Bsn, dict[str, Any]]] = {}
        self.asked: list[Query] = []
        self.down: set[str] = set()

    def say(self, registry: str, bsn: Bsn, **_none: Any) -> dict[str, Any]:
        return self.rows.setdefault(registry, {}).setdefault(bsn, {})

    def fields_of(self, bsn: Bsn) -> set[str]:
        return {name for query in self.asked if bsn in query.persons for name in query.fields}


class Table:
    def __init__(self, registries: Registries) -> None:
        self.registries = registries

    def fetch(self, query: Query) -> Mapping[Bsn, RawRecord]:
        self.registries.asked.append(query)
        if query.registry in self.registries.down:
            raise SourceUnavailable
        rows = self.registries.rows.get(query.registry, {})
        return {bsn: _record(rows[bsn], query) for bsn in query.persons if bsn in rows}


def _record(row: dict[str, Any], query: Query) -> RawRecord:
    return RawRecord(values={name: RawValue(value=row[name]) for name in query.fields if row.get(name) is not None})


@pytest.fixture
def registries() -> Iterator[Registries]:
    """A student of 24 in vocational education; her mother has died, her father earns little."""
    found = Registries()
    fetching._connect()
    before = {name: adapters.adapter(name) for name in adapters.names()}
    for name in ("brp", "belastingdienst", "rvz", "duo", "svb", "uwv", "huur"):
        adapters.register(name, Table(found))
    _student(found)
    yield found
    for name, adapter in before.items():
        adapters.register(name, adapter)
    for name in health.down():
        health.answered(name)


def _student(found: Registries) -> None:
    found.say("brp", STUDENT).update(
        {
            "geboorte.datum": "2002-02-11",
            "verblijfplaats.gebied": "NL",
            "nationaliteiten.gelijkgesteldMetNederlander": True,
            "verblijfstitel.rechtmatigVerblijf": True,
            "ouders.1.burgerservicenummer": MOTHER.value,
            "ouders.2.burgerservicenummer": FATHER.value,
        }
    )
    found.say("brp", MOTHER).update({"geboorte.datum": "1970-01-01", "overlijden.datum": "2026-06-08"})
    found.say("brp", FATHER).update({"geboorte.datum": "1968-01-01", "verblijfplaats.gebied": "NL"})
    found.say("duo", STUDENT).update(
        {
            "inschrijving.onderwijssoort": "mbo_bol",
            "inschrijving.niveau": 4,
            "inschrijving.vorm": "voltijd",
            "studiefinanciering.eersteMaand": "2024-08-01",
            "studiefinanciering.woonsituatie": "uitwonend",
        }
    )
    found.say("belastingdienst", STUDENT).update(
        {"inkomensgegeven.verzamelinkomen": 640_000, "vermogen.rendementsgrondslag": 230_000}
    )
    found.say("belastingdienst", FATHER).update({"inkomensgegeven.verzamelinkomen": 2_150_000})
    found.say("rvz", STUDENT).update({"verzekering.zvw": True})
