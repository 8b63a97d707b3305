"""Mandates: one person lets another act for them, for named products or everything, until a day.

Either side ends it at once; so do death and guardianship of either. It is passed on only when that was allowed, once,
and never back. Law: Algemene wet bestuursrecht article 2:1 (anybody may be represented), Burgerlijk Wetboek 3:60, 3:63,
3:64 (passing on) and 3:72 (its end). Made in `giving`, answered in `answering`, asked by letter in `letters`; what one
allows now says `mandated`. Here: what a mandate is, which there are, and their end.
"""

import json
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from dichterbij.ground.identity import queries as identity
from dichterbij.ground.logbook import services as logbook
from dichterbij.ground.organisations import keys
from dichterbij.ground.organisations import queries as organisations
from dichterbij.kernel import clock
from dichterbij.kernel.access import Access, Subject
from dichterbij.kernel.dates import add_months
from dichterbij.kernel.problems import Problem

from .codes import PURPOSE
from .models import Ending, Mandate

TOLD_FOR = timedelta(days=90)
"""How long both are told that the law ended a mandate, and why. Our choice: a quarter, as who logs in seldom does."""


class UnknownMandate(Problem):
    """A mandate does not exist, or is somebody else's."""

    code = "unknown-mandate"
    title = "Deze machtiging bestaat niet"
    status = 404


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """For what a mandate is and until which day.

    `products`: ids of what may be done; with `is_everything` every product there is or will be as well. `may_submit`:
    also to act, not only to look. `may_pass_on`: who has it may let one other act in their place.
    """

    products: frozenset[str]
    last_day: date
    is_everything: bool = False
    may_submit: bool = True
    may_pass_on: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A mandate as its people see it. `representative_name` is empty while nobody is named.

    `is_asked`: who wants to act asked for it, and who is represented has not said yes. `passed_on`: by who had it.
    """

    id: UUID
    represented: Subject
    represented_name: str = field(repr=False)
    representative_name: str = field(repr=False)
    terms: Terms
    made_at: datetime
    code_until: datetime
    is_accepted: bool
    is_asked: bool
    passed_on: bool

    @property
    def last_day(self) -> date:
        """Return the last day on which it holds."""
        return self.terms.last_day


@dataclass(frozen=True, slots=True, kw_only=True)
class Stopped:
    """A mandate that the law ended: between whom, when, and which of them came under guardianship.

    `is_mine`: who reads this gave it, and did not have it.
    """

    represented_name: str = field(repr=False)
    representative_name: str = field(repr=False)
    ended_at: datetime
    because: Ending
    is_mine: bool

    @property
    def was_me(self) -> bool:
        """Say whether who reads this is the one under guardianship."""
        return self.is_mine == (self.because is Ending.REPRESENTED)

    @property
    def ward_name(self) -> str:
        """Return the name of who came under guardianship."""
        return self.represented_name if self.because is Ending.REPRESENTED else self.representative_name


def given(access: Access) -> tuple[Given, ...]:
    """Return the mandates over somebody's matters that hold or wait, newest first."""
    return as_given(running().filter(represented=access.subject.party))


def received(access: Access) -> tuple[Given, ...]:
    """Return the mandates with which somebody may act for others who live, newest first.

    What they asked for and has no answer yet is not told: that would say whether a number belongs to somebody.
    """
    found = as_given(running().filter(representative=access.subject.party).exclude(accepted_at=None))
    dead = {party for party in {each.represented.party for each in found} if identity.has_died(party)}
    return tuple(each for each in found if each.represented.party not in dead)


def stopped(access: Access) -> tuple[Stopped, ...]:
    """Return which mandates of somebody, given or had, the law ended in the last three months, newest first."""
    party = access.subject.party
    of_party = Q(represented=party) | Q(representative=party)
    rows = Mandate.objects.filter(of_party, ended_at__gt=clock.now() - TOLD_FOR).exclude(ended_because="")
    return tuple(
        Stopped(
            represented_name=names["represented"],
            representative_name=names["representative"],
            ended_at=row.ended_at,
            because=Ending(row.ended_because),
            is_mine=row.represented == party,
        )
        for row in rows.exclude(accepted_at=None).order_by("-ended_at")
        for names in [opened(row)]
        if row.ended_at is not None
    )


def between(one: UUID, other: UUID) -> "QuerySet[Mandate]":
    """Return the mandates by which one of two people acts for the other now."""
    pairs = Q(represented=one, representative=other) | Q(represented=other, representative=one)
    return running().filter(pairs).exclude(accepted_at=None)


def end(access: Access, mandate: UUID) -> None:
    """End a mandate at once, by any of its people; ended twice is ended. Raises `UnknownMandate`."""
    record(access, "machtiging stoppen")
    row = Mandate.objects.filter(id=mandate).first()
    party = access.subject.party
    if row is None or (party not in (row.represented, row.representative) and not is_giver(row, party)):
        raise UnknownMandate
    over(Mandate.objects.filter(id=mandate), by=party)


def over(rows: "QuerySet[Mandate]", *, by: UUID | None = None, because: Ending | str = "") -> None:
    """End mandates and what was passed on from them: by one of its people, or because of the law."""
    ids = list(rows.values_list("id", flat=True))
    ending = Mandate.objects.filter(Q(id__in=ids) | Q(passed_on_from__in=ids), ended_at=None)
    ending.update(ended_at=clock.now(), ended_by=by, ended_because=because, code_lookup="")


def purge(now: datetime) -> int:
    """Remove mandates two years after their end; returns how many."""
    ended = add_months(clock.day_of(now), -24)
    old = Mandate.objects.filter(Q(ended_at__lt=clock.end_of(ended)) | Q(valid_until__lt=clock.end_of(ended)))
    return old.delete()[0]


def running() -> "QuerySet[Mandate]":
    """Return the mandates that hold, and those whose code still works."""
    now = clock.now()
    waits = Q(accepted_at=None, code_until__gt=now)
    holds = ~Q(accepted_at=None)
    return Mandate.objects.filter(waits | holds, ended_at=None, valid_until__gt=now).order_by("-made_at")


def is_giver(row: Mandate, party: UUID) -> bool:
    """Say whether somebody made a mandate: who is represented, or who passed it on."""
    if row.passed_on_from is None:
        return row.represented == party and row.asked_at is None
    return Mandate.objects.filter(id=row.passed_on_from, representative=party).exists()


def as_given(rows: "QuerySet[Mandate] | list[Mandate]") -> tuple[Given, ...]:
    """Return mandates as their people see them."""
    found = list(rows)
    subjects = identity.subjects_of({row.represented for row in found})
    return tuple(
        Given(
            id=row.id,
            represented=subjects[row.represented],
            represented_name=names["represented"],
            representative_name=names["representative"],
            terms=terms_of(row),
            made_at=row.made_at,
            code_until=row.code_until,
            is_accepted=row.accepted_at is not None,
            is_asked=row.accepted_at is None and row.representative is not None,
            passed_on=row.passed_on_from is not None,
        )
        for row, names in ((row, opened(row)) for row in found)
    )


def terms_of(row: Mandate) -> Terms:
    """Return for what a mandate is and until which day."""
    return Terms(
        products=frozenset(row.products),
        last_day=clock.day_of(row.valid_until - timedelta(seconds=1)),
        is_everything=row.is_everything,
        may_submit=row.may_submit,
        may_pass_on=row.may_pass_on,
    )


def record(access: Access, what: str) -> None:
    """Tell the logbook what is about to be done with a mandate."""
    logbook.record_act(access, what)


def sealed(names: dict[str, str]) -> bytes:
    """Return the names of the people of a mandate, and a code that waits to be shown, as they are kept."""
    return keys.seal(organisations.operator().oin, json.dumps(names).encode(), purpose=PURPOSE)


def opened(row: Mandate) -> dict[str, str]:
    """Return what `sealed` keeps of a mandate."""
    return names_in(bytes(row.sealed))


def names_in(kept: bytes) -> dict[str, str]:
    """Return the names that `sealed` keeps."""
    content = keys.open_sealed(organisations.operator().oin, kept, purpose=PURPOSE)
    names: dict[str, str] = json.loads(content)
    return names
