"""Who may open an address: for pages (from identity) and the same for an API.

    @api.get("/cases", auth=api_open_to(CITIZEN, level=Level.LOW))

An API for people is called with the session of the browser, so a change needs the security token as well; what is open
to anyone needs neither.
"""

from django.conf import settings
from django.http import HttpRequest
from ninja.security import APIKeyCookie

from dichterbij.ground.identity.domain import Audience, LoggedIn, Request
from dichterbij.ground.identity.routes import (
    ANYONE,
    CITIZEN,
    STAFF,
    Declaration,
    check,
    declare,
    login_of,
    open_to,
)
from dichterbij.kernel.levels import Level

__all__ = [
    "ANYONE",
    "CITIZEN",
    "STAFF",
    "Declaration",
    "LoggedIn",
    "Request",
    "api_open_to",
    "login_of",
    "open_to",
]


class SessionLogin(APIKeyCookie):
    """The login of the browser as the key of an API; `declares` says for whom and at which level."""

    param_name = settings.SESSION_COOKIE_NAME

    def __init__(self, declaration: Declaration) -> None:
        self.declares = declaration
        super().__init__(csrf=ANYONE not in declaration.audiences)
        if ANYONE in declaration.audiences:
            del self.openapi_security_schema  # what is open to anyone asks for no key in its contract

    def authenticate(self, request: HttpRequest, key: str | None) -> object:  # noqa: ARG002 found already
        """Return who calls; raise `LoginNeeded` or `StepUpNeeded` as problem+json."""
        check(self.declares, login_of(request))
        return login_of(request) or ANYONE


def api_open_to(*audiences: Audience, level: Level = Level.LOW) -> SessionLogin:
    """Declare for whom an operation of an API is open and the least level of their login."""
    return SessionLogin(declare(*audiences, level=level))
