"""Pages of the catalogue: decisions, one decision with one's own data, who gives what to whom, the record."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from dichterbij.ground.authority.routes import ANYONE, CITIZEN, LoggedIn, login_of, open_to
from dichterbij.ground.authority.services import require
from dichterbij.ground.organisations import queries as organisations
from dichterbij.ground.registry import activities
from dichterbij.kernel.access import Permission, Product
from dichterbij.kernel.levels import Level

from . import decisions, flows, own
from .domain import GOAL, Decision


@require_safe
@open_to(ANYONE)
def catalogue(request: HttpRequest) -> HttpResponse:
    """List the decisions, counted against the goal of policy."""
    found = decisions.decisions(_language())
    context = {
        "decisions": found,
        "count": len(found),
        "goal": GOAL,
        "with_own": sum(1 for each in found if own.shown(each)),
    }
    return render(request, "data_catalogue/catalogue.html", context)


@require_safe
@open_to(ANYONE)
def decision(request: HttpRequest, key: str) -> HttpResponse:
    """Show which data a decision uses; nothing is read."""
    login = login_of(request)
    found = _found(key)
    context = {"found": found, "can_see": bool(own.shown(found)), "is_citizen": login and login.audience is CITIZEN}
    return render(request, "data_catalogue/decision.html", context)


@require_POST
@open_to(CITIZEN, level=Level.SUBSTANTIAL)
def mine(request: LoggedIn, key: str) -> HttpResponse:
    """Show the person's own data for a decision: read now, logged first, and not kept."""
    found = _found(key)
    product = Product(
        id=own.ACTIVITY,
        organisation=organisations.operator().oin,
        activity=activities.activity(own.ACTIVITY),
        level=Level.SUBSTANTIAL,
    )
    access = require(request.login, product, Permission.READ)
    rows = own.own(access, found, _language())
    return render(request, "data_catalogue/mine.html", {"found": found, "rows": rows})


@require_safe
@open_to(ANYONE)
def flow_list(request: HttpRequest) -> HttpResponse:
    """Show per source how many bodies get data from it."""
    return render(request, "data_catalogue/flows.html", {"sources": flows.sources(_language())})


@require_safe
@open_to(ANYONE)
def flows_from(request: HttpRequest, registry: str) -> HttpResponse:
    """Show who gets what from one source, for what and on which ground."""
    found = [flow for flow in flows.flows(_language()) if flow.registry == registry]
    if not found:
        raise Http404
    return render(request, "data_catalogue/flows_from.html", {"flows": found, "source": found[0]})


@require_safe
@open_to(ANYONE)
def processing(request: HttpRequest) -> HttpResponse:
    """Show whose record of processing activities is here (GDPR article 30)."""
    return render(request, "data_catalogue/processing.html", {"controllers": flows.controllers(_language())})


@require_safe
@open_to(ANYONE)
def processing_of(request: HttpRequest, organisation: str) -> HttpResponse:
    """Show the record of one organisation: everything that article 30 asks, or that it was not stated."""
    found = flows.controller(organisation, _language())
    if found is None:
        raise Http404
    return render(request, "data_catalogue/processing_of.html", {"controller": found})


def _found(key: str) -> Decision:
    found = decisions.decision(key, _language())
    if found is None:
        raise Http404
    return found


def _language() -> str:
    return (get_language() or "nl").split("-")[0]
