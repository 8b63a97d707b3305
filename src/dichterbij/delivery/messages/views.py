"""One message: its page, and its file to keep."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from dichterbij.ground.authority.routes import CITIZEN, LoggedIn, open_to
from dichterbij.ground.authority.services import require
from dichterbij.kernel.access import Access, Permission
from dichterbij.kernel.clock import day_of

from . import queries, services


@require_safe
@open_to(CITIZEN)
def message(request: LoggedIn, message: UUID) -> HttpResponse:
    """Show a message exactly as it was sent."""
    access = _access(request, message)
    letter = queries.letter(access, message)
    services.mark_read(access, message)
    page = SafeString(letter.page.decode())  # escaped when it was made, unchanged since: its hash was compared
    called = letter.line.called((get_language() or "nl").split("-")[0])
    context = {"line": letter.line, "called": called, "page": page, "size": len(letter.pdf)}
    return render(request, "messages/message.html", {**context, "by_post": queries.wants_post(access)})


@require_POST
@open_to(CITIZEN)
def message_post(request: LoggedIn, message: UUID) -> HttpResponse:
    """Choose whether letters of this organisation also come on paper from now on."""
    services.choose_post(_access(request, message), by_post=request.POST.get("by_post") == "yes")
    return redirect("message", message)


@require_safe
@open_to(CITIZEN)
def message_pdf(request: LoggedIn, message: UUID) -> HttpResponse:
    """Give the letter as a file; its name says nothing about the person."""
    letter = queries.letter(_access(request, message), message)
    name = f"brief-{day_of(letter.line.sent_at)}-{str(message)[:8]}.pdf"
    return HttpResponse(
        letter.pdf,
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"},
    )


def _access(request: LoggedIn, message: UUID) -> Access:
    return require(request.login, queries.product_of(message), Permission.READ)
