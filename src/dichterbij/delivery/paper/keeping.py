"""How long paper is kept, and why."""

from datetime import datetime, timedelta
from uuid import UUID

from dichterbij.delivery.cases import queries as cases
from dichterbij.delivery.cases.domain import UnknownCase
from dichterbij.ground.outbox import retention
from dichterbij.kernel.clock import day_of

from .models import Form, Received, WrongTry
from .trying import WITHIN

ONE_YEAR = timedelta(days=366)


def register() -> None:
    """Register the rules of this room."""
    retention.register(
        "paper.Received",
        why="Zo kunnen wij laten zien wanneer uw post binnenkwam en wat ermee gebeurde.",
        keep="zo lang als de zaak; zonder zaak een jaar",
        purge=_purge_received,
    )
    retention.register(
        "paper.Scan", why="Dit is uw papier zoals u het stuurde.", keep="zo lang als de zaak", purge=lambda _now: 0
    )
    retention.register(
        "paper.Form",
        why="Zo weten wij van wie een formulier is dat terugkomt.",
        keep="een jaar nadat het is gemaakt, of zo lang als wat ermee is aangevraagd",
        purge=lambda now: Form.objects.filter(
            party__isnull=False, made_at__lt=now - ONE_YEAR, received__isnull=True
        ).delete()[0],
    )
    retention.register(
        "paper.WrongTry",
        why="Zo kan een medewerker niet raden van wie een nummer is.",
        keep="een uur",
        purge=lambda now: WrongTry.objects.filter(at__lt=now - WITHIN).delete()[0],
    )


def _purge_received(now: datetime) -> int:
    loose = Received.objects.filter(case=None, received_on__lt=day_of(now - ONE_YEAR)).delete()[0]
    old = Received.objects.filter(case__isnull=False, received_on__lt=day_of(now - ONE_YEAR))
    gone = [row for row, case in old.values_list("id", "case") if case and _is_gone(case)]
    return loose + Received.objects.filter(id__in=gone).delete()[0]


def _is_gone(case: UUID) -> bool:
    try:
        cases.place(case)
    except UnknownCase:
        return True
    return False
