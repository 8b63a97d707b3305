"""How long appointments are kept, and why."""

from datetime import datetime, timedelta

from dichterbij.ground.outbox import retention

from .models import Booking

THIRTY_DAYS = timedelta(days=30)


def register() -> None:
    """Register the rules of this room; what is taken of a location goes with its appointment."""
    retention.register(
        "appointments.Booking",
        why="Zo weten u en wij wanneer u komt en waarvoor.",
        keep="30 dagen na de dag van de afspraak",
        purge=lambda now: Booking.objects.filter(ends_at__lt=now - THIRTY_DAYS).delete()[0],
    )
    retention.register(
        "appointments.Taken",
        why="Zo krijgt niemand anders dezelfde tijd.",
        keep="zo lang als de afspraak",
        purge=_with_the_appointment,
    )


def _with_the_appointment(_now: datetime) -> int:
    return 0
