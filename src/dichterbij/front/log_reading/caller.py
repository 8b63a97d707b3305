"""Who reads: an organisation, by a token that it signed for this very request, valid for one minute and used once."""

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
from dichterbij.kernel.identifiers import Oin
from dichterbij.kernel.levels import Level
from dichterbij.web.api import CallerUnknown

KIND = "dichterbij-reads-log+jwt"


class SignedRequest(HttpBearer):
    """The signed token as the key of the API."""

    declares = Declaration((Audience.ORGANISATION,), Level.NONE)

    def authenticate(self, request: HttpRequest, token: str) -> Oin:
        """Return which organisation asks; raises what `accept` raises."""
        if not token.isascii():
            raise CallerUnknown
        return accept(token, Call(method=request.method or "", path=request.get_full_path(), body=request.body))


class Reading(HttpRequest):
    """A request of an organisation; `auth`: which one."""

    auth: Oin


def accept(token: str, call: Call) -> Oin:
    """Return which organisation signed a token for this request, the first time it comes.

    Raises `TokenRefused`, `AssertionForOther`, `AssertionExpired` and `AssertionUsed`.
    """
    asker, claims = tokens.signed_by(token, kind=KIND)
    if claims.get("aud") != organisations.operator().oin.value or claims.get("digest") != call.digest():
        raise AssertionForOther
    number, asked_at = number_and_instant(claims)
    ensure_in_time(asked_at, claims)
    use_once(number, asked_at)
    return asker
