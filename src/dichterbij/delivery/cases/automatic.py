"""Decide without a worker, where law and product allow it. What the law cannot answer by itself waits for a person."""

from uuid import UUID

from dichterbij.delivery.catalogue import queries as catalogue
from dichterbij.delivery.catalogue.domain import Decider
from dichterbij.ground.authority import services as authority
from dichterbij.ground.identity import queries as identity
from dichterbij.kernel.access import Access, Permission

from . import rows
from .domain import NotDecidable, State
from .events import CaseSubmitted
from .services import decide, publish


def on_submitted(event: CaseSubmitted, event_id: UUID) -> None:
    """Decide on a new case and make it known; safe to run again after a crash at any moment."""
    product = catalogue.product(event.product)
    if product.decider is not Decider.AUTOMATIC:
        return
    found = rows.whole(rows.case_row(_access(event, event_id), event.case))
    state = found.line.state
    if state not in (State.SUBMITTED, State.DECIDED):
        return
    if (state is State.SUBMITTED or found.is_doubted) and not _decided(event, event_id):
        return
    publish(_access(event, event_id), event.case)


def _decided(event: CaseSubmitted, event_id: UUID) -> bool:
    try:
        decide(_access(event, event_id), event.case)
    except NotDecidable:
        return False
    return True


def _access(event: CaseSubmitted, event_id: UUID) -> Access:
    product = catalogue.for_access(event.product)
    subject = identity.subject_of(event.party)
    trigger = f"cases.CaseSubmitted:{event_id}"
    access = authority.on_duty(product.organisation, product.activity, trigger, subject, Permission.DECIDE)
    return access.for_case(event.case, event.product)
