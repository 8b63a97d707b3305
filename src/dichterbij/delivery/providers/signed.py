"""A request that an organisation signed: its token is for this very request, valid for one minute and used once."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpRequest
from ninja.security import HttpBearer

from dichterbij.ground.identity.domain import Audience
from dichterbij.ground.identity.routes import Declaration
from dichterbij.ground.organisations import queries as organisations
from dichterbij.ground.organisations import tokens
from dichterbij.kernel import clock
from dichterbij.kernel.identifiers import Oin
from dichterbij.kernel.levels import Level
from dichterbij.web.api import CallerUnknown

from .assertion import VALID_FOR, AssertionForOther, Call, ensure_in_time, number_and_instant, use_once


class FromBody(HttpRequest):
    """A request of another body, after its token was accepted; `auth`: which body."""

    auth: Oin


class Signed(HttpBearer):
    """The signed token of one kind as the key of an API; `accept` may be made to say more than which body asks."""

    declares = Declaration((Audience.ORGANISATION,), Level.NONE)

    def __init__(self, kind: str) -> None:
        """Accept tokens of this kind only."""
        super().__init__()
        self.kind = kind

    def authenticate(self, request: HttpRequest, token: str) -> object:
        """Return what the token says; raises what `accept` raises."""
        if not token.isascii():
            raise CallerUnknown
        return self.accept(token, Call(method=request.method or "", path=request.get_full_path(), body=request.body))

    def accept(self, token: str, call: Call) -> object:
        """Return which body signed a token, the first time it comes; raises what `addressed` and `once` raise."""
        asker, claims = addressed(token, call, kind=self.kind)
        once(claims)
        return asker


def made(to: Oin, call: Call, *, kind: str) -> str:
    """Return the token of who operates this instance, for one request to who operates another."""
    now = clock.now()
    claims = {
        "aud": to.value,
        "iat": int(now.timestamp()),
        "exp": int((now + VALID_FOR).timestamp()),
        "jti": str(uuid4()),
        "digest": call.digest(),
    }
    return tokens.sign(organisations.operator().oin, claims, kind=kind)


def addressed(token: str, call: Call, *, kind: str) -> tuple[Oin, Mapping[str, Any]]:
    """Return who signed a token for who operates this instance and for this request, and what it says.

    Raises `TokenRefused` and `AssertionForOther`.
    """
    asker, claims = tokens.signed_by(token, kind=kind)
    if claims.get("aud") != organisations.operator().oin.value or claims.get("digest") != call.digest():
        raise AssertionForOther
    return asker, claims


def once(claims: Mapping[str, Any]) -> UUID:
    """Return the number of a token that came in time, and use it up.

    Raises `TokenRefused`, `AssertionExpired` and `AssertionUsed`.
    """
    number, asked_at = number_and_instant(claims)
    ensure_in_time(asked_at, claims)
    use_once(number, asked_at)
    return number
