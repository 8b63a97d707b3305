"""The person's own data for one decision: asked of the sources at that moment, logged first, and not kept.

Only what somebody may see of themself under `portaal.mijn-gegevens`; data of others are never shown here.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from dichterbij.ground.assessment.laws import current_laws
from dichterbij.ground.registry import activities
from dichterbij.ground.registry.answers import RegistryUnavailable
from dichterbij.ground.registry.domain import Query, SourceRefused, Value
from dichterbij.ground.registry.services import read
from dichterbij.kernel import clock
from dichterbij.kernel.access import Access
from dichterbij.kernel.formats import date_long, euro, number
from dichterbij.kernel.periods import Period
from dichterbij.law import FactDefinition
from dichterbij.law.labels import labels_for

from .domain import Datum, Decision

ACTIVITY = "portaal.mijn-gegevens"


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """One datum of the person. `values`: as the source gives them, none when it has nothing; `year`: of which."""

    datum: Datum
    values: tuple[str, ...] = field(repr=False)
    year: int | None
    is_available: bool


def shown(found: Decision) -> tuple[Datum, ...]:
    """Return which data of a decision somebody can see of themself."""
    allowed = activities.allowed_fields(ACTIVITY)
    vocabulary = current_laws().vocabulary
    return tuple(
        each
        for each in found.known
        if each.of_self and each.field in allowed.get(each.registry, ()) and vocabulary[each.fact].shown_to != "nobody"
    )


def own(access: Access, found: Decision, language: str) -> tuple[Own, ...]:
    """Read the person's own data for a decision, each source once for each year it is asked for."""
    return tuple(each for group in _groups(found) for each in _read(access, group, language))


def _groups(found: Decision) -> list[list[Datum]]:
    groups: dict[tuple[str, int | None], list[Datum]] = {}
    for datum in shown(found):
        groups.setdefault((datum.registry, _year(current_laws().vocabulary[datum.fact])), []).append(datum)
    return list(groups.values())


def _year(fact: FactDefinition) -> int | None:
    """Return the year a fact is asked of for a decision of today; None for what holds now."""
    if fact.period != "year":
        return None
    offset = fact.source.get("year_offset", 0)
    return clock.today().year + (offset if isinstance(offset, int) else 0)


def _read(access: Access, group: list[Datum], language: str) -> Iterator[Own]:
    bsn, year = access.subject.bsn, _year(current_laws().vocabulary[group[0].fact])
    if bsn is None:
        return
    period = Period.year(year) if year else None
    fields = tuple(dict.fromkeys(each.field for each in group))
    query = Query(
        registry=group[0].registry,
        persons=(bsn,),
        fields=fields,
        at=period.first if period else clock.today(),
        period=period,
        trace=access.trace,
    )
    try:
        record = read(access, query).records.get(bsn)
    except (RegistryUnavailable, SourceRefused):
        yield from (Own(datum=each, values=(), year=year, is_available=False) for each in group)
        return
    for each in group:
        value = record.values.get(each.field) if record else None
        told = _told(current_laws().vocabulary[each.fact], value.value if value else None, language)
        yield Own(datum=each, values=told, year=year, is_available=True)


def _told(fact: FactDefinition, value: Value, language: str) -> tuple[str, ...]:
    """Return a value in words; of related people only how many there are."""
    items = value if isinstance(value, tuple) else (value,) if value is not None else ()
    if fact.is_relation and items:
        words = labels_for(current_laws(), language).words
        return (f"{len(items)} {words['persons' if len(items) > 1 else 'person']}",)
    return tuple(_one_told(fact, item, language) for item in items)


def _one_told(fact: FactDefinition, value: Value, language: str) -> str:
    labels = labels_for(current_laws(), language)
    if isinstance(value, bool):
        return labels.words["ja" if value else "nee"]
    if isinstance(value, int):
        return euro(value, language) if fact.type == "amount" else number(value, language)
    if fact.type == "date" and isinstance(value, str) and len(value) == len("2026-06-15"):
        return date_long(date.fromisoformat(value), language)
    return labels.fact(fact.name).values.get(str(value), str(value))
