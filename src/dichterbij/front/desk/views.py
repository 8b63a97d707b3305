"""Pages of a worker."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from dichterbij.delivery.cases import queries, services, signals
from dichterbij.delivery.cases.asking import question_about
from dichterbij.delivery.cases.corrections import keepers
from dichterbij.delivery.cases.corrections import queries as corrections
from dichterbij.delivery.cases.domain import NotDecidable, NotNow
from dichterbij.delivery.cases.services.deciding import Fresh
from dichterbij.delivery.catalogue import queries as catalogue
from dichterbij.ground.authority.routes import STAFF, LoggedIn, open_to
from dichterbij.ground.organisations import queries as organisations
from dichterbij.ground.organisations.domain import StaffRole, StaffTask
from dichterbij.kernel.access import Permission
from dichterbij.kernel.levels import Level

from . import noting, opening, showing
from .forms import JudgementForm, LetStandForm, MoveForm, QuestionForm, ReasonForm, SendBackForm

MOVED = "desk_moved_to"
at_the_desk = open_to(STAFF, level=Level.SUBSTANTIAL)
with_a_form = require_http_methods(["GET", "HEAD", "POST"])
"""Who was logged out while writing comes back by GET to the address of the form: it is shown again, nothing is done."""


@require_safe
@at_the_desk
def work(request: LoggedIn) -> HttpResponse:
    """Show the open cases of the worker's units, least time first; once, to which unit one was just moved."""
    lists = [
        (_place(role), _lines(request, role), _corrections(request, role), _objections(request, role))
        for role in request.login.staff
    ]
    new_signals = sum(signals.number_new(role) for role in request.login.roles_with(StaffTask.EDIT))
    context = {"lists": lists, "new_signals": new_signals, "moved_to": request.session.pop(MOVED, "")}
    return render(request, "desk/work.html", context)


def _place(role: StaffRole) -> str:
    """Return where a worker works: of a body with more units, which one."""
    found = organisations.organisation(role.organisation)
    return f"{found.name}: {found.units[role.unit]}" if len(found.units) > 1 else found.name


def _lines(request: LoggedIn, role: StaffRole) -> list[dict[str, object]]:
    return [
        {"work": line, "product": catalogue.product(line.line.product).name(_language())}
        for line in queries.work_list(role, request.login.party)
    ]


def _objections(request: LoggedIn, role: StaffRole) -> list[dict[str, object]]:
    return [
        {"objection": each, "product": catalogue.product(each.case.product).name(_language())}
        for each in queries.objections(role, request.login.party)
    ]


def _corrections(request: LoggedIn, role: StaffRole) -> list[dict[str, object]]:
    return [
        {"asked": asked, "label": keepers.label(asked.datum, _language())}
        for asked in corrections.work_list(role, request.login.party)
    ]


@with_a_form
@at_the_desk
def case(request: LoggedIn, case: UUID) -> HttpResponse:
    """Show a case; the first time in a session, ask why it is opened."""
    if request.method == "POST":
        return _open(request, case)
    return _show(request, case)


def _open(request: LoggedIn, case: UUID) -> HttpResponse:
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _ask_reason(request, case, form, status=422)
    opening.open_case(request, case, form.told)
    return redirect(_back(request, case))


def _back(request: LoggedIn, case: UUID) -> str:
    """Return the page of this case where the reason was asked: a form that was kept may be waiting there."""
    here, asked = reverse("desk-case", args=[case]), request.POST.get("back", "")
    return asked if asked.startswith(here) else here


def _ask_reason(request: LoggedIn, case: UUID, form: ReasonForm, status: int = 200) -> HttpResponse:
    opening.refuse_closed_door(request, case)
    return render(
        request, "desk/open.html", {"form": form, "case": case, "back": request.get_full_path()}, status=status
    )


@with_a_form
@at_the_desk
def take(request: LoggedIn, case: UUID) -> HttpResponse:
    """Take a case in hand."""
    if request.method == "POST":
        services.take(opening.ask_access(request, case, Permission.HANDLE), case)
    return redirect("desk-case", case)


@with_a_form
@at_the_desk
def move(request: LoggedIn, case: UUID) -> HttpResponse:
    """Give a case to another unit of the organisation; from then on this one does not see it."""
    if request.method != "POST":
        return redirect("desk-case", case)
    access = opening.ask_access(request, case, Permission.HANDLE)
    form = MoveForm(showing.other_units(access.organisation, queries.place(case).unit), request.POST)
    if not form.is_valid():
        return _show(request, case, status=422)
    services.move(access, case, unit := form.cleaned_data["unit"])
    request.session[MOVED] = organisations.organisation(access.organisation).units[unit]
    return redirect("desk")


@with_a_form
@at_the_desk
def ask(request: LoggedIn, case: UUID) -> HttpResponse:
    """Ask the citizen a question; the term stands still."""
    if request.method != "POST":
        return _show(request, case)
    access = opening.ask_access(request, case, Permission.HANDLE)
    about = question_about(request.POST.get("fact", ""), _language())
    form = QuestionForm((about,) if about else (), request.POST)
    if not form.is_valid():
        return _show(request, case, status=422)
    services.ask(access, case, form.cleaned_data["text"], fact=about.fact if about else "")
    return redirect("desk-case", case)


@with_a_form
@at_the_desk
def assess(request: LoggedIn, case: UUID) -> HttpResponse:
    """Ask the law again, with the judgements as they are filled in; nothing is decided."""
    return _with_judgements(request, case, Permission.HANDLE, services.assess_again)


@with_a_form
@at_the_desk
def decide(request: LoggedIn, case: UUID) -> HttpResponse:
    """Decide: what the law says today, with the judgements as they are filled in."""
    return _with_judgements(request, case, Permission.DECIDE, partial(services.decide, seen=request.POST.get("seen")))


@require_safe
@at_the_desk
def letter(request: LoggedIn, case: UUID) -> HttpResponse:
    """Show the letter of a decision as it would go out today."""
    if not opening.reason_for(request, case):
        return redirect("desk-case", case)
    access = opening.ask_access(request, case, Permission.READ)
    found, proposal = queries.worked_on(access, case)
    may = showing.may(request.login, found, proposal)
    context = {"case": found, "letter": queries.letter(access, found), "may": may}
    return render(request, "desk/letter.html", context)


@require_safe
@at_the_desk
def notes(request: LoggedIn, case: UUID) -> HttpResponse:
    """Show what was written down about a case in talks with the applicant."""
    if not opening.reason_for(request, case):
        return redirect("desk-case", case)
    found = queries.case(opening.ask_access(request, case, Permission.READ), case)
    return render(request, "desk/notes.html", {"case": found, "notes": noting.on_case(case)})


@with_a_form
@at_the_desk
def publish(request: LoggedIn, case: UUID) -> HttpResponse:
    """Make the decision known: the letter goes out and the term to object begins."""
    if request.method == "POST":
        services.publish(opening.ask_access(request, case, Permission.DECIDE), case, request.POST.get("seen"))
    return redirect("desk-case", case)


@with_a_form
@at_the_desk
def settle(request: LoggedIn, case: UUID) -> HttpResponse:
    """Decide again on what would be decided otherwise now, or let it stand with a reason."""
    if request.method != "POST":
        return _show(request, case)
    access = opening.ask_access(request, case, Permission.DECIDE)
    if "again" in request.POST:
        services.decide_again(access, case)
        return redirect("desk-case", case)
    form = LetStandForm(request.POST)
    if not form.is_valid():
        return _show(request, case, status=422)
    services.let_stand(access, case, form.cleaned_data["because"])
    return redirect("desk-case", case)


@with_a_form
@at_the_desk
def cosign(request: LoggedIn, case: UUID) -> HttpResponse:
    """Agree with a decision as a second worker, or send it back with a reason."""
    if request.method != "POST":
        return _show(request, case)
    access = opening.ask_access(request, case, Permission.DECIDE)
    decision = _decision(request)
    form = SendBackForm(request.POST)
    if "agree" in request.POST:
        services.agree(access, case, decision)
    elif form.is_valid():
        services.send_back(access, case, decision, form.cleaned_data["otherwise"])
    else:
        return _show(request, case, status=422)
    return redirect("desk-case", case)


def _decision(request: LoggedIn) -> UUID:
    """Return which decision somebody looked at; raises `NotNow` for what is no decision."""
    try:
        return UUID(request.POST.get("decision", ""))
    except ValueError:
        raise NotNow from None


def _with_judgements(request: LoggedIn, case: UUID, permission: Permission, act: Callable[..., object]) -> HttpResponse:
    if request.method != "POST":
        return _show(request, case)
    access = opening.ask_access(request, case, permission)
    form = JudgementForm(catalogue.product(access.product), _language(), request.POST)
    if not form.is_valid():
        return _show(request, case, status=422)
    try:
        done = act(access, case, form.judged())
    except NotDecidable as problem:
        return _show(request, case, missing=problem.missing, status=409)
    if isinstance(done, Fresh):
        return _show(request, case, fresh=done)
    return redirect("desk-case", case)


def _show(
    request: LoggedIn, case: UUID, *, fresh: Fresh | None = None, missing: tuple[str, ...] = (), status: int = 200
) -> HttpResponse:
    """Show a case to who said why; what was sent, or kept when a login ended, stands in its form again."""
    reason = opening.reason_for(request, case)
    if not reason:
        return _ask_reason(request, case, ReasonForm())
    access = opening.ask_access(request, case, Permission.READ)
    filled = request.POST or request.kept_form
    context = showing.page(request.login, access, case, _language(), filled=filled, fresh=fresh)
    words = {
        "reason": reason,
        "missing": showing.labels(missing, _language()),
    }
    return render(request, "desk/case.html", {**context, **words}, status=status)


def _language() -> str:
    return get_language() or "nl"
