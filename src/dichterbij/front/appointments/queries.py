"""What is free, and what somebody has."""

from collections import Counter
from datetime import date, datetime, timedelta
from uuid import UUID

from dichterbij.ground.logbook.services import record_view
from dichterbij.kernel import clock
from dichterbij.kernel.access import Access
from dichterbij.kernel.identifiers import Oin

from .domain import Appointment, Location, UnknownAppointment, ticks, times
from .models import Booking, Taken

MOST_SHOWN = 20


def free(location: Location, first: date, last: date) -> dict[date, tuple[datetime, ...]]:
    """Return the free times of every day from the first up to and including the last that has some."""
    now = clock.now()
    taken = _taken(location, first, last)
    found: dict[date, tuple[datetime, ...]] = {}
    for n in range((last - first).days + 1):
        day = first + timedelta(days=n)
        open_ = tuple(
            moment
            for moment in times(location, day)
            if moment > now and all(taken[tick] < location.places for tick in ticks(moment, location.lasts))
        )
        if open_:
            found[day] = open_
    return found


def bookable(location: Location) -> dict[date, tuple[datetime, ...]]:
    """Return the free times of every day on which somebody can still come."""
    today = clock.today()
    return free(location, today, today + timedelta(days=location.days_ahead))


def organisations_of(party: UUID) -> tuple[Oin, ...]:
    """Return where somebody has appointments, to ask access there."""
    found = Booking.objects.filter(party=party).values_list("organisation", flat=True).distinct()
    return tuple(Oin(each) for each in sorted(found))


def appointments(access: Access) -> tuple[Appointment, ...]:
    """Return the appointments of a person at one organisation, the first one first."""
    record_view(access, "afspraken")
    rows = Booking.objects.filter(organisation=access.organisation.value, party=access.subject.party)
    return tuple(appointment_of(row) for row in rows.order_by("-begins_at")[:MOST_SHOWN])[::-1]


def appointment(access: Access, number: UUID) -> Appointment:
    """Return one appointment of a person; raises `UnknownAppointment`."""
    record_view(access, "afspraak")
    return appointment_of(row_of(access, number))


def organisation_of(number: UUID) -> Oin:
    """Return at which organisation an appointment is, to ask access there; raises `UnknownAppointment`."""
    found = Booking.objects.filter(id=number).values_list("organisation", flat=True).first()
    if found is None:
        raise UnknownAppointment
    return Oin(found)


def expected(organisation: Oin, day: date) -> tuple[Appointment, ...]:
    """Return who is expected on a day, by number only: a worker learns who it is when the person comes."""
    rows = Booking.objects.filter(
        organisation=organisation.value,
        cancelled_at__isnull=True,
        begins_at__gte=clock.end_of(day - timedelta(days=1)),
        begins_at__lt=clock.end_of(day),
    )
    return tuple(appointment_of(row) for row in rows.order_by("begins_at", "number"))


def row_of(access: Access, number: UUID) -> Booking:
    """Return the row of an appointment of this person at this organisation; raises `UnknownAppointment`."""
    mine = Booking.objects.filter(id=number, organisation=access.organisation.value, party=access.subject.party).first()
    if mine is None:
        raise UnknownAppointment
    return mine


def appointment_of(row: Booking) -> Appointment:
    """Return a row as a value."""
    return Appointment(
        id=row.id,
        organisation=Oin(row.organisation),
        location=row.location,
        party=row.party,
        begins_at=row.begins_at,
        ends_at=row.ends_at,
        topic=row.topic,
        case=row.case,
        number=row.number,
        version=row.version,
        made_by=row.made_by,
        cancelled_at=row.cancelled_at,
    )


def _taken(location: Location, first: date, last: date) -> Counter[datetime]:
    """Return how many places are given per tick."""
    begin, end = clock.end_of(first - timedelta(days=1)), clock.end_of(last)
    return Counter(Taken.objects.filter(location=location.key, at__gte=begin, at__lt=end).values_list("at", flat=True))
