"""Pages about acting for another, and letting another act."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dichterbij.ground.authority import mandates, registers
from dichterbij.ground.authority.domain import Kind
from dichterbij.ground.authority.portal import LEVEL, own_access
from dichterbij.ground.authority.routes import CITIZEN, LoggedIn, open_to
from dichterbij.ground.identity import services as identity
from dichterbij.ground.identity.domain import ActingFor
from dichterbij.ground.logbook import services as logbook
from dichterbij.ground.logbook.domain import Entry
from dichterbij.ground.logbook.domain import Kind as LineKind
from dichterbij.kernel import clock
from dichterbij.kernel.access import Access, Permission

from . import choices
from .forms import CodeForm, MandateForm

NEW_CODE = "mandate_code"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody for whom one may act: why, for what, and until when (None: as long as the register says so)."""

    acting_for: ActingFor
    why: str
    what: str
    last_day: date | None = None
    mandate: UUID | None = None


@open_to(CITIZEN, level=LEVEL)
@require_http_methods(["GET", "HEAD", "POST"])
def authorities(request: LoggedIn) -> HttpResponse:
    """Show who may act for me and for whom I may act; take a code that was handed over."""
    access = own_access(request.login, Permission.READ)
    form = CodeForm(request.POST or None)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            mandates.accept(access, form.cleaned_data["code"], name=request.login.name)
            return redirect("authorities")
        except mandates.CodeUnknown as problem:  # a slip of the pen: what was typed stays to be corrected
            form.add_error("code", _(problem.detail))
            status = problem.status
    given = [(each, choices.told(each.products, _language())) for each in mandates.given(access)]
    asked_at = max((each.fetched_at for each in registers.known(access)), default=None)
    context = {"form": form, "people": _people(access), "given": given, "asked_at": asked_at}
    return render(request, "authorities/authorities.html", context, status=status)


@open_to(CITIZEN, level=LEVEL)
@require_POST
def look_up(request: LoggedIn) -> HttpResponse:
    """Ask the registers for whom somebody may act by law."""
    registers.look_up(own_access(request.login, Permission.READ))
    return redirect("authorities")


@open_to(CITIZEN, level=LEVEL)
@require_POST
def act(request: LoggedIn) -> HttpResponse:
    """Begin to act for one of the people for whom somebody may act; the form only says which one of them."""
    access = own_access(request.login, Permission.READ)
    people = _people(access)
    wanted = request.POST.get("person", "")
    chosen = next((each.acting_for for each in people if str(each.acting_for.subject.party) == wanted), None)
    if chosen is None:
        raise Http404
    logbook.record(access, Entry(kind=LineKind.ACT, subject=access.subject.bsn, fields=("handelen voor een ander",)))
    return redirect(identity.act_for(request, chosen))


@open_to(CITIZEN, level=LEVEL)
@require_http_methods(["GET", "HEAD", "POST"])
def give(request: LoggedIn) -> HttpResponse:
    """Let another act: for what and until when; the code to hand over comes on the next page."""
    form = MandateForm(_language(), request.POST or request.kept_form)
    if request.method == "POST" and form.is_valid():
        access = own_access(request.login, Permission.SUBMIT)
        code = mandates.give(access, name=request.login.name, products=form.chosen, last_day=form.last_day)
        request.session[NEW_CODE] = [code, form.last_day.isoformat()]
        return redirect("authorities-code")
    return render(request, "authorities/give.html", {"form": form})


@open_to(CITIZEN, level=LEVEL)
@require_safe
def code(request: LoggedIn) -> HttpResponse:
    """Show the code of a new mandate, once."""
    kept = request.session.pop(NEW_CODE, None)
    if not kept:
        return redirect("authorities")
    found, last_day = kept
    parts = [found[start : start + 4] for start in range(0, len(found), 4)]
    until = min(clock.day_of(clock.now() + mandates.CODE_FOR), date.fromisoformat(last_day))
    return render(request, "authorities/code.html", {"code": " ".join(parts), "until": until})


@open_to(CITIZEN, level=LEVEL)
@require_POST
def end(request: LoggedIn, mandate: UUID) -> HttpResponse:
    """End a mandate at once, as who gave it or as who has it."""
    mandates.end(own_access(request.login, Permission.SUBMIT), mandate)
    return redirect("authorities")


def _people(access: Access) -> list[Person]:
    by_law = [
        Person(acting_for=ActingFor(subject=each.represented, name=each.name), why=why, what=what)
        for each in registers.known(access)
        for why, what in [_told(each.kind)]
    ]
    by_mandate = [
        Person(
            acting_for=ActingFor(subject=each.represented, name=each.represented_name),
            why=_("Deze persoon heeft u gemachtigd."),
            what=choices.told(each.products, _language()),
            last_day=each.last_day,
            mandate=each.id,
        )
        for each in mandates.received(access)
    ]
    return by_law + by_mandate


def _told(kind: Kind) -> tuple[str, str]:
    """Return why somebody may act by law, and for what."""
    match kind:
        case Kind.PARENT:
            why = _("U hebt gezag over dit kind, zegt de Basisregistratie Personen.")
        case Kind.ADMINISTRATOR:
            return _("U bent bewindvoerder, zegt het register van de rechtspraak."), _("geldzaken regelen")
        case Kind.MENTOR:
            return _("U bent mentor, zegt het register van de rechtspraak."), _("zorg regelen")
        case _:
            why = _("U bent curator, zegt het register van de rechtspraak.")
    return why, _("alles wat u hier kunt regelen")


def _language() -> str:
    return get_language() or "nl"
