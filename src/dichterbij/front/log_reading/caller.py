"""Who reads: an organisation, by a token that it signed for this very request, valid for one minute and used once."""

from django.http import HttpRequest

from dichterbij.delivery.providers.assertion import Call
from dichterbij.delivery.providers.signed import Signed, addressed, once
from dichterbij.kernel.identifiers import Oin

KIND = "dichterbij-reads-log+jwt"


class SignedRequest(Signed):
    """The signed token as the key of the API."""

    def accept(self, token: str, call: Call) -> Oin:
        """Return which organisation asks."""
        asker, claims = addressed(token, call, kind=KIND)
        once(claims)
        return asker


class Reading(HttpRequest):
    """A request of an organisation; `auth`: which one."""

    auth: Oin
