"""Pages of appointments: for the person, also with a worker who helps; and who comes today, for workers."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from dichterbij.delivery.cases import queries as cases
from dichterbij.delivery.catalogue import queries as catalogue
from dichterbij.ground.authority.routes import CITIZEN, STAFF, LoggedIn, open_to
from dichterbij.ground.authority.services import allows, require, role_with
from dichterbij.ground.organisations import queries as organisations
from dichterbij.ground.organisations.domain import StaffTask
from dichterbij.kernel import clock
from dichterbij.kernel.access import Permission
from dichterbij.kernel.formats import weekday_long
from dichterbij.kernel.identifiers import Oin
from dichterbij.kernel.levels import Level

from . import queries, services
from .access import access
from .calendar_file import calendar_file
from .domain import Appointment, Location, TimeGone
from .forms import CASE, BookForm, DayForm, TimeForm
from .locations import location as location_of
from .locations import locations, place_of
from .telling import about_told, when_told

LEVEL = Level.SUBSTANTIAL


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What is free at a location, and the day whose times are shown."""

    place: Location
    days: dict[date, tuple[datetime, ...]]
    day: date

    @property
    def times(self) -> tuple[datetime, ...]:
        """Return the free times of the day."""
        return self.days.get(self.day, ())


@require_safe
@open_to(CITIZEN, level=LEVEL)
def overview(request: LoggedIn) -> HttpResponse:
    """Show the appointments of a person, at every organisation."""
    found = [
        each
        for oin in queries.organisations_of(request.login.subject.party)
        for each in queries.appointments(access(request.login, oin, Permission.READ))
    ]
    now = clock.now()
    lines = [_line(each) for each in sorted(found, key=lambda each: each.begins_at)]
    context = {
        "coming": [line for line, each in lines if each.is_coming(now)],
        "before": [line for line, each in lines if not each.is_coming(now)],
    }
    return render(request, "appointments/overview.html", context)


@require_safe
@open_to(CITIZEN, level=LEVEL)
def where(request: LoggedIn) -> HttpResponse:
    """Show where somebody can come, and whom to call where nobody can."""
    places = [(each, organisations.organisation(each.organisation), each.name[_language()]) for each in locations()]
    have = {each.organisation for each, _organisation, _name in places}
    others = [each for each in organisations.hosted() if each.oin not in have]
    return render(request, "appointments/where.html", {"places": places, "others": others})


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(CITIZEN, level=LEVEL)
def new(request: LoggedIn, location: str) -> HttpResponse:
    """Choose a day, a time and what it is about; make the appointment."""
    place = location_of(location)
    asked = access(request.login, place.organisation, _permission(request))
    offer = _offer(request, place)
    form = BookForm(offer.times, _about(request, place), request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.book(asked, place, form.begins_at, topic=form.topic, case=form.case)
            return redirect("appointment", made.id)
        except TimeGone as problem:  # somebody was first: the rest of what was chosen stays
            form.add_error("time", _(problem.detail))
    return _choose(request, "appointments/new.html", offer, form)


@require_safe
@open_to(CITIZEN, level=LEVEL)
def one(request: LoggedIn, appointment: UUID) -> HttpResponse:
    """Show one appointment: when, where, what about, what to bring."""
    return render(request, "appointments/appointment.html", _context(_mine(request, appointment)))


@require_safe
@open_to(CITIZEN, level=LEVEL)
def calendar(request: LoggedIn, appointment: UUID) -> HttpResponse:
    """Give an appointment as a file for one's own calendar."""
    found = _mine(request, appointment)
    name = organisations.organisation(found.organisation).name
    file = calendar_file(found, _language(), _("Afspraak bij %(name)s") % {"name": name})
    return HttpResponse(
        file,
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="afspraak.ics"'},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(CITIZEN, level=LEVEL)
def move(request: LoggedIn, appointment: UUID) -> HttpResponse:
    """Choose another time at the same location."""
    found = _mine(request, appointment)
    place = place_of(found)
    if place.is_gone:
        return redirect("appointment", found.id)
    offer = _offer(request, place)
    form = TimeForm(offer.times, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.move(access(request.login, found.organisation, Permission.SUBMIT), found.id, form.begins_at)
            return redirect("appointment", found.id)
        except TimeGone as problem:  # somebody was first: the old time stays
            form.add_error("time", _(problem.detail))
    return _choose(request, "appointments/move.html", offer, form, line=_line(found)[0])


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(CITIZEN, level=LEVEL)
def cancel(request: LoggedIn, appointment: UUID) -> HttpResponse:
    """Ask whether an appointment is really to go, and let it go."""
    found = _mine(request, appointment)
    if request.method == "POST":
        services.cancel(access(request.login, found.organisation, Permission.SUBMIT), found.id)
        return redirect("appointments")
    return render(request, "appointments/cancel.html", _context(found))


@require_safe
@open_to(STAFF, level=LEVEL)
def expected(request: LoggedIn) -> HttpResponse:
    """Show a worker who comes today, by number: who it is, the person says at the counter."""
    role_with(request.login, StaffTask.DESK)
    here = sorted({role.organisation.value for role in request.login.roles_with(StaffTask.DESK)})
    lines = [_line(each)[0] for oin in here for each in queries.expected(Oin(oin), clock.today())]
    return render(request, "appointments/expected.html", {"lines": lines, "day": clock.today()})


def _mine(request: LoggedIn, number: UUID) -> Appointment:
    place = queries.organisation_of(number)
    return queries.appointment(access(request.login, place, Permission.READ), number)


def _permission(request: LoggedIn) -> Permission:
    return Permission.SUBMIT if request.method == "POST" else Permission.READ


def _offer(request: LoggedIn, place: Location) -> Offer:
    """Return the free times, on the day of the address or else on the first day that has any."""
    days = queries.bookable(place)
    try:
        asked = date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        asked = date.min
    return Offer(place=place, days=days, day=asked if asked in days else next(iter(days), clock.today()))


def _about(request: LoggedIn, place: Location) -> list[tuple[str, str]]:
    """Return what it can be about: what runs at this organisation first, then its subjects."""
    products = [each for each in cases.where(request.login.subject.party) if each.organisation == place.organisation]
    lines = {
        line.id: line
        for each in products
        if allows(request.login, each, Permission.READ)
        for line in cases.cases(require(request.login, each, Permission.READ))
    }
    language = _language()
    running = [
        (f"{CASE}{line.id}", f"{catalogue.product(line.product).name(language)} ({line.reference})")
        for line in lines.values()
    ]
    return running + [(topic, words[language]) for topic, words in place.topics.items()]


def _choose(request: LoggedIn, template: str, offer: Offer, form: TimeForm, **more: object) -> HttpResponse:
    context = {
        "form": form,
        "days": DayForm(offer.days, _language(), offer.day) if offer.days else None,
        "day": offer.day,
        "day_told": weekday_long(offer.day, _language()),
        "organisation": organisations.organisation(offer.place.organisation),
        "name": offer.place.name[_language()],
        **more,
    }
    return render(request, template, context, status=422 if form.errors else 200)


def _context(found: Appointment) -> dict[str, object]:
    place = place_of(found)
    return {
        "line": _line(found)[0],
        "is_coming": found.is_coming(clock.now()),
        "bring": place.bring.get(_language(), ""),
        "is_gone": place.is_gone,
    }


def _line(found: Appointment) -> tuple[dict[str, object], Appointment]:
    place, organisation = place_of(found), organisations.organisation(found.organisation)
    line = {
        "appointment": found,
        "organisation": organisation,
        "place": f"{organisation.name}, {place.told(_language())}",
        "when": when_told(found, _language()),
        "about": about_told(found, _language()),
    }
    return line, found


def _language() -> str:
    return (get_language() or "nl").split("-")[0]
