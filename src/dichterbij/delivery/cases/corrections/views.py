"""Pages of a person about data that are not right: ask the keeper to correct one, and follow it."""

from contextlib import suppress
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from dichterbij.ground.authority.domain import Denied
from dichterbij.ground.authority.routes import CITIZEN, LoggedIn, open_to
from dichterbij.ground.authority.services import require
from dichterbij.ground.identity import queries as identity
from dichterbij.ground.identity.domain import Login
from dichterbij.ground.organisations import queries as organisations
from dichterbij.ground.registry.registries import registry
from dichterbij.kernel.access import Access, Permission
from dichterbij.kernel.identifiers import Oin
from dichterbij.kernel.levels import Level

from .. import queries as cases
from .. import services as cases_services
from .. import telling
from . import keepers, queries, services
from .domain import CorrectionRequest, Datum, UnknownCorrection
from .forms import CorrectionRequestForm, UseQuestionForm


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(CITIZEN, level=Level.SUBSTANTIAL)
def ask(request: LoggedIn, source: str, name: str) -> HttpResponse:
    """Ask to correct a datum; say whom to call when its keeper is not here."""
    datum = Datum(source=source, name=name)
    ask_about = UseQuestionForm if datum.is_use else CorrectionRequestForm
    form = ask_about(request.POST or getattr(request, "kept_form", None))
    is_here = keepers.user_of(datum) is not None if datum.is_use else keepers.is_kept_here(source)
    context = {**_about(datum), "form": form, "is_here": is_here}
    if request.method == "POST" and is_here and form.is_valid():
        asked = send(request.login, datum, form.cleaned_data["says"])
        if asked is not None:
            if not datum.is_use:
                for access in _of_cases(request.login):
                    cases_services.doubt(access, asked)
            return redirect("correction", asked.id)
        context["is_here"] = False
    return render(request, "cases/corrections/ask.html", context, status=422 if form.errors else 200)


def send(login: Login, datum: Datum, says: str) -> CorrectionRequest | None:
    """Send a request to whoever keeps the datum for this person; None when they are not here."""
    keeper = keepers.keeper_of(login, datum)
    if keeper is None:
        return None
    access = keepers.access(login, keeper.oin, Permission.SUBMIT)
    reads = identity.language_of_letters(login, _language())
    return services.ask(access, datum, says, name=login.subject_name, language=reads)


def _of_cases(login: Login) -> list[Access]:
    """Return the access to each organisation where the person has cases or drafts and this login may act for them."""
    surest = {product.organisation: product for product in cases.where(login.subject.party)}
    found = []
    for product in surest.values():
        with suppress(Denied):
            found.append(require(login, product, Permission.SUBMIT))
    return found


@require_safe
@open_to(CITIZEN, level=Level.SUBSTANTIAL)
def correction(request: LoggedIn, correction: UUID) -> HttpResponse:
    """Show a request: who has it, by when, and what came of it."""
    organisation = _own(request.login, correction)
    access = keepers.access(request.login, organisation, Permission.READ, correction)
    asked = queries.correction(access, correction)
    context = {
        **_about(asked.datum),
        "asked": asked,
        "sent_by": telling.another(asked.sent_by, asked.sent_as) if asked.sent_as else "",
        "organisation": organisations.organisation(organisation),
    }
    return render(request, "cases/corrections/correction.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(CITIZEN, level=Level.SUBSTANTIAL)
def take_back(request: LoggedIn, correction: UUID) -> HttpResponse:
    """Ask whether a request is really to be taken back, and take it back."""
    organisation = _own(request.login, correction)
    if request.method == "POST":
        access = keepers.access(request.login, organisation, Permission.SUBMIT, correction)
        services.take_back(access, correction, _of_cases(request.login))
        return redirect("applications")
    access = keepers.access(request.login, organisation, Permission.READ, correction)
    asked = queries.correction(access, correction)
    return render(request, "cases/corrections/take_back.html", {**_about(asked.datum), "asked": asked})


def _own(login: Login, correction: UUID) -> Oin:
    """Return where a request lies; nobody learns that somebody else's exists: raises `UnknownCorrection`."""
    organisation, party = queries.where(correction)
    if party != login.subject.party:
        raise UnknownCorrection
    return organisation


def _about(datum: Datum) -> dict[str, object]:
    label, source = keepers.label(datum, _language()), registry(datum.source).label(_language())
    return {"label": label, "source": source, "is_use": datum.is_use}


def _language() -> str:
    return (get_language() or "nl").split("-")[0]
