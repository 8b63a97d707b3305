"""Look for a person in the population register: allowed, recorded, at most five, and then about each who was found.

Only for who stands at a counter or is on the phone, by two data items they tell of themselves; never by number.
"""

import re
from collections.abc import Mapping
from dataclasses import replace

from dichterbij.ground.logbook import appending
from dichterbij.ground.logbook import services as logbook
from dichterbij.ground.logbook.domain import Entry, Kind, Result
from dichterbij.kernel import clock
from dichterbij.kernel.access import Access
from dichterbij.kernel.identifiers import Bsn
from dichterbij.kernel.problems import Problem

from . import activities, adapters, fetching, health
from .answers import (
    ActivityExpired,
    FieldNotAllowed,
    FieldValue,
    InvalidQuery,
    Record,
    RegistryUnavailable,
    UnknownActivity,
)
from .domain import RawRecord, SourceRefused, SourceUnavailable
from .sought import Search, Searchable

REGISTRY = "brp"
MOST = 5
POSTCODE = re.compile("[1-9][0-9]{3} ?[A-Za-z]{2}")


class TooManyFound(Problem):
    """More people fit than a worker may see; nobody is shown."""

    code = "too-many-found"
    title = "Er passen te veel mensen bij wat u zocht"
    status = 409


def find(access: Access, asked: Search) -> Mapping[Bsn, Record]:
    """Return who fits, at most five, after a line about each of them is durable; a search without result is a line too.

    Raises `TooManyFound`, `InvalidQuery`, `UnknownActivity`, `ActivityExpired`, `FieldNotAllowed`,
    `RegistryUnavailable`, `SourceRefused`, and `LogbookUnavailable`: then nobody is shown.
    """
    appending.refuse_open_transaction()
    access.ensure_valid(clock.now())
    _authorise(access, asked)
    found = _asked(access, asked)
    if len(found) > MOST:
        _record(access, asked, (), Result.REFUSED)
        raise TooManyFound("Vraag nog iets, en zoek dan opnieuw.")
    _record(access, asked, tuple(found), Result.GIVEN if found else Result.NOTHING)
    return {bsn: _released(raw, asked) for bsn, raw in found.items()}


def _authorise(access: Access, asked: Search) -> None:
    if not asked.surname and not (POSTCODE.fullmatch(asked.postcode) and asked.house_number):
        raise InvalidQuery("Zoek met een achternaam, of met een postcode en huisnummer.")
    registered = activities.registered(access.activity.id)
    if activities.organisation_of(registered).oin != access.organisation:
        raise UnknownActivity(f"Verwerking {access.activity.id} is van een andere organisatie.")
    if not registered.is_in_force(clock.today()):
        raise ActivityExpired(f"Verwerking: {access.activity.id}.")
    allowed = activities.allowed_fields(access.activity.id).get(REGISTRY, frozenset())
    outside = tuple(name for name in asked.fields if name not in allowed)
    if outside:
        raise FieldNotAllowed(outside, registry=REGISTRY)


def _asked(access: Access, asked: Search) -> Mapping[Bsn, RawRecord]:
    try:
        found = fetching.guarded(REGISTRY, lambda: _adapter().search(asked))
    except SourceUnavailable as failure:
        since = health.failed(REGISTRY)
        _record(access, asked, (), Result.UNAVAILABLE)
        raise RegistryUnavailable(REGISTRY, since) from failure
    except SourceRefused:
        _record(access, asked, (), Result.UNAVAILABLE)
        raise
    health.answered(REGISTRY)
    return found


def _adapter() -> Searchable:
    fetching._connect()
    source = adapters.adapter(REGISTRY)
    if not isinstance(source, Searchable):
        raise SourceUnavailable("In deze bron kan niet worden gezocht.")
    return source


def _record(access: Access, asked: Search, found: tuple[Bsn, ...], outcome: Result) -> None:
    about: tuple[Bsn | None, ...] = found or (None,)
    for bsn in about:  # a line of their own matter for each, whoever of them it turns out to be
        own = replace(access, subject=replace(access.subject, bsn=bsn))
        entry = Entry(
            kind=Kind.READ, subject=bsn, registry=REGISTRY, fields=asked.fields, source=REGISTRY, outcome=outcome
        )
        logbook.record(own, entry)


def _released(raw: RawRecord, asked: Search) -> Record:
    values = {
        name: FieldValue(
            value=raw.values[name].value,
            source=REGISTRY,
            valid_from=raw.values[name].valid_from,
            in_investigation=name in raw.in_investigation,
        )
        for name in asked.fields
        if name in raw.values
    }
    return Record(values=values, confidential=raw.confidential, suspended=raw.suspended)
