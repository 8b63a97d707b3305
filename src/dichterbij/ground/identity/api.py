"""Where registers send what has happened: CloudEvents over HTTP (NL GOV profile), one or several at a time.

Delivered at least once: an answer other than 202 means "send it again". What came before, or was overtaken, changes
nothing.
"""

from hmac import compare_digest
from typing import Annotated, Any

from django.conf import settings
from django.http import HttpRequest
from ninja import Body, Schema, Status
from ninja.security import HttpBearer

from dichterbij.ground.registry import events
from dichterbij.kernel.levels import Level
from dichterbij.kernel.problems import Problem
from dichterbij.web.api import CallerUnknown, make_api

from . import register_events
from .domain import Audience
from .routes import Declaration

MOST_AT_ONCE = 100


class NotItsEvent(Problem):
    """A register tells of something that another register holds."""

    code = "not-its-event"
    title = "Deze gebeurtenis is niet van deze bron"
    status = 403


class SourceToken(HttpBearer):
    """The token that a register was given to send its events with."""

    declares = Declaration((Audience.ORGANISATION,), Level.NONE)

    def authenticate(self, request: HttpRequest, token: str) -> frozenset[str]:  # noqa: ARG002 the token says it all
        """Return which registers have this token; raises `CallerUnknown` when none has."""
        found = frozenset(name for name, each in settings.REGISTRIES.items() if _is_same(each["events_token"], token))
        if not found:
            raise CallerUnknown
        return found


class Telling(HttpRequest):
    """A request of a register; `auth`: which registers it may speak for."""

    auth: frozenset[str]


class Received(Schema):
    """How many events came, and how many of those were new."""

    received: int
    new: int


api = make_api(
    "registry-events",
    title="Dichterbij: events of registers",
    version="1.0.0",
    description="Registers say here that something has happened (CloudEvents 1.0, NL GOV profile, one or a batch). "
    "An event holds no personal data: `dataref` says where the register tells more.",
    auth=SourceToken(),
)


@api.post("/events", response={202: Received})
def receive(request: Telling, body: Annotated[dict[str, Any] | list[dict[str, Any]], Body()]) -> Any:
    """Take in one event, or several in the order in which they happened."""
    told = [body] if isinstance(body, dict) else body
    if len(told) > MOST_AT_ONCE:
        raise events.InvalidEvent(f"ten hoogste {MOST_AT_ONCE} tegelijk")
    for each in told:
        if events.parse(each).registry not in request.auth:
            raise NotItsEvent
    return Status(202, {"received": len(told), "new": sum(register_events.receive(each) for each in told)})


def _is_same(expected: str, token: str) -> bool:
    return bool(expected) and compare_digest(expected.encode(), token.encode())
