"""Where somebody can come, when, and about what. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from uuid import UUID

from dichterbij.kernel.clock import AMSTERDAM
from dichterbij.kernel.dates import holiday_name
from dichterbij.kernel.identifiers import Oin
from dichterbij.kernel.problems import Problem

Texts = Mapping[str, str]
TICK = timedelta(minutes=5)
"""Every appointment takes whole ticks; a place is never given twice in one tick, whatever the opening hours become."""


class Told(StrEnum):
    """What a message about an appointment tells."""

    BOOKED = "booked"
    MOVED = "moved"
    CANCELLED = "cancelled"
    REMINDER = "reminder"
    GONE = "gone"  # nobody can come there any more


class TimeGone(Problem):
    """A time is not free any more, or is no time at which somebody can come."""

    code = "time-gone"
    title = "Deze tijd is niet meer vrij"
    status = 409


class UnknownAppointment(Problem):
    """This person has no such appointment."""

    code = "unknown-appointment"
    title = "Deze afspraak is er niet"
    status = 404


class AppointmentOver(Problem):
    """An appointment is over or was cancelled already."""

    code = "appointment-over"
    title = "Deze afspraak is al voorbij of afgezegd"
    status = 409


class TooManyAppointments(Problem):
    """Somebody has as many appointments as the organisation allows."""

    code = "too-many-appointments"
    title = "U hebt al genoeg afspraken"
    status = 409


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """Where people can come. `hours`: per weekday (Monday is 0) from and until; `places`: how many at the same time.

    `minutes`: how long an appointment lasts; `closed`: days besides holidays; `days_ahead`: how far one can book;
    `remind_days`: how long before a reminder comes, `remind_post_days` on paper; `most`: how many may be coming.
    `is_gone`: it was taken away, and somebody still has an appointment there.
    """

    key: str
    organisation: Oin
    name: Texts
    address: str
    hours: Mapping[int, tuple[tuple[time, time], ...]]
    minutes: int
    places: int
    closed: frozenset[date]
    days_ahead: int
    remind_days: int
    remind_post_days: int
    most: int
    topics: Mapping[str, Texts]
    bring: Texts
    is_gone: bool = False

    def told(self, language: str) -> str:
        """Return name and address, as far as there is one."""
        return ", ".join(filter(None, (self.name[language], self.address)))

    @property
    def lasts(self) -> timedelta:
        """Return how long an appointment lasts."""
        return timedelta(minutes=self.minutes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment:
    """Somebody comes to a location. `number`: what is called out there; `case` or else `topic` is what it is about.

    `version`: how often it was moved or cancelled, for calendars; `made_by`: empty when the person did it.
    """

    id: UUID
    organisation: Oin
    location: str
    party: UUID
    begins_at: datetime
    ends_at: datetime
    topic: str
    case: UUID | None
    number: str
    version: int
    made_by: str
    cancelled_at: datetime | None

    def is_coming(self, now: datetime) -> bool:
        """Say whether somebody is still expected."""
        return self.cancelled_at is None and now < self.begins_at


def times(location: Location, day: date) -> tuple[datetime, ...]:
    """Return when appointments begin on a day; none on a holiday (Algemene termijnenwet article 3) or a closed day.

    What does not end before closing does not begin.
    """
    if holiday_name(day) is not None or day in location.closed:
        return ()
    found: list[datetime] = []
    for opens, closes in location.hours.get(day.weekday(), ()):
        moment, end = _at(day, opens), _at(day, closes)
        while moment + location.lasts <= end:
            found.append(moment)
            moment += location.lasts
    return tuple(found)


def ticks(begins_at: datetime, lasts: timedelta) -> tuple[datetime, ...]:
    """Return the ticks that an appointment takes.

    >>> len(ticks(datetime(2026, 6, 16, 9), timedelta(minutes=20)))
    4
    """
    return tuple(begins_at + n * TICK for n in range(lasts // TICK))


def _at(day: date, moment: time) -> datetime:
    return datetime.combine(day, moment, tzinfo=AMSTERDAM)
