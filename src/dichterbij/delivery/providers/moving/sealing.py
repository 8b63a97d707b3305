"""What one instance says to another about somebody: signed by who operates it, readable by who operates that one."""

import json
from typing import Any
from uuid import UUID

from dichterbij.ground.organisations import queries as organisations
from dichterbij.ground.organisations import tokens
from dichterbij.ground.organisations.domain import Organisation, TokenRefused
from dichterbij.kernel import clock
from dichterbij.kernel.identifiers import Oin

REFUSES = (TokenRefused, KeyError, ValueError, TypeError, AttributeError, OverflowError)
"""What `opened`, and reading what it returns, raises for what is not of who was asked, or has another form."""


def sealed(to: Oin, number: UUID, said: object, *, kind: str) -> str:
    """Return a JWS of this kind about one hand-over, `sub` a JWE to who hears it."""
    claims = {"aud": to.value, "iat": int(clock.now().timestamp()), "jti": str(number)}
    content = tokens.encrypt(to, json.dumps(said).encode())
    return tokens.sign(organisations.operator().oin, {**claims, "sub": content}, kind=kind)


def opened(by: Organisation, answer: object, *, kind: str) -> tuple[UUID, Any]:
    """Return about which hand-over who was asked said what; raises one of `REFUSES`."""
    own, token = organisations.operator().oin, str(answer["token"]) if isinstance(answer, dict) else ""
    signer, claims = tokens.signed_by(token, kind=kind)
    if signer != by.oin or claims.get("aud") != own.value:
        raise TokenRefused
    return UUID(claims["jti"]), json.loads(tokens.decrypt(own, str(claims["sub"])))
