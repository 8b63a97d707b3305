"""Look again at what rested on what was not so: drafts go, cases come back to a worker, people hear it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid5

from django.db import transaction

from dichterbij.delivery.catalogue import queries as catalogue
from dichterbij.delivery.messages import services as messages
from dichterbij.delivery.messages.domain import Envelope, Nature, Rendered
from dichterbij.ground.authority import services as authority
from dichterbij.ground.identity import queries as identity
from dichterbij.ground.organisations import queries as organisations
from dichterbij.ground.registry import activities
from dichterbij.kernel import clock
from dichterbij.kernel.access import Access

from .. import letters, models, rows
from ..domain import State, Step, Why
from .addressing import paper_address
from .asking import end_question
from .steps import organisation, record_act, stepped

ACTIVITY = "heropenen"
"""Which activity of an organisation this is, behind its key (`content/activities.yaml`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Again:
    today: date
    decide_by: date
    letter: Rendered


def undo_cause(cause: str, event_id: UUID) -> None:
    """Throw drafts with this cause away and reopen its cases; safe to run again after a crash at any moment.

    Nothing is decided: a decision that was made known stays in force until a worker has decided again.
    """
    models.Draft.objects.filter(cause=cause).delete()
    for row in _rested_on(cause):
        access = job_access(row, f"{cause.partition(':')[0]}:{event_id}")
        reopen(access, row, Why.DEATH, event_id)


def reopen(access: Access, row: models.Case, why: Why, cause: UUID) -> None:
    """Bring a case back to a worker and tell the person; `cause`: by which the letter is sent once."""
    address = paper_address(access)
    record_act(access, "heropening")
    while True:
        again = _again(row, why, address)
        with transaction.atomic():
            if clock.today() == again.today:
                _write(access, row.id, again, why, uuid5(cause, str(row.id)))
                return


def _rested_on(cause: str) -> Iterator[models.Case]:
    cases = models.Case.objects.filter(cause=cause, cause_gone_on__isnull=True).exclude(state=State.WITHDRAWN)
    return iter(cases.order_by("received_at"))


def job_access(row: models.Case, trigger: str) -> Access:
    """Return the access of looking at a case again by itself; `trigger`: what set it off."""
    found = organisations.organisation(organisation(row))
    subject = identity.subject_of(row.party)
    activity = activities.activity(f"{found.key}.{ACTIVITY}")
    return authority.on_duty(found.oin, activity, trigger, subject).for_case(row.id, row.product)


def _again(row: models.Case, why: Why, address: tuple[str, ...]) -> _Again:
    found, today = rows.whole(row), clock.today()
    decide_by = catalogue.product(row.product).term.last_day(today) if found.has_made_known else row.decide_by
    document = letters.reopened(found, why, dated=today, decide_by=decide_by, address=address)
    return _Again(today=today, decide_by=decide_by, letter=messages.render(document))


def _write(access: Access, case: UUID, again: _Again, why: Why, cause: UUID) -> None:
    """Take the step; the term begins anew after a decision that was made known, otherwise it goes on."""
    row = stepped(access, case, Step.REOPEN, note=why)
    end_question(row, again.today)
    if why is Why.DEATH:
        row.cause_gone_on = again.today
    if row.finished_on is not None:
        row.term_from, row.suspended_days, row.decide_by, row.finished_on = again.today, 0, again.decide_by, None
    row.save()
    messages.send(_envelope(access, row, cause), again.letter)


def _envelope(access: Access, row: models.Case, cause: UUID) -> Envelope:
    return Envelope(
        cause=cause,
        party=row.party,
        organisation=access.organisation,
        activity=access.activity.id,
        level=catalogue.product(row.product).level,
        nature=Nature.INFORMATION,
        product=row.product,
        matter=catalogue.product(row.product).matter,
        case=row.id,
    )
