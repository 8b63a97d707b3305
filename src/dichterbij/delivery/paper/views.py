"""Forms to print: blank for everybody, filled in for who began an application."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from dichterbij.delivery.cases import counters
from dichterbij.ground.authority.routes import ANYONE, CITIZEN, LoggedIn, Request, open_to
from dichterbij.ground.authority.services import require
from dichterbij.kernel.access import Permission

from . import issuing, queries


@require_safe
@open_to(ANYONE)
def blank(request: Request, product: str) -> HttpResponse:  # noqa: ARG001 anybody may take one
    """Give the blank form of a product in the language of the page."""
    content = issuing.blank(product, (get_language() or "nl").split("-")[0])
    return _file(content, f"aanvraag-{product}.pdf")


@require_POST
@open_to(CITIZEN)
def prefilled(request: LoggedIn, draft: UUID) -> HttpResponse:
    """Give the form of an application that somebody began, with what is known; making one is recorded."""
    access = require(request.login, counters.place_of_draft(draft).product, Permission.PREPARE)
    found, said = counters.at(access.organisation).draft(access, draft)
    return _file(issuing.prefilled(access, found, said), f"aanvraag-{found.product}.pdf")


@require_safe
@open_to(CITIZEN)
def scans(request: LoggedIn, case: UUID) -> HttpResponse:
    """Show somebody which scans there are of the paper they sent."""
    access = require(request.login, counters.place(case).product, Permission.READ, case=case)
    context = {"case": case, "scans": queries.scans_of_case(access, case)}
    return render(request, "paper/scans.html", context)


@require_safe
@open_to(CITIZEN)
def scan(request: LoggedIn, case: UUID, scan: UUID) -> HttpResponse:
    """Show somebody the paper they sent, as it was scanned."""
    access = require(request.login, counters.place(case).product, Permission.READ, case=case)
    found, content = queries.scan(access, case, scan)
    return picture(found.kind, content)


def picture(kind: str, content: bytes) -> HttpResponse:
    """Return a scan as a file to save: nothing in it runs here."""
    types = {"pdf": "application/pdf", "jpg": "image/jpeg", "png": "image/png"}
    answer = _file(content, f"scan.{kind}")
    answer["Content-Type"] = types[kind]
    return answer


def _file(content: bytes, name: str) -> HttpResponse:
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "private, no-store",
            "X-Content-Type-Options": "nosniff",
        },
    )
