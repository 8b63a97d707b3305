"""Read from a registry: authorise, fetch, filter, record durably, release. In that order, always."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from prometheus_client import Counter

from dichterbij.ground.logbook import appending
from dichterbij.ground.logbook import services as logbook
from dichterbij.ground.logbook.domain import Entry, Kind, Receipt, Result
from dichterbij.kernel import clock
from dichterbij.kernel.access import Access
from dichterbij.kernel.identifiers import Number

from . import authorising, fetching, health, restraint
from .answers import Answer, Record, RegistryUnavailable, released
from .domain import Query, RawRecord, SourceRefused, SourceUnavailable

READS = Counter("dichterbij_registry_reads", "People asked about, by activity and source.", ["activity", "source"])


def read(access: Access, query: Query) -> Answer:
    """Return what a registry says of some persons, after a line about each of them is durable.

    Raises `OpenTransaction` inside a transaction, `AccessExpired`, `UnknownActivity`, `ActivityExpired`,
    `FieldNotAllowed`, `InvalidQuery`, `TooManyPeople` (each recorded as refused), `RegistryUnavailable` with since
    when, `SourceRefused`, and `LogbookUnavailable`: then nothing is released.
    """
    appending.refuse_open_transaction()
    _authorise(access, query)
    query = _with_keys(access, query)
    intents = _announce(access, query)
    raw = _fetch(access, query, intents)
    records = {number: released(raw[number], query.fields, query.registry) for number in query.persons if number in raw}
    read_at = clock.now()
    receipts = _record(access, query, intents, raw)
    READS.labels(access.activity.id, query.registry).inc(len(query.persons))
    return Answer(records=records, read_at=read_at, receipts=receipts)


def _authorise(access: Access, query: Query) -> None:
    access.ensure_valid(clock.now())
    with authorising.refusals_recorded(access, query.registry, query.fields):
        authorising.authorise(access, query)
        restraint.ensure_few(access, access.subject.number)


def _with_keys(access: Access, query: Query) -> Query:
    """Read first, through this same door, what to ask a registry that knows no people: which homes are theirs."""
    needed = fetching.keyed_by(query.registry)
    if needed is None:
        return query
    registry, field = needed
    answer = read(access, replace(query, registry=registry, fields=(field,)))
    return replace(query, keys={number: _keys(record, field) for number, record in answer.records.items()})


def _keys(record: Record, field: str) -> tuple[str, ...]:
    found = record.values.get(field)
    if found is None or found.value is None:
        return ()
    return tuple(map(str, found.value)) if isinstance(found.value, tuple) else (str(found.value),)


def _announce(access: Access, query: Query) -> Mapping[Number, UUID]:
    """Record, before another machine is asked, that it is about to be: if we die in between, that shows."""
    if not fetching.is_remote(query.registry):
        return {}
    receipts = logbook.record_all(
        access, [_entry(query, number, Kind.INTENT, Result.ASKED) for number in query.persons]
    )
    return {number: receipt.id for number, receipt in zip(query.persons, receipts, strict=True)}


def _fetch(access: Access, query: Query, intents: Mapping[Number, UUID]) -> Mapping[Number, RawRecord]:
    try:
        raw = fetching.fetch(query)
    except SourceUnavailable as failure:
        since: datetime = health.failed(query.registry)
        _record_failure(access, query, intents)
        raise RegistryUnavailable(query.registry, since) from failure
    except SourceRefused:
        _record_failure(access, query, intents)
        raise
    health.answered(query.registry)
    return raw


def _record(
    access: Access, query: Query, intents: Mapping[Number, UUID], raw: Mapping[Number, RawRecord]
) -> tuple[Receipt, ...]:
    """Write a line about each person asked about, and about each other whose data the answer had to look at."""
    asked = [
        _entry(query, number, Kind.READ, Result.GIVEN if number in raw else Result.NOTHING, intents.get(number))
        for number in query.persons
    ]
    given = [raw[number] for number in query.persons if number in raw]
    others = {number: fields for record in given for number, fields in record.also_about.items()}
    also = [_entry(replace(query, fields=fields), number, Kind.READ, Result.GIVEN) for number, fields in others.items()]
    return logbook.record_all(access, asked + also)


def _record_failure(access: Access, query: Query, intents: Mapping[Number, UUID]) -> None:
    entries = [_entry(query, number, Kind.READ, Result.UNAVAILABLE, intents.get(number)) for number in query.persons]
    logbook.record_all(access, entries)


def _entry(query: Query, number: Number, kind: Kind, outcome: Result, intent: UUID | None = None) -> Entry:
    return Entry(
        kind=kind,
        subject=number,
        registry=query.registry,
        fields=query.fields,
        source=query.registry,
        period=str(query.period or query.at),
        outcome=outcome,
        intent=intent,
    )
