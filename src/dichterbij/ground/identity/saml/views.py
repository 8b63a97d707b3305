"""Where an identity provider sends people back to, and what we say of ourselves."""

import base64
import logging

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from .. import arrival, asking
from ..domain import AssertionRefused, Request
from ..refusals import LoginCancelled
from ..routes import ANYONE, open_to
from . import connections

log = logging.getLogger(__name__)


@open_to(ANYONE)
@require_safe
def callback(request: Request, means_id: str) -> HttpResponseRedirect:
    """Receive somebody who comes back with an artifact; refuse what this browser did not ask for."""
    connection = connections.named(means_id)
    asked = asking.expected(request, means_id, request.GET.get("RelayState", ""))
    try:
        assertion = connection.answered(asked, request.GET.get("SAMLart", ""))
    except LoginCancelled:
        return arrival.cancel(request, connection.audience, asked.state)
    except AssertionRefused as problem:
        arrival.refuse(request, asked, problem)
        raise
    return arrival.arrive(request, assertion)


@csrf_exempt
@open_to(ANYONE)
@require_POST
def ended(request: Request, means_id: str) -> HttpResponse:
    """End the logins of sessions that the identity provider ended, once per message (back-channel, over SOAP)."""
    connection = connections.named(means_id)
    try:
        answer = connection.ended(request.body)
    except AssertionRefused as problem:
        log.warning("logout refused: %s of %s", getattr(problem, "check", problem.code), means_id)
        return HttpResponse(status=400)
    return HttpResponse(answer, content_type="text/xml; charset=utf-8")


@csrf_exempt
@open_to(ANYONE)
@require_POST
def left(request: Request, means_id: str) -> HttpResponseRedirect:
    """Receive somebody who logged out at a routing service too, after logging out here."""
    connection = connections.named(means_id)
    address = reverse("logout")
    try:
        connection.ensure_left(base64.b64decode(request.POST.get("SAMLResponse", ""), validate=True))
    except (AssertionRefused, ValueError) as problem:
        log.warning("logout elsewhere unsure: %s of %s", getattr(problem, "check", "form"), means_id)
        return HttpResponseRedirect(f"{address}?unsure=1")
    return HttpResponseRedirect(address)


@open_to(ANYONE)
@require_safe
def metadata(request: Request, means_id: str) -> HttpResponse:  # noqa: ARG001 the same for everybody
    """Show who this instance is, for the operator of an identity provider."""
    return HttpResponse(connections.named(means_id).metadata(), content_type="application/samlmetadata+xml")
