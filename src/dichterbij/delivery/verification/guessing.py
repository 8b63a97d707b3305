"""A body that seems to guess is stopped: every question counts before it is asked, until it turns out to be a yes."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from dichterbij.kernel import clock
from dichterbij.kernel.identifiers import Oin

from .domain import TooManyGuesses
from .models import Asked, Verifier

MOST_AN_HOUR, MOST_A_DAY = 20, 60
"""How many answers other than yes a body gets: letters get lost, lists of names are something else. Our own choice."""
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def count(asker: Oin) -> UUID:
    """Count a question before it is asked, so that many at once stop at the same number; returns its row.

    Raises `TooManyGuesses`.
    """
    now = clock.now()
    with transaction.atomic():
        Verifier.objects.select_for_update().get(organisation=asker.value)  # one at a time
        guesses = Asked.objects.filter(organisation=asker.value, was_yes=False)
        for most, within in ((MOST_AN_HOUR, HOUR), (MOST_A_DAY, DAY)):
            if guesses.filter(at__gt=now - within).count() >= most:
                raise TooManyGuesses
        return Asked.objects.create(organisation=asker.value, was_yes=False, at=now).id


def was_right(question: UUID) -> None:
    """Note that the answer was yes: no guess."""
    Asked.objects.filter(id=question).update(was_yes=True)


def was_not_answered(question: UUID) -> None:
    """Take back a question that got no answer, through no fault of who asked."""
    Asked.objects.filter(id=question).delete()


def purge(now: datetime) -> int:
    """Forget questions that no longer count as guesses."""
    return Asked.objects.filter(at__lte=now - DAY).delete()[0]
