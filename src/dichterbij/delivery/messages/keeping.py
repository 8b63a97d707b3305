"""How long messages are kept, and why."""

from datetime import datetime, timedelta
from uuid import UUID

from dichterbij.delivery.contact import keeping as contact
from dichterbij.ground.outbox import retention

from .models import Message, PrintBatch, PrintJob, ReturnedLetter

SEVEN_YEARS = timedelta(days=7 * 365 + 2)
THIRTY_DAYS = timedelta(days=30)
ONE_YEAR = timedelta(days=366)


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
        "messages.PrintBatch",
        why="Zo wordt geen brief twee keer gedrukt.",
        keep="30 dagen na het drukken",
        purge=lambda now: PrintBatch.objects.filter(finished_at__lt=now - THIRTY_DAYS).delete()[0],
    )
    retention.register(
        "messages.ReturnedLetter",
        why="Zo sturen wij geen post naar een adres waar u niet woont.",
        keep="een jaar nadat het is opgelost",
        purge=lambda now: ReturnedLetter.objects.filter(settled_at__lt=now - ONE_YEAR).delete()[0],
    )
    contact.register(_written_to)


def _written_to(since: datetime) -> set[UUID]:
    return set(Message.objects.filter(sent_at__gte=since).values_list("party", flat=True).distinct())
