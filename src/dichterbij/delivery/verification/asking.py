"""Answer whether somebody has died, after the look is on record; a body that seems to guess is stopped."""

from datetime import datetime, timedelta
from uuid import UUID

from dichterbij.ground.authority.services import on_duty
from dichterbij.ground.identity.services import party_for
from dichterbij.ground.logbook import services as logbook
from dichterbij.ground.logbook.domain import Entry, Kind, Result
from dichterbij.ground.organisations import queries as organisations
from dichterbij.ground.registry import activities, searching
from dichterbij.ground.registry import services as registry
from dichterbij.ground.registry.answers import Record
from dichterbij.ground.registry.domain import Query
from dichterbij.ground.registry.sought import Search
from dichterbij.kernel import clock
from dichterbij.kernel.access import Access, Subject
from dichterbij.kernel.identifiers import Bsn, Oin
from dichterbij.kernel.problems import Problem
from dichterbij.web.pace import keeps_pace

from . import registering, told
from .domain import Answer, Customer, TooManyGuesses, TooOften
from .models import Asked

ACTIVITY, DIED = "portaal.overlijden-bevestigen", "overlijden.datum"
MOST_GUESSES, WITHIN = 20, timedelta(hours=1)
"""How many answers other than yes a body gets in an hour: letters get lost, lists of names are something else."""
_NOBODY = Subject(party=UUID(int=0), bsn=None)


def has_died(asker: Oin, customer: Customer) -> Answer:
    """Return whether a customer of a body has died; a yes is kept for the relatives.

    Raises `TooOften`, `TooManyGuesses`, `RegistryUnavailable` (never an answer when the register gives none) and
    `LogbookUnavailable`.
    """
    _ensure_no_guessing(asker)
    found = _found(asker, customer)
    if len(found) != 1:
        return _noted(asker, Answer.NOT_ESTABLISHED)
    (bsn,) = found
    answer = _answer(asker, bsn)
    if answer is Answer.YES:
        told.note(asker, party_for(bsn))
    return _noted(asker, answer)


def purge(now: datetime) -> int:
    """Forget questions that no longer count as guesses."""
    return Asked.objects.filter(at__lte=now - WITHIN).delete()[0]


def _ensure_no_guessing(asker: Oin) -> None:
    """Raise for who asks too often or guesses; that a question was refused is on record too."""
    recent = Asked.objects.filter(organisation=asker.value, was_yes=False, at__gt=clock.now() - WITHIN)
    problem: type[Problem] | None = None if keeps_pace(f"verification:{asker.value}") else TooOften
    if problem is None and recent.count() >= MOST_GUESSES:
        problem = TooManyGuesses
    if problem is not None:
        refused = Entry(kind=Kind.DENIED, subject=None, registry="brp", fields=(DIED,), outcome=Result.REFUSED)
        logbook.record(_access(asker, _NOBODY), refused)
        raise problem


def _found(asker: Oin, customer: Customer) -> tuple[Bsn, ...]:
    """Return who the register knows with all four of these, also when they have died."""
    access = _access(asker, _NOBODY)
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
    access = _access(asker, Subject(party=party_for(bsn), bsn=bsn))
    query = Query(registry="brp", persons=(bsn,), fields=(DIED,), at=clock.today(), trace=access.trace)
    record = registry.read(access, query).records.get(bsn)
    return _told_by(record) if record else Answer.NOT_ESTABLISHED


def _told_by(record: Record) -> Answer:
    """Return what may be told: of who asked the register for secrecy nothing, of who is no longer followed nothing."""
    if record.confidential or record.suspended not in (None, "O"):
        return Answer.NOT_ESTABLISHED
    return Answer.YES if record.suspended == "O" else Answer.NO


def _access(asker: Oin, subject: Subject) -> Access:
    """Return the access for one look; the line of it says who asked, and on which ground."""
    why = f"vraag van {organisations.organisation(asker).name}; {registering.ground_of(asker)}"
    return on_duty(organisations.operator().oin, activities.activity(ACTIVITY), why, subject)


def _noted(asker: Oin, answer: Answer) -> Answer:
    Asked.objects.create(organisation=asker.value, was_yes=answer is Answer.YES, at=clock.now())
    return answer
