"""Pages of life events: parse, call one service or query, render."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from dichterbij.ground.authority.routes import ANYONE, CITIZEN, LoggedIn, Request, open_to

from . import pages, queries, services
from .forms import FactsForm

SESSION = "life_events.answers"


def language() -> str:
    """Return the language of the page."""
    return (get_language() or "nl").split("-")[0]


@open_to(ANYONE)
@require_http_methods(["GET", "HEAD", "POST"])
def checklist(request: Request, slug: str) -> HttpResponseBase:
    """The public checklist; a POST keeps a few answers for half an hour and shortens the list."""
    event = queries.event_at(slug)
    kept = _kept(request)
    if request.method == "POST":
        return _answer(request, slug, kept)
    answers = queries.answers(kept, event.id)
    form = FactsForm(queries.questions(event), language(), answers=answers)
    return render(request, "life_events/checklist.html", pages.checklist(event, answers, language()) | {"form": form})


def _answer(request: Request, slug: str, kept: UUID | None) -> HttpResponse:
    event = queries.event_at(slug)
    if "erase" in request.POST:
        services.forget_answers(kept)
        request.session.pop(SESSION, None)
        return redirect("life-event", slug)
    form = FactsForm(queries.questions(event), language(), request.POST)
    if not form.is_valid():
        content = pages.checklist(event, queries.answers(kept, event.id), language())
        return render(request, "life_events/checklist.html", content | {"form": form}, status=422)
    answers_id = services.keep_answers(event.id, form.answers, kept)
    request.session[SESSION] = str(answers_id) if answers_id else None
    return redirect("life-event", slug)


def _kept(request: HttpRequest) -> UUID | None:
    answers_id = request.session.get(SESSION)
    return UUID(answers_id) if answers_id else None


@open_to(ANYONE)
@require_safe
def home(request: Request) -> HttpResponse:
    """The start page."""
    return render(request, "life_events/home.html", {"events": pages.events(language()), "plan_url": reverse("plans")})


@open_to(CITIZEN)
@require_safe
def plans(request: LoggedIn) -> HttpResponse:
    """My overview: the plans of a person."""
    return render(request, "life_events/plans.html", {"plans": queries.plans(request.login.party)})
