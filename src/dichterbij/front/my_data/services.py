"""Fetch what the registries say about the person who asks, and forget it again."""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor, wait
from contextvars import copy_context
from dataclasses import asdict
from datetime import date, datetime, timedelta
from functools import cache
from uuid import UUID

from django.db import connections
from django.db.models import Q

from dichterbij.ground.assessment.laws import current_laws
from dichterbij.ground.authority import tasks
from dichterbij.ground.authority.services import require
from dichterbij.ground.identity.domain import Login
from dichterbij.ground.identity.register_events import RecordChanged
from dichterbij.ground.organisations import keys
from dichterbij.ground.registry import activities
from dichterbij.ground.registry.answers import Answer, RegistryUnavailable
from dichterbij.ground.registry.domain import Query, SourceRefused, Value
from dichterbij.ground.registry.services import read
from dichterbij.kernel import clock
from dichterbij.kernel.access import Access, Permission
from dichterbij.kernel.identifiers import Bsn
from dichterbij.kernel.periods import Period
from dichterbij.law import FactDefinition

from .domain import Kept, Plain
from .models import Snapshot

PURPOSE = "my_data.snapshot"
KEEP = timedelta(days=1)
MATTERS = "vorderingen.zaken"
PLAIN_FIELDS = ("naam.volledigeNaam", "adressering.adresregel1", "adressering.adresregel2", MATTERS)
AT_ONCE = 8
"""Questions at the same time in one process: each may hold a connection to both databases."""
YEARS_BACK = 2
"""Yearly facts are shown for this year and the two before: the years that present rights are decided on."""


def may_read(login: Login | None, task: str) -> Access:
    """Return access to one's own data for `portaal.mijn-gegevens` or `portaal.wie-keek`."""
    return require(login, tasks.of_portal(task), Permission.READ)


def refresh(access: Access) -> None:
    """Ask every registry again for the data of the person themself; keep what came, and who did not answer.

    All at the same time: what hangs costs its own deadline, not that of the others too.
    """
    asked = [
        _pool().submit(copy_context().run, _refresh_apart, access, registry, facts)
        for registry, facts in facts_by_registry(access.activity.id).items()
    ]
    wait(asked)
    for each in asked:
        each.result()


def facts_by_registry(activity: str) -> Mapping[str, list[FactDefinition]]:
    """Return per registry the facts of a person that the activity may ask, in the order of the vocabulary."""
    allowed = activities.allowed_fields(activity)
    found: dict[str, list[FactDefinition]] = defaultdict(list)
    fields: set[tuple[str, str]] = set()
    for fact in current_laws().vocabulary.facts.values():
        key = (fact.registry, fact.field)
        if fact.shown_to != "nobody" and fact.field in allowed.get(fact.registry, frozenset()) and key not in fields:
            fields.add(key)
            found[fact.registry].append(fact)
    return found


def plain_fields(activity: str, registry: str) -> tuple[str, ...]:
    """Return the fields that a person wants to see and no law asks, such as the name."""
    allowed = activities.allowed_fields(activity).get(registry, frozenset())
    return tuple(field for field in PLAIN_FIELDS if field in allowed)


@cache
def _pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(AT_ONCE, thread_name_prefix="my-data")


def _refresh_apart(access: Access, registry: str, facts: list[FactDefinition]) -> None:
    """Do it in a thread, which has connections of its own and closes them."""
    try:
        _refresh_one(access, registry, facts)
    finally:
        connections.close_all()


def _refresh_one(access: Access, registry: str, facts: list[FactDefinition]) -> None:
    bsn = access.subject.bsn
    if bsn is None:
        return
    values: dict[str, object] = {"organisation": str(access.organisation), "unavailable_since": None, "silent": ""}
    try:
        kept = [asdict(value) for value in _read_all(access, registry, facts, bsn)]
    except RegistryUnavailable as failure:
        values |= {"unavailable_since": failure.since, "silent": failure.registry}
    except SourceRefused:
        # one source that refuses us must not hide the others
        values |= {"unavailable_since": clock.now(), "silent": registry}
    else:
        content = json.dumps(kept, default=str).encode()
        values |= {
            "sealed": keys.seal(access.organisation, content, purpose=PURPOSE),
            "read_at": clock.now(),
            "changed_at": None,
        }
    Snapshot.objects.update_or_create(party=access.subject.party, registry=registry, defaults=values)


def _read_all(access: Access, registry: str, facts: list[FactDefinition], bsn: Bsn) -> Iterator[Kept]:
    today = clock.today()
    standing = [fact for fact in facts if fact.period != "year"]
    yearly = [fact for fact in facts if fact.period == "year"]
    plain = plain_fields(access.activity.id, registry)
    if standing or plain:
        fields = (*plain, *(fact.field for fact in standing))
        answer = _ask(access, registry, fields, bsn, None)
        yield from _plain_values(answer, bsn, plain)
        yield from _values(answer, bsn, standing, None)
    for year in range(today.year, today.year - YEARS_BACK - 1, -1) if yearly else ():
        fields = tuple(fact.field for fact in yearly)
        yield from _values(_ask(access, registry, fields, bsn, Period.year(year)), bsn, yearly, year)


def _ask(access: Access, registry: str, fields: tuple[str, ...], bsn: Bsn, period: Period | None) -> Answer:
    at: date = period.first if period else clock.today()
    query = Query(registry=registry, persons=(bsn,), fields=fields, at=at, period=period, trace=access.trace)
    return read(access, query)


def _plain_values(answer: Answer, bsn: Bsn, fields: tuple[str, ...]) -> Iterator[Kept]:
    record = answer.records.get(bsn)
    for field in fields:
        if record and (found := record.values.get(field)):
            yield Kept(
                fact=field,
                value=_plain(found.value),
                year=None,
                valid_from=found.valid_from,
                in_investigation=found.in_investigation,
            )


def _plain(value: Value) -> Plain:
    """Return a value that no law asks as it is kept."""
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return {key: _plain(item) for key, item in value.items()} if isinstance(value, Mapping) else value


def _values(answer: Answer, bsn: Bsn, facts: list[FactDefinition], year: int | None) -> Iterator[Kept]:
    record = answer.records.get(bsn)
    for fact in facts:
        found = record.values.get(fact.field) if record else None
        if found is None and year is not None:
            continue
        yield Kept(
            fact=fact.name,
            value=_without_numbers(fact, found.value) if found else None,
            year=year,
            valid_from=found.valid_from if found else None,
            in_investigation=bool(found and found.in_investigation),
        )


def _without_numbers(fact: FactDefinition, value: Value) -> Plain:
    """Return a value to keep: of related people only how many there are, not their numbers."""
    if isinstance(value, tuple):
        return ["" if fact.is_relation else _without_numbers(fact, item) for item in value]
    if isinstance(value, Mapping):
        return {key: _without_numbers(fact, item) for key, item in value.items()}
    return "" if fact.is_relation and value is not None else value


def note_change(event: RecordChanged, _event_id: UUID) -> None:
    """Note that a source says something else of somebody since they asked it; nothing is read."""
    asked = Snapshot.objects.filter(party=event.party, registry=event.registry, read_at__isnull=False)
    asked.update(changed_at=clock.now())


def forget_old(now: datetime) -> int:
    """Remove what was fetched more than a day ago; returns how many rows."""
    old = Snapshot.objects.filter(Q(read_at__lt=now - KEEP) | Q(read_at=None, unavailable_since__lt=now - KEEP))
    return old.delete()[0]
