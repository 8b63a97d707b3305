"""A proof on paper that somebody may act for another: a code that leads a third party to what holds at that moment.

The paper says nothing by itself. The code is random and kept only as a keyed hash, so nobody checks a guess. Whether
the authority still holds is looked up each time (a register is believed for a quarter of an hour, as at every act),
and each look is in the log of who is represented.
"""

import json
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from dichterbij.ground.identity import queries as identity
from dichterbij.ground.logbook import services as logbook
from dichterbij.ground.logbook.domain import Entry, Result
from dichterbij.ground.logbook.domain import Kind as LineKind
from dichterbij.ground.organisations import keys
from dichterbij.ground.organisations import queries as organisations
from dichterbij.ground.registry import activities
from dichterbij.kernel import clock
from dichterbij.kernel.access import Access, Subject
from dichterbij.kernel.problems import Problem

from . import codes, mandated, mandates, registers
from .domain import Kind
from .mandates import Terms
from .models import Proof, RegisteredAuthority
from .services import on_duty

ACTIVITY = "portaal.machtiging-bewijs"
PURPOSE = "authority.proof"
LENGTH = 20
HOLDS_FOR = timedelta(days=90)


class NoSuchAuthority(Problem):
    """Somebody asks a proof of an authority they do not have."""

    code = "no-such-authority"
    title = "Hiervan kunnen wij geen bewijs maken"
    status = 404


@dataclass(frozen=True, slots=True, kw_only=True)
class Proven:
    """What a proof stands for now: who may act for whom, on what ground, for what (None: everything the law allows).

    `is_together`: only together with another, as two directors or two parents may.
    """

    representative_name: str = field(repr=False)
    represented_name: str = field(repr=False)
    kind: Kind
    terms: Terms | None
    is_together: bool
    last_day: date


def make(access: Access, represented: UUID, *, name: str, mandate: UUID | None = None) -> str:
    """Make a proof that the subject of the access may act for somebody, and return its code; earlier ones are void.

    `name`: of who may act; `mandate`: by which mandate, None: by law. Raises `NoSuchAuthority`.
    """
    found = _by_mandate(access, mandate) if mandate else _by_law(access, represented)
    if found is None or found[1] != represented:
        raise NoSuchAuthority
    kind, _party, other, until = found
    logbook.record_act(access, "bewijs van machtiging")
    code = codes.make(LENGTH)
    which = {"representative": access.subject.party, "represented": represented, "kind": kind, "mandate": mandate}
    Proof.objects.filter(**which).delete()
    Proof.objects.create(
        **which,
        lookup=_lookup(code),
        sealed=_sealed([name, other]),
        made_at=clock.now(),
        valid_until=min(until, clock.now() + HOLDS_FOR),
    )
    return code


def check(code: str) -> Proven | None:
    """Return what a proof stands for now; None for a code that does not exist, was replaced, or holds no more."""
    row = Proof.objects.filter(lookup=_lookup(code), valid_until__gt=clock.now()).first()
    if row is None:
        return None
    subjects = identity.subjects_of({row.representative, row.represented})
    terms = _terms(row, subjects) if row.mandate else None
    if (row.mandate and terms is None) or (not row.mandate and not _holds_by_law(row, subjects)):
        return None
    looked = _access(subjects[row.represented])
    entry = Entry(
        kind=LineKind.VIEW, subject=looked.subject.number, fields=("bewijs van machtiging",), outcome=Result.GIVEN
    )
    logbook.record(looked, entry)
    names = json.loads(keys.open_sealed(organisations.operator().oin, bytes(row.sealed), purpose=PURPOSE))
    return Proven(
        representative_name=names[0],
        represented_name=names[1],
        kind=Kind(row.kind),
        terms=terms,
        is_together=not row.mandate and _is_shared(row),
        last_day=clock.day_of(row.valid_until - timedelta(seconds=1)),
    )


def _is_shared(row: Proof) -> bool:
    held = {"representative": row.representative, "represented": row.represented, "kind": row.kind}
    return RegisteredAuthority.objects.filter(**held, jointly__gt=0).exists()


def is_of(access: Access, code: str) -> bool:
    """Say whether a code is of a proof that the subject of the access made."""
    return Proof.objects.filter(lookup=_lookup(code), representative=access.subject.party).exists()


def purge(now: datetime) -> int:
    """Remove proofs that are over; returns how many."""
    return Proof.objects.filter(valid_until__lte=now).delete()[0]


Basis = tuple[Kind, UUID, str, datetime]


def _by_mandate(access: Access, mandate: UUID) -> Basis | None:
    found = next((each for each in mandates.received(access) if each.id == mandate), None)
    if found is None:
        return None
    return Kind.MANDATE, found.represented.party, found.represented_name, clock.end_of(found.last_day)


def _by_law(access: Access, represented: UUID) -> Basis | None:
    known = (each for each in registers.known(access) if each.represented.party == represented)
    found = next((each for each in known if each.kind is not Kind.UNDETERMINED), None)
    return (found.kind, represented, found.name, clock.now() + HOLDS_FOR) if found else None


def _terms(row: Proof, subjects: dict[UUID, Subject]) -> Terms | None:
    found = mandated.holding(row.mandate, lambda: _access(subjects[row.represented])) if row.mandate else None
    return found.terms if found else None


def _holds_by_law(row: Proof, subjects: dict[UUID, Subject]) -> bool:
    found = registers.holding(row.representative, row.represented, lambda: _access(subjects[row.representative]))
    return found.filter(kind=row.kind).exists()


def _access(subject: Subject) -> Access:
    return on_duty(organisations.operator().oin, activities.activity(ACTIVITY), "bewijs gecontroleerd", subject)


def _lookup(code: str) -> str:
    return keys.keyed_hash(organisations.operator().oin, PURPOSE, codes.plain(code))


def _sealed(names: list[str]) -> bytes:
    return keys.seal(organisations.operator().oin, json.dumps(names).encode(), purpose=PURPOSE)
