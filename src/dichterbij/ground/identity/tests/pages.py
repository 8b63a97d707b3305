"""Addresses of these tests: the whole site, with a page that has a form and one for staff."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path

from dichterbij.ground.identity.domain import LoggedIn, LoginNeeded, StepUpNeeded
from dichterbij.ground.identity.routes import ANYONE, CITIZEN, STAFF, open_to
from dichterbij.kernel.levels import Level
from dichterbij.project import urls as site

sent: list[dict[str, list[str]]] = []


@open_to(CITIZEN)
def note(request: LoggedIn) -> HttpResponse:
    """Show a form, filled in when something was kept, and take it when it is posted."""
    if request.method == "POST":
        sent.append({name: request.POST.getlist(name) for name in request.POST})
        return HttpResponseRedirect("/note?sent=yes")
    kept = request.kept_form
    return HttpResponse(f"<p>{request.login.name}</p><input value='{kept['note'] if kept else ''}'>")


@open_to(CITIZEN)
def sure(request: LoggedIn) -> HttpResponse:
    """Take a form only from somebody who is surely the person."""
    if request.method == "POST":
        if request.login.level < Level.HIGH:
            raise StepUpNeeded(Level.HIGH)
        sent.append({name: request.POST.getlist(name) for name in request.POST})
        return HttpResponseRedirect("/sure")
    return HttpResponse("form")


@open_to(STAFF, level=Level.SUBSTANTIAL)
def desk(request: HttpRequest) -> HttpResponse:
    """A page for workers."""
    return HttpResponse("work")


@open_to(ANYONE)
def public(request: HttpRequest) -> HttpResponse:
    """A page for anyone, with one act that needs a login."""
    if request.method == "POST":
        raise LoginNeeded
    return HttpResponse("welcome")


urlpatterns = [
    path("note", note),
    path("sure", sure),
    path("desk", desk),
    path("public", public),
    *site.urlpatterns,
]
