"""Which bodies know of a death because they asked: for the relatives, who need not call them."""

from datetime import datetime, timedelta
from uuid import UUID

from dichterbij.ground.identity.register_events import DeathCorrected
from dichterbij.ground.organisations import queries as organisations
from dichterbij.kernel import clock
from dichterbij.kernel.identifiers import Oin

from .domain import Informed
from .models import Told

KEEP = timedelta(days=365)


def note(organisation: Oin, deceased: UUID) -> None:
    """Note that a body knows of a death; the first time counts."""
    values = {"organisation": organisation.value, "deceased": deceased}
    Told.objects.get_or_create(**values, defaults={"at": clock.now()})


def informed(deceased: UUID) -> tuple[Informed, ...]:
    """Return which bodies know of a death, in the order in which they heard."""
    rows = Told.objects.filter(deceased=deceased).order_by("at")
    return tuple(
        Informed(name=organisations.organisation(Oin(row.organisation)).name, on=clock.day_of(row.at)) for row in rows
    )


def forget(event: DeathCorrected, _event_id: UUID) -> None:
    """Forget who was told of a death that was registered by mistake."""
    Told.objects.filter(deceased=event.party).delete()


def purge(now: datetime) -> int:
    """Remove what is older than the plan of the relatives that shows it."""
    return Told.objects.filter(at__lte=now - KEEP).delete()[0]
