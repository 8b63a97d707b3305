"""What the operator sees of the queue."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from dichterbij.kernel import clock

from .domain import State, name_of
from .models import Delivery, Event


@dataclass(frozen=True, slots=True, kw_only=True)
class Stuck:
    """A delivery that failed too often. `problem` is the kind of failure, without personal data."""

    delivery: int
    event_id: UUID
    event: str
    handler: str
    problem: str
    happened_at: datetime


def stuck() -> tuple[Stuck, ...]:
    """Return what is parked, oldest first."""
    rows = Delivery.objects.filter(state=State.PARKED).select_related("event").order_by("id")
    return tuple(
        Stuck(
            delivery=row.pk,
            event_id=row.event.event_id,
            event=row.event.name,
            handler=row.handler,
            problem=row.problem,
            happened_at=row.event.happened_at,
        )
        for row in rows
    )


def has_happened(kind: type, person: str, since: datetime) -> bool:
    """Say whether an event of a kind about somebody was written down since an instant; they are kept for 30 days."""
    return Event.objects.filter(name=name_of(kind), person=person, happened_at__gte=since).exists()


def waiting() -> int:
    """Return how many deliveries still have to be made."""
    return Delivery.objects.filter(state=State.WAITING).count()


def lag() -> timedelta:
    """Return how long the oldest delivery whose turn it is has waited."""
    moment = clock.machine_time()
    first = Delivery.objects.filter(state=State.WAITING, not_before__lte=moment).order_by("not_before").first()
    return moment - first.not_before if first else timedelta(0)
