"""Whom a worker may not see: their own record, which the employer registers, and family, which the worker tells.

Only keyed hashes are kept: nobody can read from this table whose family it is. For whom a worker acts by mandate or
by law is looked up by `authority` itself. Law: Algemene wet bestuursrecht article 2:4.
"""

from enum import StrEnum
from uuid import UUID

from dichterbij.ground.identity import queries as identity
from dichterbij.ground.identity.domain import Login
from dichterbij.ground.organisations import keys
from dichterbij.kernel import clock
from dichterbij.kernel.access import Subject
from dichterbij.kernel.identifiers import Bsn, Oin

from .models import Barred

PURPOSE = "desk.barred"


class Why(StrEnum):
    """Why a worker may not see somebody."""

    OWN = "own"
    FAMILY = "family"


def bar(organisation: Oin, worker: UUID, bsn: Bsn, why: Why) -> None:
    """Keep a worker of an organisation from a person, from now on; told twice is told once."""
    Barred.objects.get_or_create(
        worker=worker,
        lookup=_lookup(organisation, bsn),
        defaults={"organisation": organisation.value, "kind": why, "told_at": clock.now()},
    )


def number_told(worker: UUID, why: Why) -> int:
    """Return how many people of a kind a worker is kept from; who they are nobody can say."""
    return Barred.objects.filter(worker=worker, kind=why).count()


def stands(login: Login, subject: Subject) -> bool:
    """Say whether a worker was kept from this person."""
    if subject.kvk_number is not None:
        return False
    rows = list(Barred.objects.filter(worker=login.party).values_list("organisation", "lookup"))
    bsn = subject.bsn or (identity.subjects_of({subject.party})[subject.party].bsn if rows else None)
    return bsn is not None and any(_lookup(Oin(organisation), bsn) == lookup for organisation, lookup in rows)


def _lookup(organisation: Oin, bsn: Bsn) -> str:
    return keys.keyed_hash(organisation, PURPOSE, bsn.value)
