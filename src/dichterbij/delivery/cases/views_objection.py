"""Object to a decision, by click: a short form, a receipt, and a clear answer when it is late."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from dichterbij.ground.authority.routes import CITIZEN, LoggedIn, open_to
from dichterbij.kernel import clock
from dichterbij.kernel.access import Permission

from . import counters
from .forms_objection import ObjectionForm
from .services.objecting import last_day_of
from .views_case import about_case, access_to


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(CITIZEN)
def objection(request: LoggedIn, case: UUID) -> HttpResponse:
    """Ask what somebody disagrees with and send it; an objection that was sent is on the page of the case."""
    access = access_to(request, case, Permission.READ)
    found = counters.at(access.organisation).case(access, case)
    if found.objection is not None:
        return redirect("case", case)
    is_late = clock.today() > last_day_of(found)
    form = ObjectionForm(request.POST or getattr(request, "kept_form", None), is_late=is_late)
    if request.method == "POST" and form.is_valid():
        access = access_to(request, case, Permission.SUBMIT)
        why, late = form.cleaned_data["text"], form.cleaned_data.get("late_because", "")
        counters.at(access.organisation).object_to(access, case, why, late_because=late)
        return redirect("case", case)
    context = {**about_case(found), "form": form, "is_late": is_late}
    return render(request, "cases/objection.html", context, status=422 if form.errors else 200)
