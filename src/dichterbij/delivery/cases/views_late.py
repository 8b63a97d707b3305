"""Hold an organisation to a term that passed: say what it means, and do it."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from dichterbij.ground.authority.routes import CITIZEN, LoggedIn, open_to
from dichterbij.kernel import clock
from dichterbij.kernel.access import Permission

from . import queries, services
from .domain import NotNow, late
from .views_case import about_case, access_to


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(CITIZEN)
def notice(request: LoggedIn, case: UUID) -> HttpResponse:
    """Explain a notice of default, and give it."""
    if request.method == "POST":
        services.give_notice(access_to(request, case, Permission.SUBMIT), case)
        return redirect("case", case)
    found = queries.case(access_to(request, case, Permission.READ), case)
    if late(found, clock.today()) is None:
        raise NotNow("De termijn is nog niet voorbij, of er is al een besluit.")
    return render(request, "cases/notice.html", about_case(found))
