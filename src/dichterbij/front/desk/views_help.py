"""Pages of a worker who is helping somebody: see everything at once, write down, hand over, end."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_POST

from dichterbij.ground.authority import registers
from dichterbij.ground.authority.routes import STAFF, LoggedIn, open_to
from dichterbij.ground.identity import services as identity
from dichterbij.ground.identity.domain import ActingFor
from dichterbij.ground.identity.queries import subject_of
from dichterbij.kernel.levels import Level

from . import helping, noting, overview, place, representing
from .domain import Ended, Help
from .forms_help import NoteForm

at_the_counter = open_to(STAFF, level=Level.SUBSTANTIAL)


@require_http_methods(["GET", "HEAD", "POST"])
@at_the_counter
def now(request: LoggedIn) -> HttpResponse:
    """Who is this, what runs, what is next, by when; a POST writes a note."""
    helped = place.running(request.login)
    if helped is None or request.login.acting_for is None:
        return redirect("desk-help")
    context = overview.page(request.login, helped, get_language() or "nl")
    form = NoteForm(overview.choices(context), request.POST or None)
    if request.method == "POST" and form.is_valid():
        case = form.cleaned_data["case"]
        noting.write(request.login, form.cleaned_data["words"], UUID(case) if case else None)
        return redirect("desk-help-now")
    return render(
        request,
        "desk/now.html",
        {**context, "form": form},
        status=422 if form.errors else 200,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@at_the_counter
def whom(request: LoggedIn) -> HttpResponse:
    """Show for whom the person who is there may act; ask the registers, or go on for one of them."""
    helped = representing.ensure_there(place.running(request.login))
    if "person" in request.POST:
        return _go_on_for(request, helped, request.POST["person"])
    if request.method == "POST":
        representing.look_up(request.login, helped)
        return redirect("desk-help-whom")
    access = place.to_represent(request.login, helped)
    context = {
        "help": helped,
        "people": representing.known(access),
        "asked_at": registers.asked_at(helped.party),
        "now": request.login.subject.party,
    }
    return render(request, "desk/whom.html", context)


def _go_on_for(request: LoggedIn, helped: Help, party: str) -> HttpResponse:
    if party == str(helped.party):
        return go_on(request, helped)
    found = representing.chosen(request.login, helped, party)
    if found is None:
        raise Http404
    identity.act_for(request, found)
    return redirect("desk-help-now")


@require_POST
@at_the_counter
def end(request: LoggedIn) -> HttpResponse:
    """End the help, because it is done or because the call broke off; the person gets it in writing."""
    dropped = "dropped" in request.POST
    helping.end(request.login, Ended.DROPPED if dropped else Ended.CLOSED)
    identity.act_for(request, None)
    return redirect("desk-help")


@require_POST
@at_the_counter
def take(request: LoggedIn, help: UUID) -> HttpResponse:
    """Go on with the help of a colleague who had to leave."""
    place.counter_of(request.login)
    return go_on(request, helping.take_over(request.login, help))


@require_POST
@at_the_counter
def resume(request: LoggedIn) -> HttpResponse:
    """Go on with the help that this worker had begun."""
    helped = place.running(request.login)
    if helped is None:
        return redirect("desk-help")
    return go_on(request, helped)


def go_on(request: LoggedIn, help: Help) -> HttpResponse:
    """Put the matters of who is helped on the screen of the worker."""
    identity.act_for(request, ActingFor(subject=subject_of(help.party), name=help.name))
    return redirect("desk-help-now")
