"""Which bodies know of a death because they asked: for the relatives, who need not call them."""

from datetime import datetime, timedelta
from uuid import UUID

from dichterbij.ground.organisations import queries as organisations
from dichterbij.kernel import clock
from dichterbij.kernel.identifiers import Oin

from .domain import Asker, Informed
from .models import Told

KEEP = timedelta(days=365)


def note(asker: Asker, deceased: UUID) -> None:
    """Note that a body heard of a death as the answer to a question of it."""
    Told.objects.create(question=asker.question, organisation=asker.oin.value, deceased=deceased, at=clock.now())


def take_back(asker: Asker, deceased: UUID) -> None:
    """Forget that a body would have heard of a death."""
    Told.objects.filter(question=asker.question, organisation=asker.oin.value, deceased=deceased).delete()


def informed(deceased: UUID) -> tuple[Informed, ...]:
    """Return which bodies know of a death, in the order in which they first heard."""
    first: dict[str, datetime] = {}
    for organisation, at in Told.objects.filter(deceased=deceased).order_by("at").values_list("organisation", "at"):
        first.setdefault(organisation, at)
    return tuple(
        Informed(name=organisations.organisation(Oin(number)).name, on=clock.day_of(at)) for number, at in first.items()
    )


def purge(now: datetime) -> int:
    """Remove what is older than the plan of the relatives that shows it."""
    return Told.objects.filter(at__lte=now - KEEP).delete()[0]
