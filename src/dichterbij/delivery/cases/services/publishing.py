"""Make a decision known: render first, then one transaction that sends the letter and starts the term to object."""

from datetime import date
from uuid import UUID

from django.db import transaction

from dichterbij.delivery.catalogue import queries as catalogue
from dichterbij.delivery.messages import services as messages
from dichterbij.delivery.messages.domain import Envelope, Nature, Rendered
from dichterbij.ground.assessment import queries as assessments
from dichterbij.ground.outbox import services as outbox
from dichterbij.kernel import clock
from dichterbij.kernel.access import Access, Permission

from .. import letters, models, rows, signals
from ..domain import Case, NotNow, Step, Taken, last_day_to_object
from ..events import DecisionPublished
from .addressing import paper_address
from .cosigning import ensure_cosigned, in_force
from .steps import ensure_may_follow, ensure_seen, ensure_worker, organisation, record_act, stepped


def publish(access: Access, case: UUID, seen: str | None = None) -> Taken:
    """Send the letter of the decision in force and set its last day to object; a letter that is sent never changes.

    `seen`: the decision that a worker looked at; raises `NotNow` when it is another now. If midnight passes while the
    letter is rendered, it is rendered again: day and term in it are those of the sending.
    """
    ensure_worker(access, Permission.DECIDE)
    row = rows.case_row(access, case)
    found = rows.whole(row)
    ensure_may_follow(found.line.state, Step.PUBLISH)
    ensure_seen(row, seen)
    _ensure_still_right(found)
    ensure_cosigned(in_force(access, case))
    address = paper_address(access)
    record_act(access, "bekendmaking")
    while True:
        today = clock.today()
        letter = _letter(access, found, today, address)
        with transaction.atomic():
            if clock.today() == today:
                return _send(access, found, letter, today)


def _ensure_still_right(case: Case) -> None:
    """Raise `NotNow` for a decision that would be another one now: nobody sends what is known to be wrong."""
    if case.is_doubted:
        raise NotNow(
            "Dit besluit zou nu anders zijn: een regel of gegeven is verbeterd. Besluit eerst opnieuw.",
            remedy="Of schrijf op waarom het zo blijft.",
        )


def _decision(case: Case) -> Taken:
    if case.decision is None:
        raise NotNow("Er is nog geen besluit.")
    return case.decision


def _letter(access: Access, case: Case, today: date, address: tuple[str, ...]) -> Rendered:
    assessment = assessments.assessment(access, _decision(case).assessment)
    last_day = last_day_to_object(today)
    document = letters.decision(case, assessment, published_on=today, object_until=last_day, address=address)
    return messages.render(document)


def _send(access: Access, case: Case, letter: Rendered, today: date) -> Taken:
    row = stepped(access, case.line.id, Step.PUBLISH)
    decision = row.decisions.select_for_update().get(is_replaced=False)
    ensure_seen(row, str(_decision(case).id))
    ensure_cosigned(decision)
    decision.message = messages.send(_envelope(access, row, decision), letter)
    decision.published_on, decision.object_until = today, last_day_to_object(today)
    decision.save(update_fields=["message", "published_on", "object_until"])
    row.finished_on = today
    row.save(update_fields=["state", "finished_on"])
    outbox.emit(_event(row, decision), person=str(row.party))
    taken = rows.taken(organisation(row), decision)
    signals.tell(row, taken.judged)
    return taken


def _envelope(access: Access, row: models.Case, decision: models.Decision) -> Envelope:
    return Envelope(
        cause=decision.id,
        party=row.party,
        organisation=access.organisation,
        activity=access.activity.id,
        level=catalogue.product(row.product).level,
        nature=Nature.DECISION,
        product=row.product,
        matter=catalogue.product(row.product).matter,
        case=row.id,
    )


def _event(row: models.Case, decision: models.Decision) -> DecisionPublished:
    assert decision.message is not None and decision.object_until is not None  # noqa: S101 set just before
    return DecisionPublished(
        case=row.id,
        party=row.party,
        organisation=organisation(row),
        product=row.product,
        decision=decision.id,
        message=decision.message,
        object_until=decision.object_until,
    )
