"""Messages of a means that it ended a session: each counts once."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from dichterbij.kernel import clock

from .domain import AssertionRefused
from .models import LogoutSeen

REMEMBERED = timedelta(days=1)
"""Far longer than a message is valid."""


def once(means: str, message: str) -> None:
    """Note a message; raises `AssertionRefused` when it came before."""
    try:
        with transaction.atomic():
            LogoutSeen.objects.create(means=means, message=message, seen_at=clock.machine_time())
    except IntegrityError:
        raise AssertionRefused("Dit bericht kwam al eerder.") from None


def purge(_now: datetime) -> int:
    """Forget the messages that can no longer be sent again; returns how many."""
    return LogoutSeen.objects.filter(seen_at__lt=clock.machine_time() - REMEMBERED).delete()[0]
