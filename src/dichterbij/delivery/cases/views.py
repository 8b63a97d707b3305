"""Pages to apply: what it is, what we know already, what only you can tell, read it over, send it."""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_POST

from dichterbij.delivery.catalogue import queries as catalogue
from dichterbij.delivery.catalogue.domain import Product
from dichterbij.delivery.contact.reaching import closed_told
from dichterbij.ground.assessment.domain import SUBJECT, Assessment, Origin, UsedFact
from dichterbij.ground.authority.routes import ANYONE, CITIZEN, LoggedIn, Request, open_to
from dichterbij.ground.authority.services import require
from dichterbij.ground.identity import queries as identity
from dichterbij.ground.identity.domain import LoginNeeded
from dichterbij.ground.organisations import queries as organisations
from dichterbij.ground.organisations.domain import Organisation
from dichterbij.kernel.access import Access, Permission

from . import counters
from .asking import asked_of_applicant, missing_otherwise
from .corrections import keepers
from .corrections import views as corrections
from .corrections.domain import Datum
from .domain import Correction, Draft
from .forms import ApplicationForm, CorrectionForm
from .letters.facts import shown_facts


@dataclass(frozen=True, slots=True, kw_only=True)
class FactRow:
    """A fact on the page of an application, with what the applicant said about it.

    `since`: the day on which whoever keeps the source was asked to correct it.
    """

    fact: UsedFact
    said: str
    since: date | None


def language() -> str:
    """Return the language of the page."""
    return (get_language() or "nl").split("-")[0]


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(ANYONE)
def apply(request: Request, product: str) -> HttpResponse:
    """Show what a product is and every way to ask for it; begin an application."""
    found = catalogue.product(product)
    if request.method == "POST" and _who_decides(found).can_be_asked:
        return _begin(request, found)
    return render(request, "cases/apply.html", _about(found))


def _begin(request: Request, product: Product) -> HttpResponse:
    if request.login is None:
        raise LoginNeeded
    access = require(request.login, catalogue.for_access(product.id), Permission.PREPARE)
    counter = counters.at(access.organisation)
    running = counter.running(access, product.id)
    if running is not None:
        return redirect("case", running.id)
    reads = identity.language_of_letters(request.login, language())
    draft = counter.start(access, product.id, name=request.login.subject_name, language=reads)
    return redirect("application", draft.id)


def _who_decides(product: Product) -> Organisation:
    return organisations.organisation(catalogue.organisation_of(product))


def _about(product: Product) -> dict[str, object]:
    organisation = _who_decides(product)
    return {
        "product": product,
        "name": product.name(language()),
        "summary": product.summary[language()],
        "level_ground": product.level_ground[language()],
        "closed": [why[language()] for why in product.not_by.values()],
        "organisation": organisation,
        "closed_now": closed_told(organisation),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(CITIZEN)
def application(request: LoggedIn, draft: UUID) -> HttpResponse:
    """Show what is known already, with source and date, and ask what only the applicant can tell."""
    access = _access(request, draft, Permission.PREPARE)
    found, said = counters.at(access.organisation).draft(access, draft)
    questions = asked_of_applicant(said, language()) if said else ()
    posted = request.POST or getattr(request, "kept_form", None)
    form = ApplicationForm(questions, found.application, posted)
    if request.method == "POST" and form.is_valid():
        return _filled(access, found, form)
    context = {"form": form, "draft": found, "facts": _facts(found, said), **_states(said), **_about_draft(found)}
    return render(request, "cases/application.html", context)


def _filled(access: Access, draft: Draft, form: ApplicationForm) -> HttpResponse:
    remark = form.cleaned_data["remark"]
    counter = counters.at(access.organisation)
    counter.fill(access, draft.id, supplied=form.supplied, unknown=form.unknown, remark=remark)
    now, said = counter.draft(access, draft.id)
    new = said and any(each.fact not in now.application.unknown for each in asked_of_applicant(said))
    return redirect("application" if new else "application-review", draft.id)


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(CITIZEN)
def correct(request: LoggedIn, draft: UUID, person: str, fact: str) -> HttpResponse:
    """Let somebody say that a fact is not right; what the registry says stays what it is."""
    access = _access(request, draft, Permission.PREPARE)
    found, said = counters.at(access.organisation).draft(access, draft)
    facts = said.facts_in(language()) if said else ()
    used = next((each for each in facts if (each.person, each.fact) == (person, fact)), None)
    if used is None:
        raise Http404
    form = CorrectionForm(used, found.application, request.POST or getattr(request, "kept_form", None))
    if request.method == "POST" and form.is_valid():
        correction = _with_the_keeper(request, used, form.correction)
        counters.at(access.organisation).fill(access, draft, corrections=(correction,))
        return redirect("application", draft)
    return render(
        request,
        "cases/correct.html",
        {
            "form": form,
            "fact": used,
            "draft": found,
            "goes_to_keeper": _goes_to_keeper(request, used),
            **_about_draft(found),
        },
    )


def _goes_to_keeper(request: LoggedIn, used: UsedFact) -> bool:
    is_own = used.person == SUBJECT and used.origin is Origin.REGISTER
    return is_own and keepers.is_kept_here(used.registry) and keepers.may_ask(request.login)


def _with_the_keeper(request: LoggedIn, used: UsedFact, correction: Correction) -> Correction:
    """Ask whoever keeps a datum of the applicant to correct it too, when they are here."""
    if not (correction.says.strip() and _goes_to_keeper(request, used)):
        return correction
    asked = corrections.send(request.login, Datum(source=used.registry, name=used.fact), correction.says)
    return replace(correction, since=asked.received_on) if asked else correction


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(CITIZEN)
def review(request: LoggedIn, draft: UUID) -> HttpResponse:
    """Show everything that will be sent, and send it."""
    if request.method == "POST":
        return _send(request, draft)
    access = _access(request, draft, Permission.PREPARE)
    found, said = counters.at(access.organisation).draft(access, draft)
    explanation = said.explanation(language()) if said else None
    context = {"draft": found, "facts": _facts(found, said), "explanation": explanation}
    return render(request, "cases/review.html", {**context, **_states(said), **_about_draft(found)})


def _send(request: LoggedIn, draft: UUID) -> HttpResponse:
    """Send once, also when the page is posted again after the draft became a case."""
    try:
        key = UUID(request.POST.get("key", ""))
        product = catalogue.for_access(request.POST.get("product", ""))
    except ValueError:
        raise Http404 from None
    access = require(request.login, product, Permission.SUBMIT)
    line = counters.at(access.organisation).submit(access, draft, key)
    return redirect("case-received", line.id)


@require_POST
@open_to(CITIZEN)
def discard(request: LoggedIn, draft: UUID) -> HttpResponse:
    """Throw a draft away."""
    access = _access(request, draft, Permission.PREPARE)
    counters.at(access.organisation).discard(access, draft)
    return redirect("applications")


def _access(request: LoggedIn, draft: UUID, permission: Permission) -> Access:
    return require(request.login, counters.place_of_draft(draft).product, permission)


def _facts(draft: Draft, said: Assessment | None) -> tuple[FactRow, ...]:
    said_of = {(each.person, each.fact): each for each in draft.application.corrections}
    facts = shown_facts(said, language()) if said else ()
    return tuple(_fact_row(each, said_of.get((each.person, each.fact))) for each in facts)


def _fact_row(fact: UsedFact, said: Correction | None) -> FactRow:
    return FactRow(fact=fact, said=said.says if said else "", since=said.since if said else None)


def _states(said: Assessment | None) -> dict[str, object]:
    return {
        "unavailable": said.unavailable if said else (),
        "missing": missing_otherwise(said, language()) if said else (),
        "refusal": _refusal(said),
        "read_at": said.assessed_at if said else None,
    }


def _refusal(said: Assessment | None) -> dict[str, str] | None:
    """Return why the law gives no answer here and who does help, in the language of the page."""
    if said is None or said.refusal is None:
        return None
    return {"code": said.refusal.code, "why": said.explanation(language()).outcome}


def _about_draft(draft: Draft) -> dict[str, object]:
    return _about(catalogue.product(draft.product))
