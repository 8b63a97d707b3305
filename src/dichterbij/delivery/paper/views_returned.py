"""Pages of letters that came back."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from dichterbij.delivery.catalogue import queries as catalogue
from dichterbij.delivery.messages import returns
from dichterbij.delivery.messages.domain import Reason
from dichterbij.ground.authority.routes import STAFF, LoggedIn, open_to
from dichterbij.kernel.levels import Level

from . import returned as letters
from .domain import UnknownPaper
from .forms import ReturnForm
from .ground import organisations_of
from .returned import Found
from .telling import reason_name

staff_only = open_to(STAFF, level=Level.SUBSTANTIAL)
with_a_form = require_http_methods(["GET", "HEAD", "POST"])


@with_a_form
@staff_only
def returned(request: LoggedIn) -> HttpResponse:
    """Show the letters that came back, and take one in by hand."""
    form = ReturnForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return _list(request, form)
    given = form.cleaned_data
    try:
        letters.note_by_hand(request.login, given["reference"], Reason(given["reason"]), given["returned_on"])
    except UnknownPaper as problem:
        form.add_error("reference", problem.detail)
        return _list(request, form)
    return redirect("post-returned")


@with_a_form
@staff_only
def ask_again(request: LoggedIn, letter: UUID) -> HttpResponse:
    """Ask the register again where somebody lives."""
    if request.method != "POST":
        return redirect("post-returned")
    return _list(request, ReturnForm(), found=letters.ask_again(request.login, letter))


@with_a_form
@staff_only
def reached(request: LoggedIn, letter: UUID) -> HttpResponse:
    """Say that the person was reached otherwise."""
    if request.method == "POST":
        letters.reached(request.login, letter)
    return redirect("post-returned")


def _list(request: LoggedIn, form: ReturnForm, *, found: Found | None = None) -> HttpResponse:
    language = (get_language() or "nl").split("-")[0]
    rows = [
        (each, catalogue.product(each.product).name(language) if each.product else "", reason_name(each.reason))
        for each in letters.waiting(request.login)
    ]
    context = {
        "rows": rows,
        "form": form,
        "found": _told(found) if found else "",
        "without_address": returns.without_address(organisations_of(request.login)),
    }
    return render(request, "paper/returned.html", context, status=422 if form.errors else 200)


def _told(found: Found) -> str:
    return {
        Found.ANOTHER: _("Het register kent een ander adres. De brief gaat daar aangetekend naartoe."),
        Found.SAME: _("Het register kent alleen dit adres. Meld dat u eraan twijfelt, en bel de persoon als dat kan."),
        Found.NONE: _("Het register kent geen adres. Probeer de persoon op een andere manier te bereiken."),
    }[found]
