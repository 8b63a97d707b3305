"""Who asks: a token that the body signed for this very request, valid for one minute and accepted once."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja.security import HttpBearer

from dichterbij.delivery.providers.assertion import AssertionForOther, Call, ensure_in_time, use_once
from dichterbij.ground.identity.domain import Audience
from dichterbij.ground.identity.routes import Declaration
from dichterbij.ground.organisations import queries as organisations
from dichterbij.ground.organisations import tokens
from dichterbij.ground.organisations.domain import TokenRefused
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
    number, asked_at = _read(claims)
    ensure_in_time(asked_at, claims)
    use_once(number, asked_at)
    return Asker(oin=asker, question=number)


def _read(claims: Mapping[str, Any]) -> tuple[UUID, datetime]:
    try:
        return UUID(claims["jti"]), datetime.fromtimestamp(claims["iat"], UTC)
    except (KeyError, ValueError, TypeError, AttributeError, OverflowError, OSError):
        raise TokenRefused from None
