"""Where the notification service says how it ended: the delivery receipts of NotifyNL (the contract of GOV.UK Notify).

The service proves itself with the token it was given. A receipt says an address too; that is neither read nor kept.
"""

from hmac import compare_digest
from typing import Any, Literal

from django.conf import settings
from django.http import HttpRequest
from ninja import Schema, Status
from ninja.security import HttpBearer

from dichterbij.ground.identity.domain import Audience
from dichterbij.ground.identity.routes import Declaration
from dichterbij.kernel.levels import Level
from dichterbij.web.api import CallerUnknown, make_api

from . import delivering

PREFIX = "api/notice-receipts/v1"


class ServiceToken(HttpBearer):
    """The token that the notification service was given."""

    declares = Declaration((Audience.ORGANISATION,), Level.NONE)

    def authenticate(self, request: HttpRequest, token: str) -> bool:  # noqa: ARG002 the token says it all
        """Say that it is the service; raises `CallerUnknown` when it is not, or when none was named."""
        expected = str(settings.NOTIFY["callback_token"])
        if not expected or not compare_digest(expected.encode(), token.encode()):
            raise CallerUnknown
        return True


class Receipt(Schema):
    """How sending ended. `reference`: as it was sent; other fields of the service are not read."""

    reference: str | None
    status: Literal["delivered", "permanent-failure", "temporary-failure", "technical-failure"]


api = make_api(
    "notice-receipts",
    title="Dichterbij: receipts of notices",
    version="1.0.0",
    description="The notification service says here whether an e-mail or text message arrived.",
    auth=ServiceToken(),
)


@api.post("/receipts", response={204: None})
def receipts(request: HttpRequest, body: Receipt) -> Any:  # noqa: ARG001 the token was enough
    """Take in one receipt; what we do not know, or know already, changes nothing."""
    reference = body.reference or ""
    if body.status == "delivered":
        delivering.arrived(reference)
    else:
        delivering.came_back(reference, for_good=body.status == "permanent-failure")
    return Status(204, None)
