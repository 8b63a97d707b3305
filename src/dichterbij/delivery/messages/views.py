"""One message: its page, and its file to keep."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from dichterbij.delivery.contact.reaching import closed_told
from dichterbij.ground.authority.offering import covers
from dichterbij.ground.authority.routes import CITIZEN, LoggedIn, open_to
from dichterbij.ground.authority.services import require
from dichterbij.ground.organisations import queries as organisations
from dichterbij.kernel.access import Access, Permission, Product
from dichterbij.kernel.clock import day_of

from . import boxes, queries


@require_safe
@open_to(CITIZEN)
def message(request: LoggedIn, message: UUID) -> HttpResponse:
    """Show a message exactly as it was sent."""
    place = boxes.product_of(message)
    access = require(request.login, place, Permission.READ)
    found = boxes.at(access.organisation).message(access, message)
    page = SafeString(found.page)  # escaped when it was made, unchanged since: its hash was compared
    called = found.line.called((get_language() or "nl").split("-")[0])
    context = {"line": found.line, "called": called, "page": page, "size": found.size, "by_post": found.by_post}
    context["proofs"] = found.proofs
    sender = organisations.organisation(access.organisation)
    context |= {"organisation": sender, "closed": closed_told(sender)}
    context["may_choose_post"] = covers(request, queries.everything_of(place))
    return render(request, "messages/message.html", context)


@require_POST
@open_to(CITIZEN)
def message_post(request: LoggedIn, message: UUID) -> HttpResponse:
    """Choose whether letters of this organisation also come on paper from now on."""
    access = require(request.login, _all_letters(message), Permission.READ)
    boxes.at(access.organisation).choose_post(access, message, by_post=request.POST.get("by_post") == "yes")
    return redirect("message", message)


@require_safe
@open_to(CITIZEN)
def message_pdf(request: LoggedIn, message: UUID) -> HttpResponse:
    """Give the letter as a file; its name says nothing about the person."""
    access = _access(request, message)
    paper = boxes.at(access.organisation).document(access, message)
    name = f"brief-{day_of(paper.sent_at)}-{str(message)[:8]}.pdf"
    return HttpResponse(
        paper.pdf,
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"},
    )


def _all_letters(message: UUID) -> Product:
    """Return what to ask for a choice about every letter of a sender: more than for one product."""
    return queries.everything_of(boxes.product_of(message))


def _access(request: LoggedIn, message: UUID) -> Access:
    return require(request.login, boxes.product_of(message), Permission.READ)
