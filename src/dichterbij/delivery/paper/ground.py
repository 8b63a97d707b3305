"""The ground on which a worker may act for who sent paper: it lies open at their unit, and names this person.

Nobody may do so for themselves (authority sees to that), nor once the paper was typed in.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from functools import reduce
from operator import or_

from django.db.models import Q

from dichterbij.delivery.cases import queries as cases
from dichterbij.delivery.catalogue import queries as catalogue
from dichterbij.ground.authority.domain import Authority, Kind, Scope
from dichterbij.ground.authority.held import held
from dichterbij.ground.authority.services import on_request, require
from dichterbij.ground.identity import queries as identity
from dichterbij.ground.identity.domain import Audience, Login
from dichterbij.ground.organisations import queries as organisations
from dichterbij.ground.organisations.domain import StaffRole, StaffTask
from dichterbij.ground.registry import activities
from dichterbij.kernel.access import Access, Permission, Subject
from dichterbij.kernel.identifiers import Oin

from . import models
from .domain import Stage
from .issuing import name_on

SIGNED = "ondertekening"
WHY = "Nagaan of wie tekende, voor het bedrijf mag tekenen"
ALLOWED = frozenset({Permission.READ, Permission.PREPARE, Permission.SUBMIT})
OPEN = tuple(stage for stage in Stage if stage.is_open)


def organisations_of(login: Login) -> tuple[Oin, ...]:
    """Return the organisations of which somebody handles the post."""
    return tuple(dict.fromkeys(role.organisation for role in login.roles_with(StaffTask.HANDLE)))


def post_of(login: Login) -> Q:
    """Return what the post has in common that somebody handles: it is of their unit, or of their organisation's none.

    What belongs to a case is where the case is, also after that moved to another unit.
    """
    return reduce(or_, map(_of_unit, login.roles_with(StaffTask.HANDLE)), Q(pk__in=()))


def _of_unit(role: StaffRole) -> Q:
    elsewhere = [each.id for each in catalogue.products() if each.unit not in ("", role.unit)]
    is_here = (Q(case=None) & ~Q(product__in=elsewhere)) | Q(case__in=cases.of_unit(role))
    return Q(organisation=role.organisation.value) & is_here


def paper_before_them(login: Login, subject: Subject, at: datetime) -> tuple[Authority, ...]:
    """Return the authorities that paper of this person or company gives a worker."""
    if login.audience is not Audience.STAFF or login.acting_for is not None:
        return ()
    found = models.Received.objects.filter(post_of(login), party=subject.party, stage__in=OPEN)
    return tuple(each for row in found for each in _authorities(login, subject, row, at))


def signer_access(login: Login, row: models.Received) -> Access:
    """Return the access of a worker to see whether who signed paper may act for the company; raises `Denied`."""
    subject = identity.subjects_of({row.signer})[row.signer] if row.signer else Subject(party=login.party)
    access = require(login, catalogue.for_access(row.product), Permission.PREPARE, subject=subject, reason=WHY)
    key = organisations.organisation(access.organisation).key
    return on_request(access, access.organisation, activities.activity(f"{key}.{SIGNED}"))


def _authorities(login: Login, subject: Subject, row: models.Received, at: datetime) -> Iterator[Authority]:
    """Give what the paper allows: for a company only as long as who signed it may act for it."""
    own = _authority(login, subject, row)
    if row.signer is None:
        yield own
        return
    found = held(row.signer, subject.party, at, lambda: signer_access(login, row))
    name = name_on(row, row.signer_sealed)
    yield from (replace(own, held=each, helped=name) for each in found)
    if not found:  # no more, so that this can be told; looking is not for them
        yield replace(own, valid_until=own.valid_from)


def _authority(login: Login, subject: Subject, row: models.Received) -> Authority:
    return Authority(
        kind=Kind.PAPER,
        representative=login.party,
        represented=subject.party,
        scope=Scope(organisations=frozenset({Oin(row.organisation)}), products=frozenset({row.product})),
        permissions=ALLOWED,
        valid_from=row.opened_at,
        valid_until=None,
        source="paper",
        reference=str(row.id),
    )
