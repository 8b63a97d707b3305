"""Messages of a means that count once: that it ended a session, or who logged in."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from dichterbij.kernel import clock

from .domain import AssertionRefused
from .models import MessageSeen

REMEMBERED = timedelta(days=1)
"""Far longer than a message is valid."""


def count(means: str, message: str) -> None:
    """Note a message by its id; raises `AssertionRefused` when it came before."""
    try:
        with transaction.atomic():
            MessageSeen.objects.create(means=means, message=message, seen_at=clock.machine_time())
    except IntegrityError:
        raise AssertionRefused("Dit bericht kwam al eerder.") from None


def purge(_now: datetime) -> int:
    """Forget the messages that can no longer be sent again; returns how many."""
    return MessageSeen.objects.filter(seen_at__lt=clock.machine_time() - REMEMBERED).delete()[0]
