"""Who asks: a token that the body signed for this very request, valid for one minute and accepted once."""

from django.http import HttpRequest
from ninja.security import HttpBearer

from dichterbij.delivery.providers.assertion import (
    AssertionForOther,
    Call,
    ensure_in_time,
    number_and_instant,
    use_once,
)
from dichterbij.ground.identity.domain import Audience
from dichterbij.ground.identity.routes import Declaration
from dichterbij.ground.organisations import queries as organisations
from dichterbij.ground.organisations import tokens
from dichterbij.kernel.levels import Level
from dichterbij.web.api import CallerUnknown

from . import registering
from .domain import Asker

KIND = "dichterbij-verifies+jwt"


class SignedRequest(HttpBearer):
    """The signed token as the key of the API."""

    declares = Declaration((Audience.ORGANISATION,), Level.NONE)

    def authenticate(self, request: HttpRequest, token: str) -> Asker:
        """Return which body asks what; raises what `accept` raises."""
        if not token.isascii():
            raise CallerUnknown
        call = Call(method=request.method or "", path=request.get_full_path(), body=request.body)
        return accept(token, call)


class Verifying(HttpRequest):
    """A request of a body; `auth`: which one."""

    auth: Asker


def accept(token: str, call: Call) -> Asker:
    """Return who signed a token for this request, the first time it comes.

    Raises `TokenRefused`, `NotVerifier`, `AssertionForOther`, `AssertionExpired` and `AssertionUsed`.
    """
    asker, claims = tokens.signed_by(token, kind=KIND)
    registering.ground_of(asker)
    if claims.get("aud") != organisations.operator().oin.value or claims.get("digest") != call.digest():
        raise AssertionForOther
    number, asked_at = number_and_instant(claims)
    ensure_in_time(asked_at, claims)
    use_once(number, asked_at)
    return Asker(oin=asker, question=number)
