"""How long the desk keeps what it keeps, and why."""

from datetime import datetime, timedelta

from django.db.models import Q

from dichterbij.ground.outbox import retention

from .models import Assist, Barred, CallBack, Opening, ShownCode, Tried

YEAR = timedelta(days=366)


def register() -> None:
    """Register the rules of this room; notes and conferences go with the help they belong to."""
    retention.register(
        "desk.Assist",
        why="Zo ziet u wie u hielp en wat er gedaan is, en weet een collega waar u gebleven was.",
        keep="een jaar na het gesprek",
        purge=lambda now: Assist.objects.filter(opened_at__lt=now - YEAR).delete()[0],
    )
    for model in ("desk.Note", "desk.Conference", "desk.Said"):
        retention.register(model, why="Dit hoort bij een gesprek.", keep="zo lang als het gesprek", purge=_with_other)
    retention.register(
        "desk.ShownCode", why="Om een code maar één keer te laten werken.", keep="een dag na het einde", purge=_codes
    )
    retention.register(
        "desk.Tried",
        why="Om te zorgen dat niemand een code of een antwoord raadt.",
        keep="twee dagen",
        purge=lambda now: Tried.objects.filter(at__lt=now - timedelta(days=2)).delete()[0],
    )
    retention.register(
        "desk.Barred",
        why="Om te zorgen dat een medewerker de eigen gegevens en die van familie niet opent.",
        keep="drie jaar nadat het is gemeld; de werkgever en de medewerker melden het dan opnieuw",
        purge=lambda now: Barred.objects.filter(told_at__lt=now - 3 * YEAR).delete()[0],
    )
    retention.register(
        "desk.Opening",
        why="Om na te kunnen gaan of medewerkers alleen openen wat nodig is.",
        keep="drie jaar",
        purge=lambda now: Opening.objects.filter(at__lt=now - 3 * YEAR).delete()[0],
    )
    retention.register(
        "desk.CallBack", why="Om u terug te bellen.", keep="dertig dagen na het laatste belletje", purge=_calls
    )


def _with_other(_now: datetime) -> int:
    return 0


def _codes(now: datetime) -> int:
    return ShownCode.objects.filter(until__lt=now - timedelta(days=1)).delete()[0]


def _calls(now: datetime) -> int:
    month = now - timedelta(days=30)
    old = Q(done_at__lt=month) | Q(done_at__isnull=True, asked_at__lt=month - timedelta(days=60))
    return CallBack.objects.filter(old).delete()[0]
