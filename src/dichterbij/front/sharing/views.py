"""Pages of sharing: what was asked, one question with its answer, taking it back, and the receipt."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dichterbij.delivery.messages.pdf import pdf
from dichterbij.delivery.sharing import deciding, receipts
from dichterbij.delivery.sharing.domain import Consent, State
from dichterbij.ground.authority import codes
from dichterbij.ground.authority.routes import CITIZEN, LoggedIn, open_to
from dichterbij.ground.logbook import proof_files, proving
from dichterbij.kernel.access import Access, Permission
from dichterbij.kernel.levels import Level

from . import paper, telling
from .forms import AGAIN, NO, AnswerForm, CodeForm

LEVEL = Level.SUBSTANTIAL


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(CITIZEN, level=LEVEL)
def overview(request: LoggedIn) -> HttpResponse:
    """Show what companies asked and what was answered; open the question of a code."""
    access, form, status = deciding.access(request.login, Permission.READ), CodeForm(request.POST or None), 200
    if request.method == "POST" and form.is_valid():
        try:
            return redirect("sharing-question", deciding.open_question(access, form.cleaned_data["code"]).id)
        except codes.CodeUnknown as problem:  # a slip of the pen: what was typed stays to be corrected
            form.add_error("code", _(problem.detail))
            status = problem.status
    told = [telling.tell(each, _language()) for each in deciding.mine(access)]
    context = {
        "form": form,
        "open": [each for each in told if each.consent.is_open],
        "over": [each for each in told if not each.consent.is_open],
    }
    return render(request, "sharing/overview.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(CITIZEN, level=LEVEL)
def one(request: LoggedIn, number: UUID) -> HttpResponse:
    """Show one question with everything one must know to answer it; keep the answer."""
    _access, found = _mine(request, number)
    form = AnswerForm(telling.last_day(found), request.POST or None)
    if request.method == "POST" and form.is_valid():
        _answer(deciding.access(request.login, Permission.SUBMIT, found), found, form.cleaned_data["answer"])
        return redirect("sharing-question", number)
    context = {
        "told": telling.tell(found, _language()),
        "form": form if found.state is State.WAITING else None,
        "state": found.state.value,
        "can_take_back": found.state is State.GIVEN,
        "file": _file_name(number) if found.line else "",
    }
    return render(request, "sharing/question.html", context)


@require_POST
@open_to(CITIZEN, level=LEVEL)
def take_back(request: LoggedIn, number: UUID) -> HttpResponse:
    """Take a yes back."""
    _access, found = _mine(request, number)
    deciding.withdraw(deciding.access(request.login, Permission.SUBMIT, found), found.id)
    return redirect("sharing-question", number)


@require_safe
@open_to(CITIZEN, level=LEVEL)
def receipt(request: LoggedIn, number: UUID) -> HttpResponse:
    """Give the receipt of an answer as a file that anybody can check without this site."""
    access, found = _mine(request, number)
    if found.line is None:
        raise Http404
    language, name = _language(), _file_name(number)
    on_paper = pdf(paper.receipt(telling.tell(found, language), name, language))
    file = proof_files.packed(proving.proof(access, found.line), on_paper, receipts.receipt(access, found, language))
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(file, content_type="application/zip", headers=headers)


def _mine(request: LoggedIn, number: UUID) -> tuple[Access, Consent]:
    """Return the question, and the access to it: who may decide about this packet."""
    found = deciding.one(deciding.access(request.login, Permission.READ), number)
    return deciding.access(request.login, Permission.READ, found), found


def _answer(access: Access, found: Consent, answer: str) -> None:
    if answer == NO:
        deciding.refuse(access, found.id)
    else:
        deciding.give(access, found.id, is_once=answer != AGAIN)


def _file_name(number: UUID) -> str:
    return f"ontvangstbewijs-{str(number)[:8]}.zip"


def _language() -> str:
    return get_language() or "nl"
