"""Two lists over all organisations: what I asked for, and what was written to me."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from dichterbij.delivery.cases import telling
from dichterbij.delivery.catalogue import queries as catalogue
from dichterbij.ground.authority.routes import CITIZEN, LoggedIn, open_to
from dichterbij.ground.organisations import queries as organisations

from . import queries
from .domain import Down

PER_PAGE = 50


@require_safe
@open_to(CITIZEN)
def applications(request: LoggedIn) -> HttpResponse:
    """Show every application and draft, newest first, whatever organisation it is at."""
    found = queries.overview(request.login)
    language = (get_language() or "nl").split("-")[0]
    lines = [line for answer in found.answers.values() for line in answer.cases]
    drafts = [draft for answer in found.answers.values() for draft in answer.drafts]
    told = [
        telling.line_told(line, language) for line in sorted(lines, key=lambda line: line.received_on, reverse=True)
    ]
    waiting = [(draft, catalogue.product(draft.product).name(language)) for draft in drafts]
    return render(request, "providers/applications.html", {"cases": told, "drafts": waiting, **_down(found.down)})


@require_safe
@open_to(CITIZEN)
def messages(request: LoggedIn) -> HttpResponse:
    """Show every message, newest first, whoever sent it, fifty on a page."""
    found = queries.box(request.login)
    language = (get_language() or "nl").split("-")[0]
    lines = sorted(
        (line for answer in found.answers.values() for line in answer), key=lambda line: line.sent_at, reverse=True
    )
    page = Paginator(lines, PER_PAGE).get_page(request.GET.get("page"))
    rows = [
        {
            "line": line,
            "called": line.called(language),
            "sender": organisations.organisation(line.organisation).name,
        }
        for line in page
    ]
    return render(request, "providers/messages.html", {"rows": rows, "page": page, **_down(found.down)})


def _down(down: tuple[Down, ...]) -> dict[str, object]:
    told = [{"name": organisations.organisation(each.organisation).name, "since": each.since} for each in down]
    return {"down": told}
