"""Who of somebody's family has died, as the population register says. Asked only when the person opens a plan."""

from collections.abc import Iterable, Mapping
from datetime import date

from dichterbij.ground.registry import services as registry
from dichterbij.ground.registry.answers import Record
from dichterbij.ground.registry.domain import Query
from dichterbij.kernel import clock
from dichterbij.kernel.access import Access
from dichterbij.kernel.dates import add_months
from dichterbij.kernel.identifiers import Bsn
from dichterbij.kernel.problems import InvalidIdentifier

from .about import Deceased, Relation

BRP = "brp"
MONTHS_BACK = 36
"""A plan is for a recent death; longer ago every term in it is over."""
MUNICIPALITY = "gemeenteVanInschrijving.code"
DIED, NAME, PARTNER_AT_DEATH = "overlijden.datum", "naam.volledigeNaam", "partners.bijOverlijden.burgerservicenummer"
# What the person was to a relative found in this field of their own record.
RELATIONS: Mapping[str, Relation] = {
    "partners.burgerservicenummer": Relation.PARTNER,
    "partners.voormalig": Relation.PARTNER,
    "ouders.1.burgerservicenummer": Relation.CHILD,
    "ouders.2.burgerservicenummer": Relation.CHILD,
    "kinderen.burgerservicenummer": Relation.PARENT,
}


def own_record(access: Access) -> Record | None:
    """Return the person's own relations and residence; None for who is not in the register."""
    bsn = access.subject.bsn
    if bsn is None:
        return None
    fields = (*RELATIONS, MUNICIPALITY)
    return registry.read(access, _about([bsn], fields)).records.get(bsn)


def deceased(access: Access, own: Record) -> tuple[Deceased, ...]:
    """Return the relatives who died in the last three years, latest first.

    Of the living nothing is asked but whether they died.
    """
    related = _related(own)
    if not related:
        return ()
    deaths = registry.read(access, _about(related, (DIED,))).records
    first = add_months(clock.today(), -MONTHS_BACK)
    died = {bsn: day for bsn in related if bsn in deaths and (day := _day(deaths[bsn])) and day >= first}
    found = _named(access, {bsn: related[bsn] for bsn in died}, died)
    return tuple(sorted(found, key=lambda each: each.died_on, reverse=True))


def _named(access: Access, related: Mapping[Bsn, Relation], died: Mapping[Bsn, date]) -> Iterable[Deceased]:
    if not related:
        return
    records = registry.read(access, _about(related, (NAME, PARTNER_AT_DEATH))).records
    for bsn, relation in related.items():
        record = records.get(bsn)
        if relation is Relation.PARTNER and _number(record, PARTNER_AT_DEATH) != access.subject.bsn:
            continue  # a former partner: the union had ended before
        yield Deceased(bsn=bsn, name=str(_value(record, NAME) or ""), died_on=died[bsn], relation=relation)


def _related(own: Record) -> dict[Bsn, Relation]:
    found: dict[Bsn, Relation] = {}
    for name, relation in RELATIONS.items():
        value = _value(own, name)
        for number in value if isinstance(value, tuple) else (value,):
            if bsn := _bsn(number):
                found.setdefault(bsn, relation)
    return found


def _about(persons: Iterable[Bsn], fields: tuple[str, ...]) -> Query:
    return Query(registry=BRP, persons=tuple(persons), fields=fields, at=clock.today())


def _value(record: Record | None, name: str) -> object:
    found = record.values.get(name) if record else None
    return found.value if found else None


def _number(record: Record | None, name: str) -> Bsn | None:
    return _bsn(_value(record, name))


def _bsn(number: object) -> Bsn | None:
    try:
        return Bsn(str(number)) if number else None
    except InvalidIdentifier:
        return None


def _day(record: Record) -> date | None:
    value = _value(record, DIED)
    return date.fromisoformat(value) if isinstance(value, str) else None


def municipality_of(own: Record | None) -> str:
    """Return the code of the municipality where the person is registered (`GM0599`); empty when abroad."""
    return str(_value(own, MUNICIPALITY) or "")
