"""Pages of the personal plan. Looking asks no registry; only a POST by the person does."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dichterbij.delivery.cases import counters
from dichterbij.delivery.catalogue import queries as catalogue
from dichterbij.ground.assessment.laws import current_laws
from dichterbij.ground.authority.domain import Refusal
from dichterbij.ground.authority.reasons import refused
from dichterbij.ground.authority.routes import CITIZEN, LoggedIn, open_to
from dichterbij.ground.authority.services import require
from dichterbij.ground.identity import queries as identity
from dichterbij.kernel.access import Permission
from dichterbij.law import FactDefinition

from . import answers_kept, card_pages, pages, plan_pages, plans, portal, queries
from .adapters.content import life_events
from .forms import FactsForm, WhoForm
from .models import Plan


def language() -> str:
    """Return the language of the page."""
    return (get_language() or "nl").split("-")[0]


@open_to(CITIZEN, level=portal.LEVEL)
@require_http_methods(["GET", "HEAD", "POST"])
def overview(request: LoggedIn) -> HttpResponse:
    """My overview: the plans of a person; a POST begins one, which no company needs."""
    if request.method == "POST":
        if request.login.subject.kvk_number is not None:
            raise refused(Refusal.NOT_FOR_COMPANIES)
        event = queries.event_at(request.POST.get("event", ""))
        return redirect("plan", plans.begin(portal.access(request.login, Permission.PREPARE), event.id))
    access = portal.access(request.login, Permission.READ)
    content = {"plans": queries.overview(access, language()), **pages.offered(request.login, language())}
    return render(request, "life_events/overview.html", content)


@open_to(CITIZEN, level=portal.LEVEL)
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: LoggedIn, plan: UUID) -> HttpResponse:
    """One plan: waiting to be opened, asking who died, or open. A POST says who it is about."""
    row = plans.row_of(portal.access(request.login, Permission.READ), plan)
    plans.seen(row)
    if row.is_waiting:
        return render(request, "life_events/waiting.html", {"plan": row})
    if row.opened_at is None:
        return _who(request, row)
    return render(request, "life_events/plan.html", {"plan": plan_pages.plan(request.login, row, language())})


def _who(request: LoggedIn, row: Plan) -> HttpResponse:
    about, taken = plans.about_of(row), answers_kept.offered(request, row.event)
    form = WhoForm(about.candidates, taken, language(), request.POST or getattr(request, "kept_form", None))
    if request.method == "POST" and form.is_valid():
        plans.open_plan(portal.access(request.login, Permission.PREPARE), row.id, form.deceased, form.answers)
        answers_kept.forget(request, row.event)
        return redirect("plan", row.id)
    event = life_events()[row.event].text(language())
    context = {"form": form, "plan": row, "text": event, "candidates": about.candidates}
    return render(request, "life_events/who.html", context, status=422 if form.errors else 200)


@open_to(CITIZEN, level=portal.LEVEL)
@require_POST
def look(request: LoggedIn, plan: UUID) -> HttpResponse:
    """Open a plan that was waiting."""
    plans.look(portal.access(request.login, Permission.PREPARE), plan)
    return redirect("plan", plan)


@open_to(CITIZEN, level=portal.LEVEL)
@require_POST
def refresh(request: LoggedIn, plan: UUID) -> HttpResponse:
    """Ask every organisation again."""
    plans.refresh(portal.access(request.login, Permission.PREPARE), plan)
    return redirect("plan", plan)


@open_to(CITIZEN, level=portal.LEVEL)
@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: LoggedIn, plan: UUID) -> HttpResponse:
    """Throw a plan away, after asking."""
    access = portal.access(request.login, Permission.PREPARE)
    row = plans.row_of(access, plan)
    if request.method == "POST":
        plans.erase(access, plan)
        return redirect("plans")
    return render(request, "life_events/erase.html", {"plan": row})


@open_to(CITIZEN, level=portal.LEVEL)
@require_safe
def card(request: LoggedIn, plan: UUID, card: str) -> HttpResponse:
    """One card with everything behind it."""
    row = plans.row_of(portal.access(request.login, Permission.READ), plan)
    return _card(request, row, card)


def _card(request: LoggedIn, row: Plan, card_id: str, form: FactsForm | None = None) -> HttpResponse:
    view = card_pages.card(request.login, row, card_id, language())
    form = form or FactsForm(_questions(view.questions), language(), answers=plans.about_of(row).answers)
    context = {
        "plan": row,
        "card": view,
        "form": form,
        "title": plan_pages.title(plans.about_of(row), language()),
        "words": view.words(language()),
    }
    return render(request, "life_events/card.html", context, status=422 if form.errors else 200)


def _questions(names: tuple[str, ...]) -> tuple[FactDefinition, ...]:
    vocabulary = current_laws().vocabulary
    return tuple(vocabulary[name] for name in names if not vocabulary[name].is_relation)


@open_to(CITIZEN, level=portal.LEVEL)
@require_POST
def answer(request: LoggedIn, plan: UUID, card: str) -> HttpResponse:
    """Keep an answer to an open question and ask again."""
    row = plans.row_of(portal.access(request.login, Permission.READ), plan)
    asked = card_pages.card(request.login, row, card, language()).questions
    form = FactsForm(_questions(asked), language(), request.POST)
    if not form.is_valid():
        return _card(request, row, card, form)
    plans.answer(portal.access(request.login, Permission.PREPARE), plan, form.answers)
    return redirect("plan", plan)


@open_to(CITIZEN, level=portal.LEVEL)
@require_POST
def tick(request: LoggedIn, plan: UUID, card: str) -> HttpResponse:
    """Note that an own task is done, or not after all."""
    plans.tick(portal.access(request.login, Permission.PREPARE), plan, card, done="done" in request.POST)
    return redirect("plan", plan)


@open_to(CITIZEN, level=portal.LEVEL)
@require_POST
def apply(request: LoggedIn, plan: UUID, card: str) -> HttpResponse:
    """Begin the application behind a card, with what the plan already knows."""
    row = plans.row_of(portal.access(request.login, Permission.READ), plan)
    product = card_pages.card(request.login, row, card, language()).card.product
    access = require(request.login, catalogue.for_access(product), Permission.PREPARE)
    known = plans.supplied_by_person(plans.about_of(row))
    counter = counters.at(access.organisation)
    reads = identity.language_of_letters(request.login, language())
    draft = counter.start(
        access, product, name=request.login.subject_name, language=reads, supplied=known, cause=row.cause
    )
    return redirect("application", draft.id)
