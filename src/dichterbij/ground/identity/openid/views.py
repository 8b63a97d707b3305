"""Where a provider sends people back to, and where it says that it logged somebody out."""

import logging

from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from dichterbij.kernel import clock

from .. import arrival, asking, once, services
from ..domain import AssertionRefused, Request
from ..routes import ANYONE, open_to
from . import means, tokens

log = logging.getLogger(__name__)
CANCELLED = frozenset({"access_denied", "login_cancelled"})


@open_to(ANYONE)
@require_safe
def callback(request: Request, means_id: str) -> HttpResponseRedirect:
    """Receive somebody who comes back from a provider; refuse what this browser did not ask for."""
    peer = means.peer_of(means_id)
    asked = asking.expected(request, means_id, request.GET.get("state", ""))
    said_by = request.GET.get("iss", peer.provider.issuer if not peer.offer().names_itself else "")
    if said_by != peer.provider.issuer:
        raise _refused(request)
    if request.GET.get("error") in CANCELLED:
        return arrival.cancel(request, peer.provider.audience)
    code = request.GET.get("code", "")
    if not code:
        raise _refused(request)
    try:
        assertion = means.answered(peer, asked, code)
    except AssertionRefused as problem:
        arrival.refuse(request, means_id, problem)
        raise
    return arrival.arrive(request, assertion)


def _refused(request: Request) -> AssertionRefused:
    asking.take(request)
    return asking.not_asked()


@csrf_exempt
@open_to(ANYONE)
@require_POST
def back_channel_logout(request: Request, means_id: str) -> HttpResponse:
    """End the logins of a session that the provider ended, once per message (Back-Channel Logout 1.0)."""
    peer = means.peer_of(means_id)
    token = request.POST.get("logout_token", "")
    try:
        found = peer.believed(
            lambda keys: tokens.logged_out(token, keys, expected=means.expected(peer), at=clock.machine_time())
        )
        once.count(means_id, found.id)
    except AssertionRefused as problem:
        log.warning("logout refused: %s of %s", getattr(problem, "check", problem.code), means_id)
        return JsonResponse({"error": "invalid_request"}, status=400)
    services.end_upstream(means_id, found.session)
    return HttpResponse(status=200)


@open_to(ANYONE)
@require_safe
def front_channel_logout(request: Request, means_id: str) -> HttpResponse:
    """End the logins of a session that the provider names in the person's browser (Front-Channel Logout 1.0)."""
    peer = means.peer_of(means_id)
    if request.GET.get("iss") != peer.provider.issuer:
        raise asking.not_asked()
    services.end_upstream(means_id, request.GET.get("sid", ""))
    return HttpResponse(status=204)


@open_to(ANYONE)
@require_safe
def own_keys(request: Request, means_id: str) -> JsonResponse:  # noqa: ARG001 the same for everybody
    """Show the public key with which this instance says who it is, for the provider to check."""
    return JsonResponse(means.peer_of(means_id).public_keys())
