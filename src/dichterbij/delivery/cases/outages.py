"""Terms of citizens that ended while the site was down: each goes on after it, once, and its case says so.

Law: Awb 2:21, third paragraph; the rule stands in `contact.outages`.
"""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from dichterbij.delivery.contact import outages
from dichterbij.delivery.messages import services as messages
from dichterbij.ground.organisations import services as organisations
from dichterbij.kernel.access import Role
from dichterbij.kernel.identifiers import Oin

from . import models
from .domain import Step
from .services.steps import write_down


def record(organisation: Oin, began_at: datetime, ended_at: datetime | None) -> int | None:
    """Write an outage down and move every term that ends in it; returns how many, None when it was recorded already.

    While it lasts nothing moves yet and nothing lapses. Raises `outages.NoSuchOutage`.
    """
    with transaction.atomic():
        was_down = organisation.value in outages.still_down()
        if not outages.record(organisation, began_at, ended_at):
            return None
        is_down = organisation.value in outages.still_down()
        if is_down != was_down:  # an outage that was over leaves the ways as the operator has them
            organisations.close(organisation, ("click",), again_open=was_down)
        if ended_at is None:
            return 0
        outage = outages.Outage(organisation=organisation, began_at=began_at, ended_at=ended_at)
        return _move(outage)


def lapsed(outage: outages.Outage) -> int:
    """Return how many questions went unanswered because their last day was in the outage: a worker looks at those."""
    within = (outage.first_day, outage.last_day())
    rows = models.Question.objects.filter(organisation=outage.organisation.value, answer_by__range=within)
    return rows.filter(ended_on__isnull=False, answered_at__isnull=True).count()


def _move(outage: outages.Outage) -> int:
    """Move what ends in the outage: answers to questions and objections. The day after it moved lies outside it."""
    within = (outage.first_day, outage.last_day())
    new = outages.extended(within[0], *within)
    number = outage.organisation.value
    questions = models.Question.objects.filter(organisation=number, ended_on__isnull=True, answer_by__range=within)
    decisions = models.Decision.objects.filter(organisation=number, is_replaced=False, object_until__range=within)
    objectable = decisions.filter(objection__isnull=True)
    corrections = models.CorrectionRequest.objects.filter(organisation=number, object_until__range=within)
    asked = [*questions.values_list("id", "case")]
    decided = [*objectable.values_list("id", "case")]
    _tell([case for _id, case in (*asked, *decided)], new)
    for question, _case in asked:
        messages.move_reaction(outage.organisation, question, new)
    return questions.update(answer_by=new) + objectable.update(object_until=new) + corrections.update(object_until=new)


def _tell(cases: Iterable[UUID], new: date) -> None:
    for row in models.Case.objects.select_for_update().filter(id__in=list(cases)):
        write_down(row, Step.EXTEND, by=Role.SYSTEM, note=new.isoformat())
