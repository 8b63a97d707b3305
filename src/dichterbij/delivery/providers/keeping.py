"""How long is remembered where something lies and which assertions were used, and why."""

from datetime import datetime

from dichterbij.ground.outbox import retention

from . import elsewhere
from .models import UsedAssertion


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


def purge_used(now: datetime) -> int:
    """Forget assertions that have expired."""
    return UsedAssertion.objects.filter(until__lt=now).delete()[0]
