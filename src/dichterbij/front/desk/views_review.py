"""Pages about who opened what: the list of a reviewer, and the family a worker tells of."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from dichterbij.ground.authority.routes import STAFF, LoggedIn, open_to
from dichterbij.ground.authority.services import role_with
from dichterbij.ground.identity.domain import Login
from dichterbij.ground.organisations.domain import StaffTask
from dichterbij.kernel.levels import Level

from . import barring, finding, helping, place, reviewing
from .domain import Ended
from .forms_help import FamilyForm, ReviewForm
from .reviewing import Outcome


@require_safe
@open_to(STAFF, level=Level.SUBSTANTIAL)
def reviews(request: LoggedIn) -> HttpResponse:
    """Show the openings that wait for a reviewer, oldest first."""
    role_with(request.login, StaffTask.AUDIT)
    return render(request, "desk/reviews.html", {"openings": reviewing.waiting(request.login)})


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(STAFF, level=Level.SUBSTANTIAL)
def review(request: LoggedIn, opening: UUID) -> HttpResponse:
    """Show one opening and keep what the reviewer found."""
    role_with(request.login, StaffTask.AUDIT)
    found = next((each for each in reviewing.waiting(request.login) if each.id == opening), None)
    if found is None:
        raise reviewing.NotToReview
    form = ReviewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        reviewing.reviewed(request.login, opening, Outcome(told["outcome"]), told["remark"])
        return redirect("desk-reviews")
    return render(request, "desk/review.html", {"form": form, "opening": found}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(STAFF, level=Level.SUBSTANTIAL)
def family(request: LoggedIn) -> HttpResponse:
    """Let a worker tell who is family, whom they will not be able to open any more."""
    role = place.counter_of(request.login)
    form = FamilyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        people = finding.find(request.login, role, born_on=told["born_on"], surname=told["surname"].strip())
        found = {each.subject.bsn: each.subject.party for each in people if each.subject.bsn}
        if len(found) == 1:
            ((bsn, party),) = found.items()
            barring.bar(role.organisation, request.login.party, bsn, barring.Why.FAMILY)
            _leave(request.login, party)
            return redirect("desk-family")
        form.add_error("surname", _("Wij vonden niet precies één persoon. Vraag uw werkgever om het te melden."))
    told_of = barring.number_told(request.login.party, barring.Why.FAMILY)
    return render(request, "desk/family.html", {"form": form, "told": told_of}, status=422 if form.errors else 200)


def _leave(login: Login, party: UUID) -> None:
    """End the help that a worker was giving to somebody who turns out to be family, also for whom they act."""
    helped = place.running(login)
    if helped is not None and helped.party == party:
        helping.end(login, Ended.CLOSED)
