"""Pages of life events: parse, call one service or query, render."""

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from dichterbij.ground.authority.offering import offers
from dichterbij.ground.authority.routes import ANYONE, Request, open_to

from . import answers_kept, pages, queries
from .asking import PORTAL
from .forms import FactsForm

FIVE_MINUTES = 300


def language() -> str:
    """Return the language of the page."""
    return (get_language() or "nl").split("-")[0]


@open_to(ANYONE)
@require_http_methods(["GET", "HEAD", "POST"])
def checklist(request: Request, slug: str) -> HttpResponseBase:
    """The public checklist; a POST keeps a few answers for half an hour and shortens the list.

    The questions come when asked for: who only reads gets no cookie, and the page may be kept.
    """
    event = queries.event_at(slug)
    if request.method == "POST":
        return _answer(request, slug)
    answers, is_asked = answers_kept.offered(request, event.id), "questions" in request.GET
    content = pages.checklist(event, answers, language()) | {"is_asked": is_asked}
    if answers or is_asked:
        content["form"] = FactsForm(queries.questions(event), language(), answers=answers)
    return _public(render(request, "life_events/checklist.html", content))


def _public(response: HttpResponse) -> HttpResponse:
    """Let a page that is the same for everybody be kept for a while; a session undoes it (web.security)."""
    patch_cache_control(response, public=True, max_age=FIVE_MINUTES)
    return response


def _answer(request: Request, slug: str) -> HttpResponse:
    event = queries.event_at(slug)
    if "erase" in request.POST:
        answers_kept.forget(request, event.id)
        return redirect("life-event", slug)
    form = FactsForm(queries.questions(event), language(), request.POST)
    if not form.is_valid():
        content = pages.checklist(event, answers_kept.offered(request, event.id), language())
        return render(request, "life_events/checklist.html", content | {"form": form, "is_asked": True}, status=422)
    answers_kept.keep(request, event.id, form.answers)
    return redirect("life-event", slug)


@open_to(ANYONE)
@require_safe
def home(request: Request) -> HttpResponse:
    """The start page."""
    whole = {"plan_url": reverse("plans"), "has_overview": offers(request, PORTAL)}
    content = {**whole, **pages.offered(request.login, language())}
    return _public(render(request, "life_events/home.html", content))
