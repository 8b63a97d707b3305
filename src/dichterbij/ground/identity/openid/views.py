"""Where a provider sends people back to, and where it says that it logged somebody out."""

import logging
from collections.abc import Callable, Mapping

from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from dichterbij.kernel import clock
from dichterbij.kernel.problems import Problem

from .. import arrival, asking, once, services
from ..domain import AssertionRefused, Request
from ..refusals import LevelTooLow, MeansUnavailable
from ..routes import ANYONE, open_to
from . import means, tokens

log = logging.getLogger(__name__)
CANCELLED = frozenset({"access_denied", "login_cancelled"})
NOT_GIVEN: Mapping[str, Callable[[], Problem]] = {
    "unmet_authentication_requirements": LevelTooLow,
    "server_error": MeansUnavailable,
    "temporarily_unavailable": MeansUnavailable,
}
"""Why a provider gives no code: OAuth 2.0 (RFC 6749, section 4.1.2.1), OpenID Connect Unmet Authentication 1.0."""


@open_to(ANYONE)
@require_safe
def callback(request: Request, means_id: str) -> HttpResponseRedirect:
    """Receive somebody who comes back from a provider; refuse what this browser did not ask for."""
    peer = means.peer_of(means_id)
    asked = asking.expected(request, means_id, request.GET.get("state", ""))
    said_by = request.GET.get("iss", peer.provider.issuer if not peer.offer().names_itself else "")
    error = request.GET.get("error", "") if said_by == peer.provider.issuer else ""
    if error in CANCELLED:
        return arrival.cancel(request, peer.provider.audience, asked.state)
    code = request.GET.get("code", "")
    try:
        if said_by != peer.provider.issuer:
            raise tokens.TokenRefused("iss")
        if not code:
            raise _without_code(error)
        assertion = means.answered(peer, asked, code)
    except (AssertionRefused, LevelTooLow) as problem:
        arrival.refuse(request, asked, problem)
        raise
    return arrival.arrive(request, assertion)


def _without_code(error: str) -> Problem:
    kind = NOT_GIVEN.get(error)
    return kind() if kind else tokens.TokenRefused("code")


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
