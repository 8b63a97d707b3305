"""How long messages are kept, and why."""

from datetime import datetime, timedelta

from dichterbij.ground.outbox import retention

from .models import Message, Preference, PrintJob

SEVEN_YEARS = timedelta(days=7 * 365 + 2)
THREE_YEARS = timedelta(days=3 * 365 + 1)
THIRTY_DAYS = timedelta(days=30)


def register() -> None:
    """Register the rules of this room."""
    retention.register(
        "messages.Message",
        why="U kunt een besluit jaren later nog nodig hebben.",
        keep="7 jaar",
        purge=lambda now: Message.objects.filter(sent_at__lt=now - SEVEN_YEARS).delete()[0],
    )
    retention.register(
        "messages.PrintJob",
        why="Zo weten wij dat uw brief is gedrukt.",
        keep="30 dagen na het drukken",
        purge=lambda now: PrintJob.objects.filter(printed_at__lt=now - THIRTY_DAYS).delete()[0],
    )
    retention.register(
        "messages.Preference",
        why="Zo sturen wij uw post op de manier die u koos.",
        keep="3 jaar na uw laatste bericht",
        purge=_purge_preferences,
    )


def _purge_preferences(now: datetime) -> int:
    recent = Message.objects.filter(sent_at__gte=now - THREE_YEARS).values("party")
    old = Preference.objects.filter(changed_at__lt=now - THREE_YEARS).exclude(party__in=recent)
    return old.delete()[0]
