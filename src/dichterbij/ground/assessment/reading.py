"""Read the facts a law asks, through the gateway: one question per registry and round, for exactly these fields.

What was read for one question of an act is not read again for the next one of the same act.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from dichterbij.ground.registry import services as registry
from dichterbij.ground.registry.answers import Answer, RegistryUnavailable
from dichterbij.ground.registry.domain import Query, SourceRefused
from dichterbij.ground.registry.domain import Value as RegistryValue
from dichterbij.kernel import clock
from dichterbij.kernel.access import Access
from dichterbij.kernel.identifiers import Number
from dichterbij.kernel.periods import Period
from dichterbij.law import FactDefinition


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """One field of one person or company at one registry, as it was on a day or over a year."""

    registry: str
    field: str
    number: Number
    at: date
    period: Period | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a registry said. `is_present` False: it has no row or value."""

    is_present: bool
    value: RegistryValue
    valid_from: date | None
    read_at: datetime
    in_investigation: bool = False


def wanted(fact: FactDefinition, number: Number, on: date) -> Wanted:
    """Return where a fact is read, for a question about a day: a fact of a year as of its 1 January."""
    if fact.period != "year":
        return Wanted(registry=fact.registry, field=fact.field, number=number, at=on, period=None)
    offset = fact.source.get("year_offset", 0)
    year = on.year + (offset if isinstance(offset, int) else 0)
    return Wanted(
        registry=fact.registry, field=fact.field, number=number, at=date(year, 1, 1), period=Period.year(year)
    )


class Reader:
    """Reads for one access and remembers what it read, and which sources are down."""

    def __init__(self, access: Access) -> None:
        self.access = access
        self.down: dict[str, datetime] = {}
        self._found: dict[Wanted, Found] = {}

    def read(self, fields: Iterable[Wanted]) -> Mapping[Wanted, Found]:
        """Return what the registries say; what a source that is down should have said is left out."""
        fields = list(fields)
        for query in _queries(each for each in fields if each not in self._found and each.registry not in self.down):
            self._ask(query)
        return {each: self._found[each] for each in fields if each in self._found}

    def _ask(self, query: Query) -> None:
        try:
            answer = registry.read(self.access, query)
        except RegistryUnavailable as failure:
            self.down[query.registry] = failure.since
        except SourceRefused:
            self.down[query.registry] = clock.now()
        else:
            self._remember(query, answer)

    def _remember(self, query: Query, answer: Answer) -> None:
        for number in query.persons:
            for name in query.fields:
                place = Wanted(registry=query.registry, field=name, number=number, at=query.at, period=query.period)
                self._found[place] = _found(answer, number, name)


def _found(answer: Answer, number: Number, name: str) -> Found:
    record = answer.records.get(number)
    value = record.values.get(name) if record else None
    if value is None or value.value is None:
        return Found(is_present=False, value=None, valid_from=None, read_at=answer.read_at)
    return Found(
        is_present=True,
        value=value.value,
        valid_from=value.valid_from,
        read_at=answer.read_at,
        in_investigation=value.in_investigation,
    )


def _queries(fields: Iterable[Wanted]) -> list[Query]:
    """Put together what can be asked at once: people of whom the same fields of the same day are wanted."""
    per_person: dict[tuple[str, date, Period | None, Number], list[str]] = defaultdict(list)
    for each in fields:
        names = per_person[each.registry, each.at, each.period, each.number]
        names += [] if each.field in names else [each.field]
    together: dict[tuple[str, date, Period | None, tuple[str, ...]], list[Number]] = defaultdict(list)
    for (source, at, period, number), names in per_person.items():
        together[source, at, period, tuple(sorted(names))].append(number)
    return [
        Query(registry=source, persons=tuple(persons), fields=names, at=at, period=period)
        for (source, at, period, names), persons in together.items()
    ]
