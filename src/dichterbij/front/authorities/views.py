"""Pages about who may act for whom: who for me, for whom I, beginning to act, and stopping it."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dichterbij.ground.authority import agreements, answering, codes, mandates, registers, represented
from dichterbij.ground.authority.domain import ACTING_LEVEL, Kind
from dichterbij.ground.authority.portal import own_access
from dichterbij.ground.authority.routes import CITIZEN, LoggedIn, open_to
from dichterbij.ground.identity import services as identity
from dichterbij.ground.logbook import services as logbook
from dichterbij.ground.logbook.queries import acts_for_others
from dichterbij.ground.organisations import queries as organisations
from dichterbij.kernel.access import Access, Permission

from . import choices, done, people
from .forms import AgreeForm, CodeForm

MOST_ACTS = 100


@open_to(CITIZEN, level=ACTING_LEVEL)
@require_http_methods(["GET", "HEAD", "POST"])
def authorities(request: LoggedIn) -> HttpResponse:
    """Show who may act for me and for whom I may act; look at a code that was handed over; allow what was asked."""
    access = own_access(request.login, Permission.READ)
    if "allow" in request.POST:
        answering.allow(own_access(request.login, Permission.SUBMIT), _asked(request))
        return redirect("authorities")
    form = CodeForm(request.POST or None)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            return _with_code(request, access, form.cleaned_data["code"])
        except codes.CodeUnknown as problem:  # a slip of the pen: what was typed stays to be corrected
            form.add_error("code", _(problem.detail))
            status = problem.status
    for_me = represented.known(access)
    context = {
        "form": form,
        "people": people.of(access),
        "by_law": None if for_me is None else [people.for_me(each) for each in for_me],
        "asserted": request.login.represents,
        "stopped": mandates.stopped(access),
        "given": [(each, choices.told(each.terms, _language())) for each in mandates.given(access)],
        "asked_at": registers.asked_at(access.subject.party) if access.subject.bsn else None,  # else nothing was asked
        "host": organisations.operator(),
    }
    return render(request, "authorities/authorities.html", context, status=status)


def _asked(request: LoggedIn) -> UUID:
    try:
        return UUID(request.POST["allow"])
    except ValueError:
        raise Http404 from None


def _with_code(request: LoggedIn, access: Access, code: str) -> HttpResponse:
    """Show what a code is for, and then say yes or no to it."""
    match request.POST.get("answer"):
        case "yes":
            answering.accept(own_access(request.login, Permission.SUBMIT), code, name=request.login.name)
        case "no":
            answering.refuse(own_access(request.login, Permission.SUBMIT), code)
        case _:
            offered = answering.look(access, code)
            context = {"offered": offered, "what": choices.told(offered.terms, _language()), "code": code}
            return render(request, "authorities/offered.html", context)
    return redirect("authorities")


@open_to(CITIZEN, level=ACTING_LEVEL)
@require_POST
def look_up(request: LoggedIn) -> HttpResponse:
    """Ask the registers for whom somebody may act by law, and who acts for them."""
    access = own_access(request.login, Permission.READ)
    registers.look_up(access)
    represented.look_up(access)
    return redirect("authorities")


@open_to(CITIZEN, level=ACTING_LEVEL)
@require_POST
def act(request: LoggedIn) -> HttpResponse:
    """Begin to act for one of the people for whom somebody may act; the form only says which one of them."""
    access = own_access(request.login, Permission.READ)
    wanted = request.POST.get("person", "")
    by_means = [request.login.represents] if request.login.represents else []
    several = (*by_means, *(each.acting_for for each in people.of(access) if each.is_known))
    chosen = next((each for each in several if str(each.subject.party) == wanted), None)
    if chosen is None:
        raise Http404
    logbook.record_act(access, "handelen voor een ander")
    return redirect(identity.act_for(request, chosen))


@open_to(CITIZEN, level=ACTING_LEVEL)
@require_http_methods(["GET", "HEAD", "POST"])
def agree(request: LoggedIn) -> HttpResponse:
    """Say yes, or no longer, to what another wants to send and may not send alone."""
    access = own_access(request.login, Permission.SUBMIT if request.method == "POST" else Permission.READ)
    together = [each for each in people.of(access) if each.agrees_to]
    whose = [(each.acting_for.subject.party, each.acting_for.name, each.agrees_to) for each in together]
    if own := choices.to_agree(Kind.SELF):
        whose.append((request.login.party, _("mijzelf"), own))
    form = AgreeForm(whose, _language(), request.POST if "product" in request.POST else None)
    if request.method == "POST" and "back" in request.POST:
        _take_back(access, request.POST["back"])
        return redirect("authorities-agree")
    if request.method == "POST" and form.is_valid():
        agreements.agree(access, UUID(form.cleaned_data["person"]), form.cleaned_data["product"])
        return redirect("authorities-agree")
    names, products = {party: name for party, name, _products in whose}, dict(choices.products(_language()))
    given = [(each, names.get(each.represented, ""), products[each.product]) for each in agreements.mine(access)]
    return render(request, "authorities/agree.html", {"form": form, "given": given, "people": whose})


def _take_back(access: Access, which: str) -> None:
    for each in agreements.mine(access):
        if f"{each.represented} {each.product}" == which:
            agreements.take_back(access, each.represented, each.product)


@open_to(CITIZEN, level=ACTING_LEVEL)
@require_safe
def done_for_others(request: LoggedIn) -> HttpResponse:
    """Show what I did on behalf of others, newest first."""
    access = own_access(request.login, Permission.READ)
    names = {each.acting_for.subject.party: each.acting_for.name for each in people.of(access)}
    if request.login.represents:
        names[request.login.represents.subject.party] = request.login.represents.name
    acts = acts_for_others(access, limit=MOST_ACTS, others=names)
    return render(request, "authorities/done.html", {"acts": done.told(acts, names, _language())})


@open_to(CITIZEN, level=ACTING_LEVEL)
@require_POST
def end(request: LoggedIn, mandate: UUID) -> HttpResponse:
    """End a mandate at once, as who gave it or as who has it."""
    mandates.end(own_access(request.login, Permission.SUBMIT), mandate)
    return redirect("authorities")


def _language() -> str:
    return get_language() or "nl"
