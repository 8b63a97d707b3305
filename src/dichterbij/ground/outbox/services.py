"""Write events, hand them to handlers, keep going."""

import logging
import threading
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import close_old_connections, connections, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.utils import Error as DatabaseError

from dichterbij.kernel import clock

from . import domain, duties, handlers
from .domain import ATTEMPTS, NotYet, State, pause_after
from .models import Delivery, Event

log = logging.getLogger(__name__)
LEASE = timedelta(minutes=2)
"""How long a process may be busy with one delivery before another takes over."""


def emit(happened: object, *, person: str | None, event_id: UUID | None = None) -> UUID:
    """Write an event down, with a delivery for each of its handlers; returns its id.

    Runs in the transaction of the caller: without that transaction's commit nothing happened. `person` is a stable key
    (the party) within which order is kept; None when the event concerns no person. `event_id`: the number its sender
    gave it; an event that comes twice raises IntegrityError.
    """
    row = Event.objects.create(
        event_id=event_id or uuid4(),
        name=domain.name_of(type(happened)),
        person=person or "",
        body=domain.write(happened),
        happened_at=clock.now(),
    )
    Delivery.objects.bulk_create(
        Delivery(event=row, handler=name, person=row.person, not_before=clock.machine_time())
        for name in handlers.names_for(type(happened))
    )
    return row.event_id


def run_once() -> int:
    """Deliver everything that can be delivered now; returns how many deliveries were tried."""
    tried = 0
    while (delivery := _claim()) is not None:
        _deliver(delivery)
        tried += 1
    return tried


def loop(stop: threading.Event | None = None, *, rest: float = 0.5) -> None:
    """Deliver events and do duties until `stop` is set. Safe with any number of threads and processes."""
    stop = stop or threading.Event()
    while not stop.is_set():
        try:
            _do_duties()
            run_once()
        except DatabaseError as error:
            log.warning("outbox waits: %s", type(error).__name__)
        close_old_connections()
        stop.wait(rest)
    connections.close_all()


def release(delivery: int) -> None:
    """Try a parked delivery again (the operator repaired what was wrong)."""
    Delivery.objects.filter(pk=delivery, state=State.PARKED).update(
        state=State.WAITING, failures=0, not_before=clock.machine_time()
    )


def purge_handled(now: datetime) -> int:
    """Remove events that every handler is done with, 30 days after they happened."""
    busy = Delivery.objects.filter(event=OuterRef("pk")).exclude(state=State.DONE)
    old = Event.objects.filter(~Exists(busy), happened_at__lt=now - timedelta(days=30))
    return old.delete()[1].get("outbox.Event", 0)


def _in_turn(moment: datetime) -> QuerySet[Delivery]:
    """Return the deliveries that may be made now: nothing earlier of the same person waits for the same handler."""
    earlier = Delivery.objects.exclude(state=State.DONE).filter(
        handler=OuterRef("handler"), person=OuterRef("person"), id__lt=OuterRef("id")
    )
    ready = Delivery.objects.filter(state=State.WAITING, not_before__lte=moment)
    return ready.filter(Q(person="") | ~Exists(earlier)).order_by("not_before", "id")


def _claim() -> Delivery | None:
    """Take the first delivery whose turn it is and mark it ours for as long as the lease."""
    moment = clock.machine_time()
    if not _in_turn(moment).exists():  # looking costs no lock
        return None
    skip_locked = connections["default"].features.has_select_for_update_skip_locked
    with transaction.atomic():
        delivery = _in_turn(moment).select_for_update(skip_locked=skip_locked).first()
        if delivery is not None:
            Delivery.objects.filter(pk=delivery.pk).update(not_before=moment + LEASE)
        return delivery


def _deliver(delivery: Delivery) -> None:
    """Call the handler outside any transaction; it may read registries and open its own."""
    act = handlers.handler(delivery.handler)
    row = delivery.event
    try:
        if act is None:
            raise domain.UnknownEvent(f"Niemand handelt {delivery.handler} af.")
        act(domain.read(row.name, row.body), row.event_id)
    except NotYet:
        _count_failure(delivery, "NotYet", parks=False)
    except Exception as error:  # the outer edge: whatever a handler raises is a failure that is tried again
        log.warning("outbox %s failed for event %s: %s", delivery.handler, row.event_id, type(error).__name__)
        _count_failure(delivery, type(error).__name__)
    else:
        Delivery.objects.filter(pk=delivery.pk).update(state=State.DONE, problem="")


def _count_failure(delivery: Delivery, problem: str, *, parks: bool = True) -> None:
    failures = delivery.failures + 1
    Delivery.objects.filter(pk=delivery.pk).update(
        failures=failures,
        problem=problem,
        state=State.PARKED if parks and failures >= ATTEMPTS else State.WAITING,
        not_before=clock.machine_time() + pause_after(failures),
    )


def _do_duties() -> None:
    for duty in duties.due():
        try:
            duty.work()
        except Exception as error:  # the outer edge: one duty that fails must not stop the others
            log.warning("duty %s failed: %s", duty.name, type(error).__name__)
