"""Pages about a case: where is it, by when, who has it, whom do I call, was it on time."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from dichterbij.delivery.catalogue import queries as catalogue
from dichterbij.delivery.contact.reaching import closed_told
from dichterbij.delivery.messages.domain import Called, MessageLine
from dichterbij.ground.authority.routes import CITIZEN, LoggedIn, open_to
from dichterbij.ground.authority.services import require
from dichterbij.ground.organisations import queries as organisations
from dichterbij.kernel import clock
from dichterbij.kernel.access import Access, Permission
from dichterbij.kernel.formats import euro
from dichterbij.law.explain import Step as Calculated

from . import counters, telling
from .asking import question_about
from .domain import Case, State, Step, UnknownCase, late, may_follow
from .forms import AnswerForm
from .remedies import remedies_against
from .services.defaulting import penalty


@require_safe
@open_to(CITIZEN)
def case(request: LoggedIn, case: UUID) -> HttpResponse:
    """Answer five questions about a case, and show what can be done with it."""
    access = access_to(request, case, Permission.READ)
    found = counters.at(access.organisation).case(access, case)
    context = {**about_case(found), "letters": _letters(access, case), "steps": _steps(access, found)}
    return render(request, "cases/case.html", context)


@require_safe
@open_to(CITIZEN)
def received(request: LoggedIn, case: UUID) -> HttpResponse:
    """Show that the application was received, with its reference and what happens next."""
    access = access_to(request, case, Permission.READ)
    found = counters.at(access.organisation).case(access, case)
    context = {**about_case(found), "letters": _letters(access, case)}
    return render(request, "cases/received.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(CITIZEN)
def withdraw(request: LoggedIn, case: UUID) -> HttpResponse:
    """Ask whether the application is really to be taken back, and take it back."""
    if request.method == "POST":
        access = access_to(request, case, Permission.SUBMIT)
        counters.at(access.organisation).withdraw(access, case)
        return redirect("case", case)
    access = access_to(request, case, Permission.READ)
    found = counters.at(access.organisation).case(access, case)
    return render(request, "cases/withdraw.html", about_case(found))


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(CITIZEN)
def answer(request: LoggedIn, case: UUID, question: UUID) -> HttpResponse:
    """Show a question of the organisation and send the answer."""
    access = access_to(request, case, Permission.READ)
    found = counters.at(access.organisation).case(access, case)
    asked = next((each for each in found.questions if each.id == question), None)
    if asked is None:
        raise Http404
    about = question_about(asked.fact, _language()) if asked.fact else None
    form = AnswerForm(about, request.POST or getattr(request, "kept_form", None))
    if request.method == "POST" and form.is_valid():
        access = access_to(request, case, Permission.SUBMIT)
        counters.at(access.organisation).answer(access, case, question, form.given)
        return redirect("case", case)
    return render(request, "cases/answer.html", {**about_case(found), "form": form, "question": asked})


def access_to(request: LoggedIn, case: UUID, permission: Permission) -> Access:
    """Return the access of a person to their own case; raises `UnknownCase`."""
    place = counters.place(case)
    if place.party != request.login.subject.party:
        raise UnknownCase  # nobody learns that somebody else's case exists
    return require(request.login, place.product, permission, case=case)


def _letters(access: Access, case: UUID) -> list[tuple[MessageLine, Called]]:
    return [(each, each.called(_language())) for each in counters.at(access.organisation).box(access, case)]


def _steps(access: Access, found: Case) -> tuple[Calculated, ...]:
    """Return the whole calculation of a decision that was made known; the letter holds only its main steps."""
    if found.line.state is not State.PUBLISHED:
        return ()
    said = counters.at(access.organisation).determination(access, found)
    explanation = said.explanation(_language()) if said else None
    return tuple(dict.fromkeys(explanation.steps)) if explanation else ()


def _language() -> str:
    return (get_language() or "nl").split("-")[0]


def about_case(found: Case) -> dict[str, object]:
    """Return what every page about a case says."""
    language, is_late = _language(), late(found, clock.today())
    product, organisation = catalogue.product(found.line.product), organisations.organisation(found.line.organisation)
    return {
        "case": found,
        "line": found.line,
        "name": product.name(language),
        "term": product.term,
        "organisation": organisation,
        "closed_now": closed_told(organisation),
        "answered": [(each, telling.answer_told(each, language)) for each in found.questions if each.answered_at],
        "history": telling.history_told(found),
        "state": telling.state_name(found.line.state),
        "badge": telling.badge_of(found.line.state),
        "remedies": remedies_against(found.line.organisation),
        "late": is_late,
        "penalty": euro(penalty(is_late.days), language) if is_late and is_late.days else "",
        "may_withdraw": may_follow(found.line.state, Step.WITHDRAW) and not found.has_made_known,
    }
