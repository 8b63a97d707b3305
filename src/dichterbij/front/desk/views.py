"""Pages of a worker."""

from collections.abc import Callable
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dichterbij.delivery.cases import queries, services
from dichterbij.delivery.cases.domain import NotDecidable, Step, UnknownCase, may_follow
from dichterbij.delivery.cases.services.deciding import Fresh
from dichterbij.delivery.catalogue import queries as catalogue
from dichterbij.ground.authority.routes import STAFF, LoggedIn, open_to
from dichterbij.ground.organisations import queries as organisations
from dichterbij.kernel.access import Access, Permission
from dichterbij.kernel.levels import Level

from . import opening
from .forms import JudgementForm, QuestionForm, ReasonForm

at_the_desk = open_to(STAFF, level=Level.SUBSTANTIAL)


@require_safe
@at_the_desk
def work(request: LoggedIn) -> HttpResponse:
    """Show the open cases of the worker's organisations, least time first."""
    lists = [
        (organisations.organisation(role.organisation).name, _lines(request, role.organisation.value))
        for role in request.login.staff
    ]
    return render(request, "desk/work.html", {"lists": lists})


def _lines(request: LoggedIn, organisation: str) -> list[dict[str, object]]:
    role = next(role for role in request.login.staff if role.organisation.value == organisation)
    language = get_language() or "nl"
    return [
        {"work": line, "product": catalogue.product(line.line.product).name(language)}
        for line in queries.work_list(role, request.login.party)
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@at_the_desk
def case(request: LoggedIn, case: UUID) -> HttpResponse:
    """Show a case; the first time in a session, ask why it is opened."""
    form = ReasonForm(request.POST or None)
    if request.method == "POST":
        if form.is_valid():
            reason = form.cleaned_data["reason"]
            _access(request, case, Permission.READ, reason)
            opening.remember(request, case, reason)
            return redirect("desk-case", case)
        return render(request, "desk/open.html", {"form": form}, status=422)
    if not opening.reason_for(request, case):
        _exists(case)
        return render(request, "desk/open.html", {"form": form})
    return _show(request, case)


@require_POST
@at_the_desk
def take(request: LoggedIn, case: UUID) -> HttpResponse:
    """Take a case in hand."""
    services.take(_access(request, case, Permission.HANDLE), case)
    return redirect("desk-case", case)


@require_POST
@at_the_desk
def ask(request: LoggedIn, case: UUID) -> HttpResponse:
    """Ask the citizen a question; the term stands still."""
    access = _access(request, case, Permission.HANDLE)
    form = QuestionForm(request.POST)
    if not form.is_valid():
        return _show(request, case, question=form, status=422)
    services.ask(access, case, form.cleaned_data["text"])
    return redirect("desk-case", case)


@require_POST
@at_the_desk
def assess(request: LoggedIn, case: UUID) -> HttpResponse:
    """Ask the law again, with the judgements as they are filled in; nothing is decided."""
    return _with_judgements(request, case, Permission.HANDLE, services.assess_again)


@require_POST
@at_the_desk
def decide(request: LoggedIn, case: UUID) -> HttpResponse:
    """Decide: what the law says today, with the judgements as they are filled in."""
    return _with_judgements(request, case, Permission.DECIDE, services.decide)


@require_POST
@at_the_desk
def publish(request: LoggedIn, case: UUID) -> HttpResponse:
    """Make the decision known: the letter goes out and the term to object begins."""
    services.publish(_access(request, case, Permission.DECIDE), case)
    return redirect("desk-case", case)


def _with_judgements(request: LoggedIn, case: UUID, permission: Permission, act: Callable[..., object]) -> HttpResponse:
    access = _access(request, case, permission)
    product = catalogue.product(access.product)
    form = JudgementForm(product, get_language() or "nl", request.POST)
    if not form.is_valid():
        return _show(request, case, judgement=form, status=422)
    try:
        done = act(access, case, form.judged())
    except NotDecidable as missing:
        return _show(request, case, judgement=form, missing=missing, status=409)
    if isinstance(done, Fresh):
        return _show(request, case, judgement=form, fresh=done)
    return redirect("desk-case", case)


def _access(request: LoggedIn, case: UUID, permission: Permission, reason: str = "") -> Access:
    _exists(case)
    return opening.ask_access(request, case, permission, reason)


def _exists(case: UUID) -> None:
    try:
        queries.place(case)
    except UnknownCase:
        raise Http404 from None


def _show(
    request: LoggedIn,
    case: UUID,
    *,
    question: QuestionForm | None = None,
    judgement: JudgementForm | None = None,
    fresh: Fresh | None = None,
    missing: NotDecidable | None = None,
    status: int = 200,
) -> HttpResponse:
    access = _access(request, case, Permission.READ)
    found = queries.case(access, case)
    product = catalogue.product(found.line.product)
    language = get_language() or "nl"
    determination = fresh.assessment if fresh else queries.determination(access, found)
    context = {
        "case": found,
        "reason": opening.reason_for(request, case),
        "product": product.name(language),
        "determination": determination,
        "words": determination.words[language] if determination else None,
        "fresh": fresh,
        "missing": missing,
        "question_form": question or QuestionForm(),
        "judgement_form": judgement or JudgementForm(product, language),
        "form": question or judgement,
        "may": {step.value: may_follow(found.line.state, step) for step in Step},
    }
    return render(request, "desk/case.html", context, status=status)
