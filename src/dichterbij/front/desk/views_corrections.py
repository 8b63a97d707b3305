"""Pages of a worker who is asked to correct a datum in a source that their organisation keeps."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from dichterbij.delivery.cases.corrections import keepers, queries, services
from dichterbij.ground.authority.routes import STAFF, LoggedIn, open_to
from dichterbij.ground.authority.services import for_staff
from dichterbij.ground.identity.queries import subject_of
from dichterbij.ground.organisations.domain import StaffTask
from dichterbij.ground.registry.registries import registry
from dichterbij.kernel.access import Access, Permission
from dichterbij.kernel.levels import Level

from . import opening
from .forms import CorrectionAnswerForm, ReasonForm


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(STAFF, level=Level.SUBSTANTIAL)
def correction(request: LoggedIn, correction: UUID) -> HttpResponse:
    """Show a request to correct a datum; the first time in a session, ask why it is opened."""
    if request.method == "POST":
        form = ReasonForm(request.POST)
        if not form.is_valid():
            return _ask_reason(request, correction, form, status=422)
        access = _access(request, correction, Permission.READ, form.told)
        opening.opened(request, access, correction, form.told)
        return redirect("desk-correction", correction)
    return _show(request, correction)


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(STAFF, level=Level.SUBSTANTIAL)
def answer(request: LoggedIn, correction: UUID) -> HttpResponse:
    """Tell the person what was found and done."""
    form = CorrectionAnswerForm(request.POST)
    if request.method != "POST" or not form.is_valid():
        return _show(request, correction, form if request.method == "POST" else None)
    access = _access(request, correction, Permission.HANDLE)
    services.answer(access, correction, form.cleaned_data["text"], is_corrected=form.is_corrected)
    return redirect("desk-correction", correction)


def _show(request: LoggedIn, correction: UUID, form: CorrectionAnswerForm | None = None) -> HttpResponse:
    reason = opening.reason_for(request, correction)
    if not reason:
        return _ask_reason(request, correction, ReasonForm())
    access = _access(request, correction, Permission.READ)
    asked = queries.correction(access, correction)
    language = get_language() or "nl"
    answering = form or CorrectionAnswerForm(request.kept_form)
    context = {
        "asked": asked,
        "label": keepers.label(asked.datum, language),
        "source": registry(asked.datum.source).label(language),
        "reason": reason,
        "form": answering.about_use() if asked.datum.is_use else answering,
        "may_answer": asked.answer is None and StaffTask.HANDLE in opening.tasks_at(request.login, asked.organisation),
    }
    return render(request, "desk/correction.html", context, status=422 if form else 200)


def _ask_reason(request: LoggedIn, correction: UUID, form: ReasonForm, status: int = 200) -> HttpResponse:
    organisation, party = queries.where(correction)
    if party == request.login.party or not opening.tasks_at(request.login, organisation):
        _access(request, correction, Permission.READ)
    return render(request, "desk/open_correction.html", {"form": form, "correction": correction}, status=status)


def _access(request: LoggedIn, correction: UUID, permission: Permission, reason: str = "") -> Access:
    """Return access to a request for its reason; raises `UnknownCorrection` and `Denied`."""
    organisation, party = queries.where(correction)
    return for_staff(
        request.login,
        keepers.place(organisation),
        permission,
        subject=subject_of(party),
        case=correction,
        reason=reason or opening.reason_for(request, correction),
    )
