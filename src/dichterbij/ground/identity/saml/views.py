"""Where an identity provider sends people back to, and what we say of ourselves."""

import logging

from django.http import HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_safe

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
        return arrival.cancel(request, connection.audience)
    except AssertionRefused as problem:
        arrival.refuse(request, means_id, problem)
        raise
    return arrival.arrive(request, assertion)


@open_to(ANYONE)
@require_safe
def metadata(request: Request, means_id: str) -> HttpResponse:  # noqa: ARG001 the same for everybody
    """Show who this instance is, for the operator of an identity provider."""
    return HttpResponse(connections.named(means_id).metadata(), content_type="application/samlmetadata+xml")
