"""Pages of giving a mandate, passing one on, and asking somebody without a login for one."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from dichterbij.ground.authority import codes, giving, mandates
from dichterbij.ground.authority.domain import ACTING_LEVEL
from dichterbij.ground.authority.portal import own_access
from dichterbij.ground.authority.routes import CITIZEN, LoggedIn, open_to
from dichterbij.kernel import clock
from dichterbij.kernel.access import Permission

from . import asking
from .forms import AskForm, MandateForm, PassOnForm

with_a_form = require_http_methods(["GET", "HEAD", "POST"])
trusted = open_to(CITIZEN, level=ACTING_LEVEL)


@trusted
@with_a_form
def give(request: LoggedIn) -> HttpResponse:
    """Let another act: for what and until when; the code to hand over comes on the next page."""
    form = MandateForm(get_language() or "nl", request.POST or request.kept_form)
    if request.method == "POST" and form.is_valid():
        access = own_access(request.login, Permission.SUBMIT)
        mandate, _code = giving.give(access, name=request.login.name, terms=form.terms)
        return redirect("authorities-code", mandate)
    return render(request, "authorities/give.html", {"form": form})


@trusted
@with_a_form
def pass_on(request: LoggedIn, mandate: UUID) -> HttpResponse:
    """Let another act in one's place, when who is represented allowed that."""
    access = own_access(request.login, Permission.SUBMIT)
    found = next((each for each in mandates.received(access) if each.id == mandate and each.terms.may_pass_on), None)
    if found is None:
        raise Http404
    form = PassOnForm(found.last_day, request.POST or request.kept_form)
    if request.method == "POST" and form.is_valid():
        passed, _code = giving.pass_on(access, mandate, last_day=form.cleaned_data["last_day"])
        return redirect("authorities-code", passed)
    return render(request, "authorities/pass_on.html", {"form": form, "mandate": found})


@trusted
@require_safe
def code(request: LoggedIn, mandate: UUID) -> HttpResponse:
    """Show the code of a new mandate, once."""
    shown = giving.code_once(own_access(request.login, Permission.READ), mandate)
    if shown is None:
        return redirect("authorities")
    given, found = shown
    until = min(clock.day_of(given.code_until), given.last_day)
    return render(request, "authorities/code.html", {"code": codes.spaced(found), "until": until})


@trusted
@with_a_form
def ask(request: LoggedIn) -> HttpResponse:
    """Ask somebody who has no login to let me act for them: they get a letter with a code."""
    form = AskForm(get_language() or "nl", request.POST or request.kept_form)
    if request.method == "POST" and form.is_valid():
        access = own_access(request.login, Permission.SUBMIT)
        said = form.cleaned_data
        asking.ask(access, said["bsn"], said["born_on"], name=request.login.name, terms=form.terms)
        return render(request, "authorities/asked.html")
    return render(request, "authorities/ask.html", {"form": form})
