"""Pages of the product about itself."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from dichterbij.ground.authority.routes import ANYONE, open_to
from dichterbij.ground.organisations import queries as organisations

from . import algorithms, documents, offers


@require_safe
@open_to(ANYONE)
def about(request: HttpRequest) -> HttpResponse:
    """Say what this site is, who runs it, and where to read how it works."""
    return render(request, "about/about.html", {"operator": organisations.operator()})


@require_safe
@open_to(ANYONE)
def algorithm_list(request: HttpRequest) -> HttpResponse:
    """List the laws that are computed here."""
    return render(request, "about/algorithms.html", {"entries": algorithms.entries(_language())})


@require_safe
@open_to(ANYONE)
def algorithm(request: HttpRequest, law: str) -> HttpResponse:
    """Show the register entry of one law."""
    entry = algorithms.entry(law, _language())
    if entry is None:
        raise Http404
    return render(request, "about/algorithm.html", {"entry": entry})


@require_safe
@open_to(ANYONE)
def products(request: HttpRequest) -> HttpResponse:
    """Show what is offered here: who decides, which ways there are, and how sure a login must be."""
    return render(request, "about/products.html", {"offers": offers.offers(_language())})


@require_safe
@open_to(ANYONE)
def privacy(request: HttpRequest) -> HttpResponse:
    """Show the data protection assessment, with every processing activity and term of retention."""
    return _assessment(request, "privacy")


@require_safe
@open_to(ANYONE)
def human_rights(request: HttpRequest) -> HttpResponse:
    """Show the assessment of human rights."""
    return _assessment(request, "human_rights")


@require_safe
@open_to(ANYONE)
def accessibility(request: HttpRequest) -> HttpResponse:
    """Show the accessibility statement, from the results of the tests."""
    context = {"evidence": documents.evidence(), "operator": organisations.operator()}
    return render(request, "about/accessibility.html", context)


def _assessment(request: HttpRequest, name: str) -> HttpResponse:
    context = {
        "assessment": documents.assessment(name, _language()),
        "purposes": documents.purposes(_language()),
        "rules": documents.retention_rules(),
    }
    return render(request, "about/assessment.html", context)


def _language() -> str:
    return get_language() or "nl"
