"""The page of contact details: addresses, how somebody wants to hear, and what differs per organisation."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from dichterbij.ground.authority.routes import CITIZEN, LoggedIn, open_to
from dichterbij.ground.authority.services import require
from dichterbij.ground.identity import queries as identity
from dichterbij.ground.identity import services as identity_services
from dichterbij.ground.organisations import queries as organisations
from dichterbij.ground.registry import activities
from dichterbij.kernel.access import Access, Permission, Product
from dichterbij.kernel.levels import Level
from dichterbij.web.languages import LANGUAGES

from . import choices, details, senders, wishes
from .choices import Choice
from .domain import EVERYTHING, CodeWrong, Scope, Way, Wish
from .forms import ADDRESS_FORMS, ChoiceForm, CodeForm, ExceptionForm

LEVEL = Level.SUBSTANTIAL
TASK = "portaal.contactgegevens"


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(CITIZEN, level=LEVEL)
def contact(request: LoggedIn) -> HttpResponse:
    """Show where and how somebody is reached; keep how they want to hear."""
    access = _access(request, Permission.SUBMIT if request.method == "POST" else Permission.READ)
    found = details.details(access)
    ways = tuple(each.way for each in found)
    form = ChoiceForm(ways, request.POST or None, initial=_initial(wishes.wishes(access.subject.party), ways))
    if request.method == "POST" and form.is_valid():
        wishes.choose(access, EVERYTHING, form.wish)
        return redirect("contact-details")
    context = {
        "form": form,
        "details": found,
        "waiting": details.waiting(access),
        "missing": [way for way in senders.ways() if way not in ways],
        "exceptions": _exceptions(access),
        "languages": LANGUAGES.values(),
        "language": identity.party_language(access.subject.party),
    }
    return render(request, "contact/contact.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(CITIZEN, level=LEVEL)
def address(request: LoggedIn, way: str) -> HttpResponse:
    """Ask for a new address, and send a code there."""
    chosen = _way(way)
    form = ADDRESS_FORMS[chosen](request.POST or request.kept_form)
    if request.method == "POST" and form.is_valid():
        details.ask(_access(request, Permission.SUBMIT), chosen, form.address)
        return redirect("contact-code", chosen.value)
    _access(request, Permission.READ)
    return render(request, "contact/address.html", {"form": form, "way": chosen})


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(CITIZEN, level=LEVEL)
def code(request: LoggedIn, way: str) -> HttpResponse:
    """Take the code that was sent to a new address."""
    chosen = _way(way)
    access = _access(request, Permission.SUBMIT if request.method == "POST" else Permission.READ)
    form, status = CodeForm(request.POST or None), 200
    if request.method == "POST" and form.is_valid():
        try:
            details.confirm(access, chosen, form.cleaned_data["code"])
            return redirect("contact-details")
        except CodeWrong as problem:  # a slip of the pen: what was typed stays to be corrected
            form.add_error("code", _(problem.detail))
            status = problem.status
    to = dict(details.waiting(access)).get(chosen)
    if to is None and status == 200:
        return redirect("contact-details")
    return render(request, "contact/code.html", {"form": form, "way": chosen, "to": to}, status=status)


@require_POST
@open_to(CITIZEN, level=LEVEL)
def remove(request: LoggedIn, way: str) -> HttpResponse:
    """Take an address away."""
    details.remove(_access(request, Permission.SUBMIT), _way(way))
    return redirect("contact-details")


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(CITIZEN, level=LEVEL)
def exception(request: LoggedIn) -> HttpResponse:
    """Choose something else for one organisation or product."""
    access = _access(request, Permission.SUBMIT if request.method == "POST" else Permission.READ)
    ways = tuple(each.way for each in details.details(access))
    form = ExceptionForm(ways, choices.abouts(_language()), request.POST or None)
    if request.method == "POST" and form.is_valid():
        wishes.choose(access, choices.scope_of(form.cleaned_data["about"]), form.wish)
        return redirect("contact-details")
    return render(request, "contact/exception.html", {"form": form})


@require_POST
@open_to(CITIZEN, level=LEVEL)
def forget(request: LoggedIn) -> HttpResponse:
    """Let an exception go."""
    wishes.forget(_access(request, Permission.SUBMIT), choices.scope_of(request.POST.get("about", "")))
    return redirect("contact-details")


@require_POST
@open_to(CITIZEN, level=LEVEL)
def language(request: LoggedIn) -> HttpResponse:
    """Keep in which language somebody is written to."""
    access, chosen = _access(request, Permission.SUBMIT), request.POST.get("language", "")
    if chosen not in LANGUAGES:
        raise Http404
    details.record(access, "taal van brieven")
    identity_services.keep_language(access.subject.party, chosen)
    return redirect("contact-details")


def _access(request: LoggedIn, permission: Permission) -> Access:
    product = Product(
        id=TASK, organisation=organisations.operator().oin, activity=activities.activity(TASK), level=LEVEL
    )
    return require(request.login, product, permission)


def _way(way: str) -> Way:
    if way not in senders.ways():
        raise Http404
    return Way(way)


def _initial(found: dict[Scope, Wish], ways: tuple[Way, ...]) -> dict[str, object]:
    wish = found.get(EVERYTHING, Wish())
    usual = Choice(ways[0].value) if ways else Choice.NONE
    return {"choice": choices.choice_of(wish) or usual, "also_by_post": bool(wish.by_post)}


def _exceptions(access: Access) -> list[tuple[str, str, str]]:
    found = wishes.wishes(access.subject.party)
    return [
        (f"{scope.organisation} {scope.product}".strip(), choices.name_of(scope, _language()), choices.told(wish))
        for scope, wish in found.items()
        if scope != EVERYTHING
    ]


def _language() -> str:
    return (get_language() or "nl").split("-")[0]
