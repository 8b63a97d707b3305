"""Look for a person in the population register: allowed, recorded, at most five, and then about each who was found.

For who stands at a counter or is on the phone, by two data items they tell of themselves, and for a body that must know
of a death; never by number. Who was found counts as looked at.
"""

import re
from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import NoReturn
from uuid import UUID

from dichterbij.ground.logbook import appending
from dichterbij.ground.logbook import services as logbook
from dichterbij.ground.logbook.domain import Entry, Kind, Result
from dichterbij.kernel import clock
from dichterbij.kernel.access import Access
from dichterbij.kernel.identifiers import Bsn
from dichterbij.kernel.problems import Problem

from . import adapters, authorising, fetching, health, restraint
from .answers import InvalidQuery, Record, RegistryUnavailable, released
from .domain import RawRecord, SourceRefused, SourceUnavailable, TooManyAtSource
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

    Raises `TooManyFound`, `InvalidQuery`, `UnknownActivity`, `ActivityExpired`, `FieldNotAllowed`, `TooManyPeople`,
    `RegistryUnavailable` and `SourceRefused`, each of them a line about nobody; and `LogbookUnavailable`: then nobody
    is shown.
    """
    appending.refuse_open_transaction()
    access.ensure_valid(clock.now())
    access = replace(access, subject=replace(access.subject, bsn=None))
    with refusals_recorded(access, asked):
        _authorise(access, asked)
    intent = _announce(access, asked)
    found = _asked(access, asked, intent)
    if len(found) > MOST:
        _refuse_many(access, asked, intent)
    try:
        for bsn in found:
            restraint.ensure_few(access, bsn)
    except restraint.TooManyPeople:
        _record(access, asked, (), Result.REFUSED, intent)
        raise
    _record(access, asked, tuple(found), Result.GIVEN if found else Result.NOTHING, intent)
    return {bsn: released(raw, asked.fields, REGISTRY) for bsn, raw in found.items()}


def refusals_recorded(access: Access, asked: Search) -> AbstractContextManager[None]:
    """Write a line about a refusal before the search: who searches too often is refused by the room that counts it."""
    return authorising.refusals_recorded(access, REGISTRY, asked.fields)


def _authorise(access: Access, asked: Search) -> None:
    if not asked.surname and not (POSTCODE.fullmatch(asked.postcode) and asked.house_number):
        raise InvalidQuery("Zoek met een achternaam, of met een postcode en huisnummer.")
    authorising.ensure_allowed(access, REGISTRY, asked.fields)


def _announce(access: Access, asked: Search) -> UUID | None:
    """Record, before another machine is asked, that it is about to be."""
    if not fetching.is_remote(REGISTRY):
        return None
    return logbook.record(access, _entry(asked, Kind.INTENT, None, Result.ASKED, None)).id


def _asked(access: Access, asked: Search, intent: UUID | None) -> Mapping[Bsn, RawRecord]:
    try:
        found = fetching.guarded(REGISTRY, lambda: _adapter().search(asked))
    except SourceUnavailable as failure:
        since = health.failed(REGISTRY)
        _record(access, asked, (), Result.UNAVAILABLE, intent)
        raise RegistryUnavailable(REGISTRY, since) from failure
    except TooManyAtSource:
        _refuse_many(access, asked, intent)
    except SourceRefused:
        _record(access, asked, (), Result.UNAVAILABLE, intent)
        raise
    health.answered(REGISTRY)
    return found


def _refuse_many(access: Access, asked: Search, intent: UUID | None) -> NoReturn:
    _record(access, asked, (), Result.REFUSED, intent)
    raise TooManyFound("Vraag nog iets, en zoek dan opnieuw.") from None


def _adapter() -> Searchable:
    fetching._connect()
    source = adapters.adapter(REGISTRY)
    if not isinstance(source, Searchable):
        raise SourceUnavailable("In deze bron kan niet worden gezocht.")
    return source


def _record(access: Access, asked: Search, found: tuple[Bsn, ...], outcome: Result, intent: UUID | None) -> None:
    about: tuple[Bsn | None, ...] = found or (None,)
    for bsn in about:  # a line of their own matter for each, whoever of them it turns out to be
        own = replace(access, subject=replace(access.subject, bsn=bsn))
        logbook.record(own, _entry(asked, Kind.READ, bsn, outcome, intent))


def _entry(asked: Search, kind: Kind, bsn: Bsn | None, outcome: Result, intent: UUID | None) -> Entry:
    return Entry(
        kind=kind,
        subject=bsn,
        registry=REGISTRY,
        fields=asked.fields,
        source=REGISTRY,
        outcome=outcome,
        intent=intent,
    )
