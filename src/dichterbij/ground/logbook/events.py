"""What the logbook tells others: that a worker looked at somebody outside any case of theirs."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid5

from django.db import IntegrityError, transaction

from dichterbij.ground.outbox import event
from dichterbij.ground.outbox.services import emit
from dichterbij.kernel import clock
from dichterbij.kernel.access import Access, Role
from dichterbij.kernel.identifiers import Oin

from . import wording
from .domain import Entry, Kind, Result

LOOKS = (Kind.READ, Kind.VIEW, Kind.ACT)
TOGETHER = ("desk:counter:", "desk:call:")
"""The ground of a worker who looks while the person is there; that it began was told."""


@event
@dataclass(frozen=True, slots=True, kw_only=True)
class SeenByWorker:
    """A worker of an organisation saw data of a person outside a case of that person."""

    party: UUID
    organisation: Oin
    act: UUID
    on: date


def tell(access: Access, entries: Iterable[Entry]) -> None:
    """Write down that a worker looked, once per act.

    Nothing for a look within a case, under a hidden activity, or at the counter or on the phone with the person.
    """
    seen = any(each.kind in LOOKS and each.subject == access.subject.number and _is_shown(each) for each in entries)
    if not seen or access.actor.role is not Role.STAFF or access.case is not None or access.activity.confidential:
        return
    if access.on_behalf_of.startswith(TOGETHER) or not access.subject.party.int:
        return  # the person is there, or is still looked for
    happened = SeenByWorker(
        party=access.subject.party, organisation=access.organisation, act=access.act, on=clock.today()
    )
    try:
        with transaction.atomic():
            emit(happened, person=str(happened.party), event_id=uuid5(access.act, str(happened.party)))
    except IntegrityError:
        pass  # another look of the same act was first


def _is_shown(entry: Entry) -> bool:
    """Say whether somebody saw data; who writes down what they found of an opening by a colleague sees none."""
    if entry.kind is Kind.ACT and wording.FINDINGS.issuperset(entry.fields):
        return False
    return entry.subject is not None and entry.outcome in (Result.GIVEN, Result.DONE)
