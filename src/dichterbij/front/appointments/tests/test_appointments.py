"""Appointments through the front door: book, move, cancel, be reminded; and what is refused."""

import json
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from html import unescape
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.db import connections
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from dichterbij.delivery.cases import services as cases
from dichterbij.delivery.contact import wishes
from dichterbij.delivery.contact.domain import EVERYTHING, Notify, Wish
from dichterbij.delivery.messages.models import Message, PrintJob
from dichterbij.front.appointments import queries, services, telling
from dichterbij.front.appointments.domain import AppointmentOver, TimeGone, TooManyAppointments, times
from dichterbij.front.appointments.locations import SHARED, InvalidLocationFile, _read, location
from dichterbij.front.appointments.models import Booking, Taken
from dichterbij.front.appointments.tests import booking
from dichterbij.ground.identity.services import party_for
from dichterbij.ground.outbox import retention
from dichterbij.kernel import clock
from dichterbij.kernel.clock import AMSTERDAM
from dichterbij.kernel.identifiers import Bsn, Oin

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "logbook"])
GRANT = "aanvullende-beurs"
EARLY = datetime(2026, 6, 15, 8, 0, tzinfo=AMSTERDAM)
DUO = "/appointments/new/duo-rotterdam"
SOUTH = "/appointments/new/rotterdam-zuid"  # one place


def read(response: HttpResponse) -> str:
    return unescape(response.content.decode()).replace("\xa0", " ").replace("\xad", "")


@pytest.fixture(autouse=True)
def morning():
    with clock.frozen(EARLY):
        yield


def book(client: Client, where: str = SOUTH, time: str = "", about: str = "other") -> HttpResponse:
    page = read(client.get(where))
    moment = time or re.findall(r'<option value="(2026[^"]+T[^"]+)"', page)[0]
    return client.post(f"{where}?day={moment[:10]}", {"time": moment, "about": about})


def made(response: HttpResponse) -> Booking:
    assert response.status_code == 302, read(response)
    return Booking.objects.get(id=response.headers["Location"].rpartition("/")[2])


def test_somebody_books_moves_and_cancels_and_is_told_each_time(log_in) -> None:
    widow = log_in("widow")
    booked = made(book(widow))
    assert booked.number in read(widow.get(reverse("appointment", args=[booked.id])))
    free_again = booked.begins_at.astimezone(AMSTERDAM).isoformat()
    assert free_again not in read(widow.get(SOUTH))
    page = read(widow.get(reverse("appointment-move", args=[booked.id])))
    later = re.findall(r'<option value="(2026[^"]+T[^"]+)"', page)[1]
    made(widow.post(reverse("appointment-move", args=[booked.id]), {"time": later}))
    assert free_again in read(widow.get(SOUTH))
    widow.post(reverse("appointment-cancel", args=[booked.id]))
    assert later in read(widow.get(SOUTH))
    assert "afgezegd" in read(widow.get("/appointments"))
    assert Message.objects.filter(party=booked.party).count() == 3


def test_an_appointment_is_about_ones_own_application_at_that_organisation_only(log_in, citizen) -> None:
    access = citizen("student", GRANT)
    draft = cases.start(access, GRANT, name="M. Verzonnen", language="nl")
    case = cases.submit(access, draft.id, draft.key)
    student = log_in("student")
    assert case.reference in read(student.get(DUO))
    assert case.reference not in read(student.get(SOUTH))
    booked = made(book(student, DUO, about=f"case:{case.id}"))
    assert booked.case == case.id
    assert str(case.id) in read(student.get(reverse("appointment", args=[booked.id])))
    assert book(log_in("widow"), DUO, about=f"case:{case.id}").status_code == 422


def test_a_time_is_given_once_and_who_is_late_keeps_what_they_had(log_in) -> None:
    widow, student = log_in("widow"), log_in("student")
    first = made(book(widow))
    taken = first.begins_at.astimezone(AMSTERDAM).isoformat()
    assert book(student, time=taken).status_code == 422
    second = made(book(student))
    response = student.post(f"{reverse('appointment-move', args=[second.id])}?day={taken[:10]}", {"time": taken})
    assert response.status_code == 422
    assert Booking.objects.get(id=second.id).begins_at == second.begins_at
    assert second.begins_at != first.begins_at


def booked_at_once(*asked: tuple[UUID, datetime]) -> list[str]:
    """Return what processes of their own say that each book a time for a party, at the same moment."""
    databases = json.dumps({alias: str(connections[alias].settings_dict["NAME"]) for alias in ("default", "logbook")})
    processes = [
        subprocess.Popen(
            [sys.executable, "-m", booking.__name__, databases, str(party), moment.isoformat()],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for party, moment in asked
    ]
    for process in processes:
        assert process.stdout and process.stdout.readline() == "ready\n"
    for process in processes:
        assert process.stdin
        process.stdin.write("go\n")
        process.stdin.flush()
    return sorted(process.communicate(timeout=60)[0].strip() for process in processes)


def test_two_processes_that_want_the_last_place_give_it_to_one(citizen_access) -> None:
    moment = next(iter(queries.bookable(location("rotterdam-zuid")).values()))[0]
    widow, student = (citizen_access(key).subject.party for key in ("widow", "student"))
    assert booked_at_once((widow, moment), (student, moment)) == ["booked", "gone"]
    assert Booking.objects.count() == 1
    assert Taken.objects.count() == 6


@pytest.mark.slow
def test_one_person_in_two_windows_gets_no_more_times_than_the_organisation_allows(citizen_access) -> None:
    access, place = citizen_access("widow"), location("rotterdam-zuid")
    *before, one, other = next(iter(queries.bookable(place).values()))[: place.most + 1]
    for moment in before:
        services.book(access, place, moment, topic="other")
    party = access.subject.party
    assert booked_at_once((party, one), (party, other)) == ["booked", "too many"]
    assert Booking.objects.count() == place.most


def test_the_database_itself_refuses_a_place_or_a_person_twice(log_in) -> None:
    booked = made(book(log_in("widow")))
    tick = Taken.objects.filter(booking=booked)[0]
    for party, place in ((uuid4(), tick.place), (tick.party, tick.place + 1)):
        with pytest.raises(services.IntegrityError):
            Taken.objects.create(booking=booked, location=tick.location, place=place, party=party, at=tick.at)


def test_nobody_comes_on_a_holiday_a_closed_day_or_outside_opening_hours() -> None:
    place = replace(location_of_test(), closed=frozenset({date(2026, 6, 17)}))
    assert times(place, date(2026, 4, 27)) == ()  # a Monday: the day of the King
    assert times(place, date(2026, 6, 17)) == ()
    assert times(place, date(2026, 6, 21)) == ()  # a Sunday
    monday = times(place, date(2026, 6, 15))
    assert (monday[0].hour, monday[-1].hour, monday[-1].minute) == (9, 15, 40)
    assert not any(12 <= moment.hour < 13 for moment in monday)


def location_of_test():
    path = next(p for p in locations_folder().glob("rotterdam.yaml"))
    return _read(path, locations_folder() / SHARED, Oin("00000099100000001000"))[0]


def locations_folder():
    from django.conf import settings

    return settings.SHIPPED_DATA / "content" / "appointments"


def test_the_past_and_a_time_of_ones_own_making_are_refused(citizen_access) -> None:
    access, place = citizen_access("widow"), location("rotterdam-zuid")
    with pytest.raises(TimeGone):
        services.book(access, place, datetime(2026, 6, 9, 10, 0, tzinfo=AMSTERDAM), topic="other")
    with pytest.raises(TimeGone):
        services.book(access, place, datetime(2026, 6, 16, 10, 7, tzinfo=AMSTERDAM), topic="other")


def test_what_is_cancelled_or_over_is_not_changed_again(citizen_access) -> None:
    access, place = citizen_access("widow"), location("rotterdam-zuid")
    first, second = next(iter(queries.bookable(place).values()))[:2]
    booked = services.book(access, place, first, topic="other")
    services.cancel(access, booked.id)
    for act in (lambda: services.cancel(access, booked.id), lambda: services.move(access, booked.id, second)):
        with pytest.raises(AppointmentOver):
            act()
    again = services.book(access, place, first, topic="other")
    with clock.frozen(first + timedelta(minutes=1)), pytest.raises(AppointmentOver):
        services.cancel(replace(access, at=clock.now()), again.id)


def test_nobody_holds_more_times_than_the_organisation_allows(citizen_access) -> None:
    access, place = citizen_access("widow"), location("rotterdam-zuid")
    moments = next(iter(queries.bookable(place).values()))
    for moment in moments[: place.most]:
        services.book(access, place, moment, topic="other")
    with pytest.raises(TooManyAppointments):
        services.book(access, place, moments[place.most], topic="other")


def test_the_appointment_of_somebody_else_is_not_there(log_in) -> None:
    booked = made(book(log_in("widow")))
    for name in ("appointment", "appointment-move", "appointment-cancel", "appointment-calendar"):
        assert log_in("student").get(reverse(name, args=[booked.id])).status_code == 404
    assert log_in("student").post(reverse("appointment-cancel", args=[booked.id])).status_code == 404
    assert Booking.objects.get().cancelled_at is None


def test_a_parent_books_for_a_child_and_it_is_the_appointment_of_the_child(log_in) -> None:
    father = log_in("new_father")
    father.post("/authorities/look-up")
    person = re.search(r'name="person" value="([^"]+)"', read(father.get("/authorities")))
    assert person
    father.post("/authorities/act", {"person": person[1]})
    booked = made(book(father))
    assert str(booked.party) == person[1]
    assert booked.made_by.startswith("parent")


def test_an_organisation_without_counters_says_whom_to_call(log_in) -> None:
    page = read(log_in("widow").get("/appointments/new"))
    assert "Dienst Toeslagen" in page.split("Hier kunt u geen afspraak maken")[1]
    assert log_in("widow").get("/appointments/new/belastingdienst").status_code == 404


def test_a_calendar_file_has_the_time_and_not_what_it_is_about(log_in) -> None:
    student = log_in("widow")
    booked = made(book(student, about="allowance"))
    response = student.get(reverse("appointment-calendar", args=[booked.id]))
    assert response.headers["Content-Type"].startswith("text/calendar")
    event = Calendar.from_ical(response.content).walk("VEVENT")[0]
    assert event["dtstart"].dt.astimezone(UTC) == booked.begins_at
    assert (event["dtend"].dt - event["dtstart"].dt) == timedelta(minutes=30)
    assert "Coolsingel" not in event["location"] and "Verzonnenplein 1" in event["location"]
    assert b"bijstand" not in response.content
    student.post(reverse("appointment-cancel", args=[booked.id]))
    later = Calendar.from_ical(student.get(reverse("appointment-calendar", args=[booked.id])).content)
    assert later.walk("VEVENT")[0]["status"] == "CANCELLED"
    assert later.walk("VEVENT")[0]["sequence"] > event["sequence"]


@pytest.fixture
def without_the_counter(settings, tmp_path) -> Callable[[], None]:
    """Return what takes the counter of the appointments away."""

    def take_away() -> None:
        (tmp_path / "content/appointments").mkdir(parents=True)
        own = (Path(settings.DATA_FOLDERS[0]) / "content/appointments/rotterdam.yaml").read_text()
        without = re.sub(r"(?s)\n  rotterdam-zuid:.*?(?=\n\n)", "", own)
        (tmp_path / "content/appointments/rotterdam.yaml").write_text(without)
        settings.DATA_FOLDERS = [*settings.DATA_FOLDERS, tmp_path]

    return take_away


def test_who_was_reminded_already_still_hears_once_that_the_counter_was_taken_away(
    citizen_access, without_the_counter
) -> None:
    place = location("rotterdam-zuid")
    first = queries.bookable(place)[date(2026, 6, 20)][0]
    services.book(citizen_access("widow"), place, first, topic="other")
    with clock.frozen(first - timedelta(hours=20)):
        assert telling.remind() == 1
        without_the_counter()
        assert [telling.remind() for _ in range(2)] == [1, 0]
    assert Message.objects.count() == 3


def test_who_has_an_appointment_at_a_counter_that_was_taken_away_hears_so_once_and_can_still_cancel(
    log_in, without_the_counter
) -> None:
    widow = log_in("widow")
    booked = made(book(widow))
    without_the_counter()
    assert telling.remind() == 1
    assert telling.remind() == 0
    assert "kan niet doorgaan" in read(widow.get("/messages"))
    page = read(widow.get(reverse("appointment", args=[booked.id])))
    assert "Deze balie is er niet meer" in page
    assert "/appointments/new" in page
    assert "Iets anders" in page
    assert "Gemeente Rotterdam, deze balie is er niet meer" in read(widow.get("/appointments"))
    move = reverse("appointment-move", args=[booked.id])
    assert widow.get(move).headers["Location"] == reverse("appointment", args=[booked.id])
    assert widow.get(reverse("appointment-calendar", args=[booked.id])).status_code == 200
    widow.post(reverse("appointment-cancel", args=[booked.id]))
    assert "afgezegd" in read(widow.get("/appointments"))


def test_a_reminder_comes_once_and_a_letter_on_paper_comes_earlier(citizen_access) -> None:
    place = location("rotterdam-zuid")
    on_screen, on_paper = citizen_access("widow"), citizen_access("student")
    wishes.prefer(on_paper.subject.party, EVERYTHING, Wish(notify=Notify.NONE, by_post=True))
    day = date(2026, 6, 20)
    first, second = queries.bookable(place)[day][:2]
    services.book(on_screen, place, first, topic="other")
    services.book(on_paper, place, second, topic="other")
    printed = PrintJob.objects.count()
    assert telling.remind() == 1
    assert PrintJob.objects.count() == printed + 1
    with clock.frozen(first - timedelta(hours=20)):
        assert telling.remind() == 1
        assert telling.remind() == 0
    assert Message.objects.count() == 4


def test_many_who_hear_it_later_do_not_hold_up_a_letter_on_paper(citizen_access, monkeypatch) -> None:
    monkeypatch.setattr(telling, "MOST_AT_ONCE", 1)
    place = location("rotterdam-zuid")
    first, second, third = queries.bookable(place)[date(2026, 6, 20)][:3]
    services.book(citizen_access("widow"), place, first, topic="other")
    for key, moment in (("student", second), ("uncle", third)):
        access = citizen_access(key)
        wishes.prefer(access.subject.party, EVERYTHING, Wish(notify=Notify.NONE, by_post=True))
        services.book(access, place, moment, topic="other")
    assert [telling.remind() for _ in range(3)] == [1, 1, 0]


def test_a_reminder_that_cannot_be_sent_does_not_hold_up_the_others(citizen_access, monkeypatch) -> None:
    monkeypatch.setattr(telling, "MOST_AT_ONCE", 1)
    place = location("rotterdam-zuid")
    moments = queries.bookable(place)[date(2026, 6, 16)]
    died = services.book(citizen_access("widow"), place, moments[0], topic="other").party
    services.book(citizen_access("student"), place, moments[1], topic="other")
    monkeypatch.setattr(telling.identity, "has_died", lambda party: party == died)
    assert [telling.remind() for _ in range(2)] == [1, 0]


def test_an_appointment_about_a_subject_that_is_no_longer_offered_is_shown_and_reminded_of(log_in, monkeypatch) -> None:
    widow = log_in("widow")
    booked = made(book(widow))
    without = replace(location("rotterdam-zuid"), topics={})
    monkeypatch.setattr(telling, "place_of", lambda _about: without)
    for prefix, words in (("", "een onderwerp"), ("/en", "a subject"), ("/pap", "un tema")):
        assert words in read(widow.get(f"{prefix}/appointments")).lower()
    with clock.frozen(booked.begins_at - timedelta(hours=1)):
        assert "een onderwerp" in read(log_in("rotterdam_handler").get("/appointments/expected")).lower()
        assert telling.remind() == 1


def test_a_moved_appointment_is_reminded_of_again_and_a_cancelled_one_not(citizen_access) -> None:
    access, place = citizen_access("widow"), location("rotterdam-zuid")
    moments = queries.bookable(place)[date(2026, 6, 16)]
    booked = services.book(access, place, moments[0], topic="other")
    assert telling.remind() == 1
    services.move(access, booked.id, moments[1])
    assert telling.remind() == 1
    gone = services.book(access, place, moments[3], topic="other")
    services.cancel(access, gone.id)
    assert telling.remind() == 0


def test_a_worker_sees_numbers_of_today_and_no_names(log_in) -> None:
    booked = made(book(log_in("widow")))
    with clock.frozen(booked.begins_at - timedelta(hours=1)):
        worker = log_in("rotterdam_handler")
        page = read(worker.get("/appointments/expected"))
    assert booked.number in page
    assert "burgerservicenummer" not in page.lower() and str(booked.party) not in page
    assert log_in("widow").get("/appointments/expected").status_code == 302


def test_appointments_go_thirty_days_after_they_were(citizen_access) -> None:
    access, place = citizen_access("widow"), location("rotterdam-zuid")
    services.book(access, place, next(iter(queries.bookable(place).values()))[0], topic="other")
    rule = next(rule for rule in retention.rules() if rule.model == "appointments.Booking")
    assert rule.purge(EARLY + timedelta(days=20)) == 0
    assert rule.purge(EARLY + timedelta(days=60)) > 0
    assert not Taken.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "why"),
    [("minutes: 7", "multiple"), ("places: 0", "places"), ("hours: {monday: ['12:00-09:00']}", "late")],
)
def test_a_file_that_is_not_in_order_says_what(tmp_path, wrong: str, why: str) -> None:
    text = (locations_folder() / "deventer.yaml").read_text(encoding="utf-8")
    key = wrong.partition(":")[0]
    pattern = rf"^    {key}:.*?(?=^    \w|^\S|\n\n)" if key == "hours" else rf"^    {key}: .*$"
    path = tmp_path / "deventer.yaml"
    path.write_text(re.sub(pattern, f"    {wrong}\n", text, count=1, flags=re.M | re.S if key == "hours" else re.M))
    with pytest.raises(InvalidLocationFile, match=why):
        _read(path, locations_folder() / SHARED, Oin("00000099100000002000"))


@pytest.fixture
def citizen_access(organisations, world) -> Callable[..., object]:
    """Return a function that gives somebody's own access to their appointments at the municipality."""

    def access(key: str):
        return booking.access_of(party_for(Bsn(world.persona(key).bsn)))

    return access
