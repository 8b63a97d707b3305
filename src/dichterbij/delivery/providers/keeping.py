"""How long is remembered where something lies and which assertions were used, and why."""

from datetime import datetime, timedelta

from dichterbij.ground.outbox import retention

from . import elsewhere
from .models import CarriedMandate, HandOver, UsedAssertion

HAND_OVERS_KEPT = timedelta(days=1)


def register() -> None:
    """Register the rules of this room."""
    retention.register(
        "providers.Elsewhere",
        why="Zo vindt u uw aanvraag of bericht bij een andere organisatie terug.",
        keep="een jaar nadat u het voor het laatst zag",
        purge=elsewhere.purge,
    )
    retention.register(
        "providers.UsedAssertion",
        why="Zo kan niemand een vraag van een ander een tweede keer sturen.",
        keep="een minuut",
        purge=purge_used,
    )
    retention.register(
        "providers.CarriedMandate",
        why="Zo handelt u ook hier voor wie u elders machtigde.",
        keep="een dag nadat het voor het laatst is nagegaan",
        purge=purge_carried,
    )
    retention.register(
        "providers.HandOver",
        why="Zo eindigt uw inlog ook waar u verderging, als u hier uitlogt.",
        keep="een dag",
        purge=purge_hand_overs,
    )


def purge_hand_overs(now: datetime) -> int:
    """Forget who went on elsewhere more than a day ago: both logins are over."""
    return HandOver.objects.filter(made_at__lte=now - HAND_OVERS_KEPT).delete()[0]


def purge_carried(now: datetime) -> int:
    """Forget mandates that were asked for more than a day ago: the logins are over."""
    return CarriedMandate.objects.filter(asked_at__lte=now - HAND_OVERS_KEPT).delete()[0]


def purge_used(now: datetime) -> int:
    """Forget assertions that have expired."""
    return UsedAssertion.objects.filter(until__lt=now).delete()[0]
