"""How long ways to reach somebody are kept, and why."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from dichterbij.ground.outbox import retention

from .models import ContactDetail, Dispatch, Verification, Wish

SEVEN_YEARS = timedelta(days=7 * 365 + 2)
THREE_YEARS = timedelta(days=3 * 365 + 1)
ONE_DAY = timedelta(days=1)


def register(written_to: Callable[[datetime], set[UUID]]) -> None:
    """Register the rules of this room. `written_to`: who got a message since an instant, says the room above."""
    for model, why in (
        ("contact.ContactDetail", "Zo weten wij waar wij u kunnen bereiken."),
        ("contact.Wish", "Zo sturen wij uw post op de manier die u koos."),
    ):
        retention.register(
            model,
            why=why,
            keep="tot u het wijzigt, en hoogstens 3 jaar na uw laatste bericht",
            purge=lambda now: _purge_unused(now, written_to),
        )
    retention.register(
        "contact.Verification",
        why="Zo weten wij dat een nieuw adres van u is.",
        keep="1 dag",
        purge=lambda now: Verification.objects.filter(asked_at__lt=now - ONE_DAY).delete()[0],
    )
    retention.register(
        "contact.Dispatch",
        why="Zo kunnen u en wij bewijzen dat er een bericht voor u klaarstond.",
        keep="7 jaar",
        purge=lambda now: Dispatch.objects.filter(made_at__lt=now - SEVEN_YEARS).delete()[0],
    )


def _purge_unused(now: datetime, written_to: Callable[[datetime], set[UUID]]) -> int:
    before = now - THREE_YEARS
    details, wishes = ContactDetail.objects.filter(verified_at__lt=before), Wish.objects.filter(changed_at__lt=before)
    if not details.exists() and not wishes.exists():
        return 0
    recent = written_to(before)
    return details.exclude(party__in=recent).delete()[0] + wishes.exclude(party__in=recent).delete()[0]
