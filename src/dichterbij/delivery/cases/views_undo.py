"""Take back what a worker did with you: ask whether it is really meant, and do it."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from dichterbij.ground.authority.routes import CITIZEN, LoggedIn, open_to
from dichterbij.kernel.access import Permission

from . import queries, services
from .views_case import about_case, access_to


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(CITIZEN)
def undo(request: LoggedIn, case: UUID, step: str) -> HttpResponse:
    """Say what will be undone, and undo it."""
    number = step.removeprefix("step-")
    if not number.isdecimal():
        raise Http404
    if request.method == "POST":
        services.undo(access_to(request, case, Permission.SUBMIT), case, int(number))
        return redirect("case", case)
    context = about_case(queries.case(access_to(request, case, Permission.READ), case))
    told = next((each for each in context["history"] if each.undo == step), None)  # type: ignore[attr-defined]
    if told is None:
        raise Http404
    return render(request, "cases/undo.html", {**context, "step": told})
