"""The pages of a check: one round of questions per page, then the outcome. Answers stand in no address."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from dichterbij.ground.assessment import guest_answers
from dichterbij.ground.assessment.laws import current_laws
from dichterbij.ground.authority.routes import ANYONE, open_to
from dichterbij.kernel.formats import month_long
from dichterbij.law import LawError, Open, Outcome

from . import asking
from . import check as checks
from .check import Check
from .forms import RoundForm, StartForm
from .results import answers_of, result_of
from .views import language
from .visit import Visit

UNREADABLE = 422


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@open_to(ANYONE)
def check(request: HttpRequest, law: str) -> HttpResponse:
    """Ask what the law still needs, or say what it says."""
    asked = checks.check_of(law, language())
    visit = _kept(request, asked)
    if request.method == "POST":
        return _posted(request, asked, visit)
    if visit is None and asked.starts_with_where:
        return _start_page(request, asked, asking.start_form(asked, asked.first_visit))
    return _page(request, asked, visit or asked.first_visit)


def _kept(request: HttpRequest, asked: Check) -> Visit | None:
    """Return the visit this browser is in; answers to facts that no law asks any more are left out."""
    kept = guest_answers.given(request, _topic(asked))
    if not kept:
        return None
    known = current_laws().vocabulary
    visit = Visit.from_json(kept)
    persons = {who: {name: given[name] for name in given if name in known} for who, given in visit.persons.items()}
    return replace(visit, persons=persons)


def _keep(request: HttpRequest, asked: Check, visit: Visit) -> HttpResponse:
    guest_answers.keep(request, _topic(asked), visit.as_json())
    return redirect("rules-check", asked.version.id)


def _topic(asked: Check) -> str:
    return f"rules.{asked.version.id}"


def _posted(request: HttpRequest, asked: Check, kept: Visit | None) -> HttpResponse:
    visit = kept or asked.first_visit
    match request.POST.get("step"):
        case "erase":
            guest_answers.forget(request, _topic(asked))
            return redirect("rules-check", asked.version.id)
        case "start":
            return _started(request, asked, visit)
        case "change":
            return _changed(request, asked, visit)
    return _answered(request, asked, visit)


def _started(request: HttpRequest, asked: Check, visit: Visit) -> HttpResponse:
    form = asking.start_form(asked, visit, request.POST)
    if not form.is_valid():
        return _start_page(request, asked, form, status=UNREADABLE)
    return _keep(request, asked, asking.started(asked, form))


def _changed(request: HttpRequest, asked: Check, visit: Visit) -> HttpResponse:
    form = asking.change_form(asked, visit, request.POST)
    if not form.is_valid():
        return _change_page(request, asked, visit, form, status=UNREADABLE)
    return _keep(request, asked, visit.with_answers(form.answers, current_laws().vocabulary))


def _answered(request: HttpRequest, asked: Check, visit: Visit) -> HttpResponse:
    visit, found = _outcome(asked, visit)
    if not isinstance(found, Open) or not found.asks:
        return redirect("rules-check", asked.version.id)
    form = asking.round_form(asked, visit, found, request.POST)
    if not form.is_valid():
        return _round_page(request, asked, visit, form, status=UNREADABLE)
    return _keep(request, asked, visit.with_answers(form.answers, current_laws().vocabulary))


def _outcome(asked: Check, visit: Visit) -> tuple[Visit, Outcome | None]:
    """Return what the law says; nothing when it cannot count with these answers."""
    try:
        return checks.outcome(asked, visit)
    except LawError:
        return visit, None


def _page(request: HttpRequest, asked: Check, visit: Visit) -> HttpResponse:
    if "change" in request.GET and visit.persons:
        return _change_page(request, asked, visit, asking.change_form(asked, visit))
    visit, found = _outcome(asked, visit)
    if found is None:
        context = {**_context(asked, visit), "is_impossible": True}
        return render(request, "rules/check_result.html", context, status=UNREADABLE)
    if isinstance(found, Open) and found.asks:
        return _round_page(request, asked, visit, asking.round_form(asked, visit, found))
    context = {**_context(asked, visit), "result": result_of(asked, visit, found)}
    return render(request, "rules/check_result.html", context)


def _start_page(request: HttpRequest, asked: Check, form: StartForm, status: int = 200) -> HttpResponse:
    context = {**_context(asked, asked.first_visit), "form": form}
    return render(request, "rules/check_start.html", context, status=status)


def _round_page(request: HttpRequest, asked: Check, visit: Visit, form: RoundForm, status: int = 200) -> HttpResponse:
    return render(request, "rules/check_round.html", {**_context(asked, visit), "form": form}, status=status)


def _change_page(request: HttpRequest, asked: Check, visit: Visit, form: RoundForm, status: int = 200) -> HttpResponse:
    return render(request, "rules/check_change.html", {**_context(asked, visit), "form": form}, status=status)


def _context(asked: Check, visit: Visit) -> dict[str, object]:
    topic = asked.topic(visit)
    return {
        "law": asked.version,
        "name": asked.labels.laws[asked.version.id].name if asked.version.id in asked.labels.laws else "",
        "topic": topic,
        "month_shown": month_long(visit.month, asked.language),
        "territory": dict(asked.territories).get(visit.territory, "") if len(asked.territories) > 1 else "",
        "answers": answers_of(asked, visit),
    }
