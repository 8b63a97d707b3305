"""The page of a worker about an objection: invite, put off, ask what the law says now, decide."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from dichterbij.delivery.cases import queries, services
from dichterbij.delivery.cases.domain import Case, NotDecidable, NotNow, Objection, Ruling
from dichterbij.delivery.cases.services.ruling import Weighed
from dichterbij.delivery.catalogue import queries as catalogue
from dichterbij.ground.authority.routes import STAFF, LoggedIn, open_to
from dichterbij.ground.organisations.domain import StaffTask
from dichterbij.kernel.access import Permission
from dichterbij.kernel.levels import Level

from . import opening, showing
from .forms import JudgementForm
from .forms_objection import InviteForm, RulingForm


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(STAFF, level=Level.SUBSTANTIAL)
def objection(request: LoggedIn, case: UUID) -> HttpResponse:
    """Show an objection and do one thing with it; who did not say why they open the case goes there first."""
    if not opening.reason_for(request, case):
        return redirect("desk-case", case)
    access = opening.ask_access(request, case, Permission.READ)
    found = queries.case(access, case)
    if found.objection is None and request.method != "POST":
        return redirect("desk-case", case)  # none, or too late for a decision that was replaced
    if found.objection is None:
        raise NotNow("Er is geen bezwaar bij deze aanvraag.")
    if request.method != "POST":
        return _page(request, found, found.objection)
    act = {"invite": _invite, "adjourn": _adjourn, "weigh": _weigh}.get(request.POST.get("do", ""), _rule)
    return act(request, found, found.objection)


def _invite(request: LoggedIn, found: Case, made: Objection) -> HttpResponse:
    form = InviteForm(request.POST)
    if not form.is_valid():
        return _page(request, found, made, invite_form=form)
    access = opening.ask_access(request, found.line.id, Permission.HANDLE)
    services.invite(access, found.line.id, form.cleaned_data["hear_on"], form.cleaned_data["where"])
    return redirect("desk-objection", found.line.id)


def _adjourn(request: LoggedIn, found: Case, _made: Objection) -> HttpResponse:
    services.adjourn(opening.ask_access(request, found.line.id, Permission.HANDLE), found.line.id)
    return redirect("desk-objection", found.line.id)


def _weigh(request: LoggedIn, found: Case, made: Objection) -> HttpResponse:
    """Ask the law with the judgements as they are filled in; nothing is decided."""
    judgements = _judgements(request, found)
    if not judgements.is_valid():
        return _page(request, found, made, judgement_form=judgements)
    access = opening.ask_access(request, found.line.id, Permission.HANDLE)
    ruling = RulingForm(made, request.POST)
    ruling.is_valid()  # only whether there was a good reason to be late is asked here
    try:
        weighed = services.weigh(access, found.line.id, judgements.judged(), has_excuse=ruling.has_excuse_said)
    except NotDecidable as problem:
        return _page(request, found, made, missing=problem.missing)
    return _page(request, found, made, weighed=weighed)


def _rule(request: LoggedIn, found: Case, made: Objection) -> HttpResponse:
    judgements, ruling = _judgements(request, found), RulingForm(made, request.POST)
    if not (judgements.is_valid() & ruling.is_valid()):
        return _page(request, found, made, judgement_form=judgements, ruling_form=ruling)
    access = opening.ask_access(request, found.line.id, Permission.DECIDE)
    try:
        services.rule(access, found.line.id, ruling.words(), judgements.judged())
    except NotDecidable as problem:
        return _page(request, found, made, missing=problem.missing)
    return redirect("desk-objection", found.line.id)


def _judgements(request: LoggedIn, found: Case) -> JudgementForm:
    return JudgementForm(catalogue.product(found.line.product), _language(), request.POST)


def _page(
    request: LoggedIn,
    found: Case,
    made: Objection,
    *,
    weighed: Weighed | None = None,
    missing: tuple[str, ...] = (),
    **bound: InviteForm | RulingForm | JudgementForm,
) -> HttpResponse:
    """Show the page; what was filled in stands in its form again."""
    product = catalogue.product(found.line.product)
    tasks = opening.tasks_at(request.login, found.line.organisation, found.unit)
    failed = next((form for form in bound.values() if form.errors), None)
    kept = request.POST or None
    context = {
        "case": found,
        "made": made,
        "product": product.name(_language()),
        "invite_form": InviteForm(),
        "judgement_form": JudgementForm(product, _language(), kept if weighed or missing else None),
        "ruling_form": RulingForm(made, None) if not (weighed or missing) else _unchecked(made, request),
        **bound,
        "form": failed,
        "weighed": _told(weighed) if weighed else "",
        "said": weighed.now.explanation(_language()).outcome if weighed and weighed.now else "",
        "missing": showing.labels(missing, _language()),
        "may_handle": made.is_open and StaffTask.HANDLE in tasks,
        "may_decide": made.is_open and StaffTask.DECIDE in tasks,
        "outcome": _outcome(made.ruled.ruling) if made.ruled else "",
    }
    return render(request, "desk/objection.html", context, status=422 if failed else 409 if missing else 200)


def _unchecked(made: Objection, request: LoggedIn) -> RulingForm:
    """Return the form with what is filled in so far; what is still empty is no mistake yet."""
    form = RulingForm(made)
    form.initial = {name: request.POST.get(name, "") for name in form.fields}
    return form


def _told(weighed: Weighed) -> str:
    return {
        Ruling.FOUNDED: _("De aanvrager krijgt gelijk: er komt een nieuw besluit."),
        Ruling.UNFOUNDED: _("Het besluit blijft zoals het is."),
        Ruling.INADMISSIBLE: _("Het bezwaar kwam te laat: wij kijken niet naar de inhoud."),
    }[weighed.ruling]


def _outcome(ruling: Ruling) -> str:
    return {
        Ruling.FOUNDED: _("Gegrond"),
        Ruling.UNFOUNDED: _("Ongegrond"),
        Ruling.INADMISSIBLE: _("Niet-ontvankelijk"),
    }[ruling]


def _language() -> str:
    return get_language() or "nl"
