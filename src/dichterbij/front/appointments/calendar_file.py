"""An appointment for somebody's own calendar (RFC 5545). A calendar is often shared: it never says what it is about."""

from icalendar import Calendar, Event

from dichterbij.ground.organisations import queries as organisations
from dichterbij.kernel import clock

from .domain import Appointment
from .locations import place_of


def calendar_file(about: Appointment, language: str, summary: str) -> bytes:
    """Return the file; a later one with the same appointment replaces or cancels it, by its version."""
    place, sender = place_of(about), organisations.organisation(about.organisation)
    event = Event()
    event.add("uid", str(about.id))
    event.add("dtstamp", clock.now())
    event.add("sequence", about.version)
    event.add("dtstart", about.begins_at)
    event.add("dtend", about.ends_at)
    event.add("summary", summary)
    event.add("location", f"{sender.name}, {place.told(language)}")
    event.add("status", "CANCELLED" if about.cancelled_at else "CONFIRMED")
    file = Calendar()
    file.add("prodid", "-//Dichterbij//NL")
    file.add("version", "2.0")
    file.add("method", "PUBLISH")
    file.add_component(event)
    written: bytes = file.to_ical()
    return written
