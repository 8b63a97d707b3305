"""Answer whether somebody has died, after the look is on record; a body that seems to guess is stopped."""

from datetime import datetime, timedelta
from uuid import UUID

from dichterbij.ground.identity.register_events import DeathCorrected
from dichterbij.ground.identity.services import party_for
from dichterbij.ground.logbook import services as logbook
from dichterbij.ground.logbook.domain import Entry, Kind, Result
from dichterbij.ground.outbox import queries as outbox
from dichterbij.ground.registry import searching
from dichterbij.ground.registry import services as registry
from dichterbij.ground.registry.answers import Record
from dichterbij.ground.registry.domain import Query
from dichterbij.ground.registry.sought import Search
from dichterbij.kernel import clock
from dichterbij.kernel.access import NOBODY, Subject
from dichterbij.kernel.identifiers import Bsn, Oin
from dichterbij.kernel.problems import Problem
from dichterbij.web.pace import keeps_pace

from . import guessing, looking, told
from .domain import Answer, Asker, Customer, TooManyGuesses, TooOften

DIED = "overlijden.datum"
SKEW = timedelta(minutes=1)
"""How far the clocks of two machines may be apart."""


def has_died(asker: Asker, customer: Customer) -> Answer:
    """Return whether a customer of a body has died; a yes is kept for the relatives.

    Raises `TooOften`, `TooManyGuesses`, `RegistryUnavailable` (never an answer when the register gives none) and
    `LogbookUnavailable`.
    """
    since, counted = clock.now(), _counted(asker.oin)
    try:
        found = _found(asker.oin, customer)
        answer = _answer(asker.oin, found[0]) if len(found) == 1 else Answer.NOT_ESTABLISHED
    except Problem:
        guessing.was_not_answered(counted)
        raise
    if answer is Answer.YES:
        guessing.was_right(counted)
        return _noted(asker, party_for(found[0]), since)
    return answer


def _noted(asker: Asker, deceased: UUID, since: datetime) -> Answer:
    """Note that a body hears yes; a death that was corrected meanwhile is no yes, for no correction would follow."""
    told.note(asker, deceased)
    if not outbox.has_happened(DeathCorrected, str(deceased), since - SKEW):
        return Answer.YES
    told.take_back(asker, deceased)
    return Answer.NOT_ESTABLISHED


def _counted(asker: Oin) -> UUID:
    """Count the question; raises for who asks too often or guesses, and that it was refused is on record too."""
    try:
        if not keeps_pace(f"verification:{asker.value}"):
            raise TooOften
        return guessing.count(asker)
    except (TooOften, TooManyGuesses):
        refused = Entry(kind=Kind.DENIED, subject=None, registry="brp", fields=(DIED,), outcome=Result.REFUSED)
        logbook.record(looking.access(asker, NOBODY), refused)
        raise


def _found(asker: Oin, customer: Customer) -> tuple[Bsn, ...]:
    """Return who the register knows with all four of these, also when they have died."""
    access = looking.access(asker, NOBODY)
    asked = Search(
        born_on=customer.born_on,
        surname=customer.surname,
        postcode=customer.postcode,
        house_number=customer.house_number,
        fields=(),
        with_deceased=True,
        trace=access.trace,
    )
    try:
        return tuple(searching.find(access, asked))
    except searching.TooManyFound:
        return ()


def _answer(asker: Oin, bsn: Bsn) -> Answer:
    access = looking.access(asker, Subject(party=party_for(bsn), bsn=bsn))
    query = Query(registry="brp", persons=(bsn,), fields=(DIED,), at=clock.today(), trace=access.trace)
    record = registry.read(access, query).records.get(bsn)
    return _told_by(record) if record else Answer.NOT_ESTABLISHED


def _told_by(record: Record) -> Answer:
    """Return what may be told: of who asked the register for secrecy nothing, of who is no longer followed nothing."""
    if record.confidential or record.suspended not in (None, "O"):
        return Answer.NOT_ESTABLISHED
    return Answer.YES if record.suspended == "O" else Answer.NO
