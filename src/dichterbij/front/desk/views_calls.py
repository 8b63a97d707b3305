"""Pages about calls: who waits for one, and how it went."""

from datetime import date
from urllib.parse import urlsplit
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dichterbij.ground.authority.domain import ACTING_LEVEL
from dichterbij.ground.authority.portal import own_access
from dichterbij.ground.authority.routes import ANYONE, STAFF, LoggedIn, Request, open_to
from dichterbij.ground.identity.domain import Audience
from dichterbij.ground.organisations import queries as organisations
from dichterbij.kernel.access import Permission
from dichterbij.kernel.levels import Level

from . import calling_back, carrying, place, representing
from .forms_calls import CallBackForm, CallForm

CALL_BY, CASE = "desk_call_by", "desk_call_case"


@require_safe
@open_to(STAFF, level=Level.SUBSTANTIAL)
def calls(request: LoggedIn) -> HttpResponse:
    """Show who waits for a call, least time first."""
    waiting = calling_back.waiting(place.counter_of(request.login))
    lines = [(each, CallForm(auto_id=f"call-{number}-%s")) for number, each in enumerate(waiting, 1)]
    return render(request, "desk/calls.html", {"calls": lines})


@require_POST
@open_to(STAFF, level=Level.SUBSTANTIAL)
def take(request: LoggedIn, call: UUID) -> HttpResponse:
    """Take a call in hand: from now on name and number are shown."""
    calling_back.take(request.login, place.counter_of(request.login), call)
    return redirect("desk-calls")


@require_POST
@open_to(STAFF, level=Level.SUBSTANTIAL)
def called(request: LoggedIn, call: UUID) -> HttpResponse:
    """Keep how a call went."""
    form = CallForm(request.POST)
    if form.is_valid():
        calling_back.called(place.counter_of(request.login), call, form.cleaned_data["outcome"])
    return redirect("desk-calls")


@require_POST
@open_to(STAFF, level=Level.SUBSTANTIAL)
def talk(request: LoggedIn, call: UUID) -> HttpResponse:
    """Begin to help who is on the phone."""
    carrying.choose(request, calling_back.who(place.counter_of(request.login), call))
    return redirect("desk-help-person")


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(ANYONE)
def call_me(request: Request) -> HttpResponse:
    """Ask to be called, from whatever page somebody was on."""
    if request.method != "POST":
        request.session[CASE] = _case_before(request)
    hosted = organisations.hosted()
    name = request.login.subject_name if request.login else ""
    operator, about = organisations.operator().key, _question(request)
    form = CallBackForm(hosted, request.POST or None, first=operator, name=name, about=about)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        found = next((each for each in hosted if each.key == told["organisation"]), None)
        if found is None:
            raise Http404
        case = request.session.pop(CASE, "")
        call_by = calling_back.ask(
            request.login,
            found.oin,
            name=told["name"],
            phone=told["phone"],
            about=told["about"],
            case=UUID(case) if case else None,
        )
        request.session[CALL_BY] = [call_by.isoformat(), found.key]
        return redirect("call-me-received")
    return render(request, "desk/call_me.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
@open_to(ANYONE)
def received(request: Request) -> HttpResponse:
    """Say by when they will be called."""
    kept = request.session.get(CALL_BY)
    if not kept:
        return redirect("call-me")
    day, key = kept
    context = {"day": date.fromisoformat(day), "organisation": organisations.by_key(key)}
    return render(request, "desk/call_me_received.html", context)


def _question(request: Request) -> str:
    """Return what somebody asks who comes from the page that said no register knows whether they may act."""
    login, before = request.login, urlsplit(request.headers.get("Referer", "")).path
    if not before.endswith("/authorities") or login is None:
        return ""
    if login.audience is not Audience.CITIZEN or login.level < ACTING_LEVEL:
        return ""
    return representing.question(own_access(login, Permission.READ))


def _case_before(request: Request) -> str:
    """Return the case on whose page somebody was, as their browser says; whether it is theirs is looked at later."""
    parts = request.headers.get("Referer", "").split("/applications/")
    try:
        return str(UUID(parts[1][:36])) if len(parts) == 2 else ""
    except ValueError:
        return ""
