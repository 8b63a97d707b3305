"""Who asks: a token that the body signed for this very request, valid for one minute and accepted once."""

from django.http import HttpRequest

from dichterbij.delivery.providers.assertion import Call
from dichterbij.delivery.providers.signed import Signed, addressed, once

from . import registering
from .domain import Asker

KIND = "dichterbij-verifies+jwt"


class SignedRequest(Signed):
    """The signed token as the key of the API."""

    def accept(self, token: str, call: Call) -> Asker:
        """Return who asks; raises also `NotVerifier`."""
        asker, claims = addressed(token, call, kind=self.kind)
        registering.ground_of(asker)
        return Asker(oin=asker, question=once(claims))


class Verifying(HttpRequest):
    """A request of a body; `auth`: which one."""

    auth: Asker
