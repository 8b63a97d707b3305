"""Pages of a conference: who helps asks, who decides answers."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from dichterbij.delivery.cases import queries as cases
from dichterbij.ground.authority.routes import STAFF, LoggedIn, open_to
from dichterbij.ground.organisations import queries as organisations
from dichterbij.kernel.levels import Level

from . import conferring, overview, place
from .forms_help import ConferenceForm

at_the_desk = open_to(STAFF, level=Level.SUBSTANTIAL)


@require_http_methods(["GET", "HEAD", "POST"])
@at_the_desk
def confer(request: LoggedIn, case: UUID) -> HttpResponse:
    """Bring in the organisation that decides on a case of who is being helped."""
    conferring.ensure_may_ask(request.login, case)
    form = ConferenceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        conferring.ask(request.login, case, form.cleaned_data["words"])
        return redirect("desk-help-now")
    found = cases.place(case).product
    context = {
        "form": form,
        "product": overview.name_of(found.id),
        "who": organisations.organisation(found.organisation).name,
        "person": place.running(request.login),
    }
    return render(request, "desk/confer.html", context, status=422 if form.errors else 200)


@require_safe
@at_the_desk
def conferences(request: LoggedIn) -> HttpResponse:
    """Show to which conferences the worker's organisations are invited."""
    lines = [(each, overview.name_of(each.product)) for each in conferring.waiting(request.login)]
    return render(request, "desk/conferences.html", {"conferences": lines})


@require_http_methods(["GET", "HEAD", "POST"])
@at_the_desk
def conference(request: LoggedIn, conference: UUID) -> HttpResponse:
    """Show a conference to who decides; a POST answers, or ends it."""
    if request.method == "POST" and "end" in request.POST:
        conferring.end(request.login, conference)
        return redirect("desk-conferences")
    form = ConferenceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        conferring.answer(request.login, conference, form.cleaned_data["words"])
        return redirect("desk-conference", conference)
    shared, _access = conferring.join(request.login, conference)
    context = {"form": form, "conference": shared, "product": overview.name_of(shared.product)}
    return render(request, "desk/conference.html", context, status=422 if form.errors else 200)
