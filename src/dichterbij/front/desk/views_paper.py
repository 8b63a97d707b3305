"""Paper of a case, as it was scanned, for who opened that case for a reason."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from dichterbij.delivery.paper import queries
from dichterbij.delivery.paper.views import picture
from dichterbij.ground.authority.routes import STAFF, LoggedIn, open_to
from dichterbij.kernel.access import Permission
from dichterbij.kernel.levels import Level

from . import opening


@require_safe
@open_to(STAFF, level=Level.SUBSTANTIAL)
def scans(request: LoggedIn, case: UUID) -> HttpResponse:
    """Show which scans there are of the paper of a case; looking is recorded."""
    if not opening.reason_for(request, case):
        return redirect("desk-case", case)
    access = opening.ask_access(request, case, Permission.READ)
    return render(request, "desk/scans.html", {"case": case, "scans": queries.scans_of_case(access, case)})


@require_safe
@open_to(STAFF, level=Level.SUBSTANTIAL)
def scan(request: LoggedIn, case: UUID, scan: UUID) -> HttpResponse:
    """Give a scan of the paper of a case; looking is recorded."""
    if not opening.reason_for(request, case):
        return redirect("desk-case", case)
    found, content = queries.scan(opening.ask_access(request, case, Permission.READ), case, scan)
    return picture(found.kind, content)
