"""Book, move and cancel. The database decides who was first; the letter is written before, and sent with it."""

import secrets
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from uuid import UUID, uuid4

from django.db import IntegrityError, connection, transaction

from dichterbij.delivery.cases import queries as cases
from dichterbij.delivery.cases.domain import UnknownCase
from dichterbij.ground.logbook import services as logbook
from dichterbij.kernel import clock
from dichterbij.kernel.access import Access

from . import telling
from .domain import Appointment, AppointmentOver, Location, TimeGone, Told, TooManyAppointments, ticks
from .locations import location as location_of
from .models import Booking, Taken
from .queries import appointment, bookable

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"


def book(
    access: Access, location: Location, begins_at: datetime, *, topic: str = "", case: UUID | None = None
) -> Appointment:
    """Make an appointment about a case or a topic.

    Raises `TimeGone`, `TooManyAppointments`, and `UnknownCase` for a case that is not of this person here.
    """
    _ensure_about(access, location, topic, case)
    _ensure_free(location, begins_at)
    _ensure_not_too_many(access, location)
    made = Appointment(
        id=uuid4(),
        organisation=access.organisation,
        location=location.key,
        party=access.subject.party,
        begins_at=begins_at,
        ends_at=begins_at + location.lasts,
        topic=topic,
        case=case,
        number=_number(),
        version=0,
        made_by=access.on_behalf_of,
        cancelled_at=None,
    )
    logbook.record_act(access, "afspraak gemaakt")
    send = telling.prepare(made, Told.BOOKED)

    def write() -> None:
        _one_at_a_time(made.party)
        _ensure_not_too_many(access, location)  # again: another window may have been first
        _row(made).save(force_insert=True)
        _take(made, location)
        send()

    _write_first(location, write)
    return made


def move(access: Access, number: UUID, begins_at: datetime) -> Appointment:
    """Let an appointment begin at another time at the same location; raises `AppointmentOver` and `TimeGone`."""
    before = _coming(access, number)
    location = location_of(before.location)
    _ensure_free(location, begins_at)
    moved = replace(before, begins_at=begins_at, ends_at=begins_at + location.lasts, version=before.version + 1)
    logbook.record_act(access, "afspraak verzet")
    send = telling.prepare(moved, Told.MOVED)

    def write() -> None:
        _change(before, begins_at=moved.begins_at, ends_at=moved.ends_at, reminded_at=None)
        old = list(Taken.objects.filter(booking_id=number).values_list("id", flat=True))
        _take(moved, location)  # first the new time, so that two who change places never wait for each other
        Taken.objects.filter(id__in=old).delete()
        send()

    _write_first(location, write)
    return moved


def cancel(access: Access, number: UUID) -> Appointment:
    """Let an appointment go; its time is free at once. Raises `AppointmentOver`, also for the second time."""
    before = _coming(access, number)
    now = clock.now()
    cancelled = replace(before, version=before.version + 1, cancelled_at=now)
    logbook.record_act(access, "afspraak afgezegd")
    send = telling.prepare(cancelled, Told.CANCELLED)
    with transaction.atomic():
        _change(before, cancelled_at=now)
        Taken.objects.filter(booking_id=number).delete()
        send()
    return cancelled


def _coming(access: Access, number: UUID) -> Appointment:
    found = appointment(access, number)
    if not found.is_coming(clock.now()):
        raise AppointmentOver
    return found


def _change(before: Appointment, **changes: object) -> None:
    """Change an appointment that nobody changed since it was read; raises `AppointmentOver`."""
    same = Booking.objects.filter(id=before.id, version=before.version, cancelled_at__isnull=True)
    if not same.update(version=before.version + 1, **changes):
        raise AppointmentOver


def _ensure_about(access: Access, location: Location, topic: str, case: UUID | None) -> None:
    if case is None:
        if topic not in location.topics:
            raise TimeGone("Kies waar de afspraak over gaat.")
        return
    place = cases.place(case)
    if place.party != access.subject.party or place.product.organisation != access.organisation:
        raise UnknownCase


def _ensure_free(location: Location, begins_at: datetime) -> None:
    if not any(begins_at in moments for moments in bookable(location).values()):
        raise TimeGone("Kies een andere tijd. Misschien was iemand u net voor.")


def _ensure_not_too_many(access: Access, location: Location) -> None:
    coming = Booking.objects.filter(
        organisation=access.organisation.value,
        party=access.subject.party,
        cancelled_at__isnull=True,
        begins_at__gt=clock.now(),
    )
    if coming.count() >= location.most:
        raise TooManyAppointments("Zeg eerst een afspraak af, of verzet er een.")


def _one_at_a_time(party: UUID) -> None:
    """Wait, until the transaction ends, for another window of the same person; SQLite has one writer by itself."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int.from_bytes(party.bytes[:8], signed=True)])


def _write_first(location: Location, write: Callable[[], None]) -> None:
    """Write in one transaction; when somebody else took the same place first, try the next place."""
    for _ in range(location.places):
        try:
            with transaction.atomic():
                write()
        except IntegrityError:  # somebody else, or the same person in another window, was first
            continue
        return
    raise TimeGone("Kies een andere tijd. Deze is net vergeven, of u hebt dan al een afspraak.")


def _take(made: Appointment, location: Location) -> None:
    """Take the lowest place that is free all the time; the database refuses a second one at the same moment."""
    moments = ticks(made.begins_at, location.lasts)
    given = set(Taken.objects.filter(location=location.key, at__in=moments).values_list("place", flat=True))
    place = next((n for n in range(location.places) if n not in given), None)
    if place is None:
        raise TimeGone("Kies een andere tijd. Deze is net vergeven.")
    Taken.objects.bulk_create(
        Taken(booking_id=made.id, location=location.key, place=place, party=made.party, at=moment) for moment in moments
    )


def _number() -> str:
    """Return what is called out at the location: it says nothing of who or what."""
    return f"{secrets.choice(LETTERS)}{secrets.randbelow(900) + 100}"


def _row(made: Appointment) -> Booking:
    return Booking(
        id=made.id,
        organisation=made.organisation.value,
        location=made.location,
        party=made.party,
        begins_at=made.begins_at,
        ends_at=made.ends_at,
        topic=made.topic,
        case=made.case,
        number=made.number,
        made_by=made.made_by,
        booked_at=clock.now(),
    )
