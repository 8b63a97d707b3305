"""What changes something: answers of the public checklist, and plans."""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from dichterbij.ground.organisations import keys
from dichterbij.ground.organisations import queries as organisations
from dichterbij.kernel import clock

from .models import CheckAnswers

ANSWERS_LIVE = timedelta(minutes=30)
ANSWERS_PURPOSE = "life-events.answers"


def keep_answers(event: str, answers: Mapping[str, object], previous: UUID | None = None) -> UUID | None:
    """Keep answers of the public checklist for half an hour and erase earlier ones; None when there are none."""
    forget_answers(previous)
    if not answers:
        return None
    operator = organisations.operator().oin
    sealed = keys.seal(operator, json.dumps(dict(answers)).encode(), purpose=ANSWERS_PURPOSE)
    return CheckAnswers.objects.create(event=event, sealed=sealed, until=clock.now() + ANSWERS_LIVE).id


def forget_answers(answers_id: UUID | None) -> None:
    """Erase answers of the public checklist."""
    if answers_id is not None:
        CheckAnswers.objects.filter(id=answers_id).delete()


def purge_answers(now: datetime) -> int:
    """Erase answers of the public checklist whose half hour is over."""
    return CheckAnswers.objects.filter(until__lte=now).delete()[0]
