"""Nobody handles the case of somebody for whom they act in private life, or who acts for them.

Law: Algemene wet bestuursrecht 2:4 (no personal interest). Known are mandates, and authority by law as the registers
say when they are asked, once a day at the first case; they know no worker whose login says no citizen service number.
"""

import logging
from uuid import UUID

from django.db.models import Exists, Q

from dichterbij.ground.identity.domain import Audience, Login
from dichterbij.ground.organisations import queries as organisations
from dichterbij.ground.registry import activities
from dichterbij.ground.registry.answers import RegistryUnavailable
from dichterbij.ground.registry.domain import SourceRefused
from dichterbij.kernel.access import Subject

from . import mandates, registers

ACTIVITY = "portaal.onpartijdig"
log = logging.getLogger(__name__)


def is_close(login: Login, subject: Subject) -> bool:
    """Say whether a worker and the person of a case act for one another in private life."""
    if login.audience is not Audience.STAFF or not login.staff or subject.party == login.party or not subject.party.int:
        return False  # no worker, their own case, or nobody yet: who searches has not found anybody
    known = registers.asked_of(login.party).annotate(is_close=_acts(login.party, subject.party))
    found: bool | None = known.values_list("is_close", flat=True).first()
    if found is not None:
        return found
    if login.bsn is not None:
        _ask(login)
    return (
        mandates.between(login.party, subject.party).exists() or registers.between(login.party, subject.party).exists()
    )


def _acts(one: UUID, other: UUID) -> Q:
    return Q(Exists(mandates.between(one, other))) | Q(Exists(registers.between(one, other)))


def _ask(login: Login) -> None:
    """Ask the registers for whom a worker may act; when one is silent the work goes on with what is known."""
    from .services import on_duty  # the services ask whether somebody is close

    own = login.own_subject
    access = on_duty(organisations.operator().oin, activities.activity(ACTIVITY), "zaak openen", own)
    try:
        registers.look_up(access)
    except (RegistryUnavailable, SourceRefused) as problem:
        log.warning("whether a worker is close to a person is not known: %s", problem.code)
