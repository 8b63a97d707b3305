"""Bodies that claim money as servers: each gives its Financial Claims Information Document about one person.

The document follows Vorderingenoverzicht Rijk 4.1, and so does the way to get it: a session for the request, which
gives a configuration token, and another for the document (`adapters.claims` says how far the draft goes). Sessions and
tokens live in the memory of the server and last a minute.
"""

import re
import secrets
import time
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

import falcon
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from dichterbij.ground.registry.adapters import sealed_session as sealed
from dichterbij.ground.registry.adapters.claims import DOCUMENTS, REQUESTS, SESSIONS

from ..store import World
from .brp_queries import shown
from .problems import NO_SESSION, Invalid, invalid_parameters
from .server import Registry, answer, application, json_body

BODIES = ("cjib", "cak")
LASTS_SECONDS = 60.0


@dataclass(slots=True)
class Kept:
    """What a server remembers for a minute, under a token that nobody can guess, for who asked."""

    _rows: dict[str, tuple[float, str, Any]] = field(default_factory=dict)
    _guard: Lock = field(default_factory=Lock)

    def put(self, consumer: str, value: Any, token: str = "") -> str:
        """Remember a value and return its token."""
        token, now = token or secrets.token_urlsafe(24), time.monotonic()
        with self._guard:
            for old in [each for each, (until, _, _) in self._rows.items() if until < now]:
                del self._rows[old]
            self._rows[token] = (now + LASTS_SECONDS, consumer, value)
        return token

    def get(self, consumer: str, token: object) -> Any:
        """Return what is kept under a token; refuses 401 what is not there, too old, or of somebody else."""
        until, owner, value = self._rows.get(token if isinstance(token, str) else "", (0.0, "", None))
        if until < time.monotonic() or owner != consumer:
            raise NO_SESSION
        return value


def make(name: str, world: World) -> falcon.App[falcon.Request, falcon.Response]:
    """Return the server of one body over a world."""
    registry, sessions, requests = Registry(name, world), Kept(), Kept()
    app = application(registry)
    app.add_route(SESSIONS, Sessions(sessions))
    app.add_route(REQUESTS, Requests(sessions, requests))
    app.add_route(DOCUMENTS, Documents(registry, sessions, requests))
    return app


class Sessions:
    """`POST /sessions`: agree on a key for one conversation (CreateSession)."""

    def __init__(self, sessions: Kept) -> None:
        self._sessions = sessions

    def on_post(self, request: falcon.Request, response: falcon.Response) -> None:
        """Answer with the token of the session and our part of its key."""
        other = _only(json_body(request), "publicKey", "[A-Za-z0-9_-]{43}")
        own, token = X25519PrivateKey.generate(), secrets.token_urlsafe(24)
        try:
            key = sealed.agreed(own, other, token)
        except ValueError:
            raise invalid_parameters([_wrong("publicKey")]) from None
        self._sessions.put(request.context.consumer.number, key, token)
        answer(response, {"sessionToken": token, "publicKey": sealed.public(own)})


class Requests:
    """`POST /configured-claims-requests`: the first protocol, which says about whom."""

    def __init__(self, sessions: Kept, requests: Kept) -> None:
        self._sessions, self._requests = sessions, requests

    def on_post(self, request: falcon.Request, response: falcon.Response) -> None:
        """Answer with a configuration token."""
        key, said = _said(request, self._sessions)
        bsn = _only(said, "bsn", "[0-9]{9}")
        token = self._requests.put(request.context.consumer.number, bsn)
        answer(response, {"sealed": sealed.seal(key, {"configurationToken": token})})


class Documents:
    """`POST /financial-claims-information-documents`: the second protocol, which gives the document."""

    def __init__(self, registry: Registry, sessions: Kept, requests: Kept) -> None:
        self._registry, self._sessions, self._requests = registry, sessions, requests

    def on_post(self, request: falcon.Request, response: falcon.Response) -> None:
        """Answer with the document; 404 for somebody the body does not know."""
        key, said = _said(request, self._sessions)
        bsn = self._requests.get(request.context.consumer.number, _only(said, "configurationToken", ".{1,100}"))
        document = self._registry.document(request, bsn)
        if document is None:
            raise falcon.HTTPNotFound
        content = {"type": "FINANCIAL_CLAIMS_INFORMATION_DOCUMENT", "version": "4", "body": document}
        answer(response, {"sealed": sealed.seal(key, content)})


def _said(request: falcon.Request, sessions: Kept) -> tuple[bytes, dict[str, Any]]:
    """Return the key of the session and what was said in it; refuses 401 outside one."""
    message = _only(json_body(request), "sealed", "[A-Za-z0-9_-]{40,20000}")
    key: bytes = sessions.get(request.context.consumer.number, request.get_header("Session-Token"))
    try:
        return key, sealed.unseal(key, message)
    except ValueError:
        raise invalid_parameters([_wrong("sealed")]) from None


def _only(body: dict[str, Any], name: str, pattern: str) -> str:
    """Return the one parameter there must be; refuses every other, and one of another form."""
    errors = [
        Invalid(name=shown(each), code="unknownParam", reason="Parameter is niet verwacht.")
        for each in body
        if each != name
    ]
    if name not in body:
        errors.append(Invalid(name=name, code="required", reason="Parameter is verplicht."))
    elif not isinstance(body[name], str) or not re.fullmatch(pattern, body[name]):
        errors.append(_wrong(name))
    if errors:
        raise invalid_parameters(errors)
    return str(body[name])


def _wrong(name: str) -> Invalid:
    return Invalid(name=name, code="pattern", reason="Waarde voldoet niet aan patroon.")
