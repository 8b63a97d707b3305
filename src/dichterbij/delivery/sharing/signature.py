"""Who asks: a token that the company signed for this very request, valid for one minute and accepted once."""

from dichterbij.delivery.providers.assertion import Call
from dichterbij.delivery.providers.signed import Signed, addressed, once
from dichterbij.kernel.identifiers import Oin
from dichterbij.web.pace import keeps_pace

from .domain import AsksTooOften

KIND = "dichterbij-shares+jwt"


class SignedRequest(Signed):
    """The signed token as the key of the API. Whether this company may ask this, is asked with the question."""

    def accept(self, token: str, call: Call) -> Oin:
        """Return who asks; raises also `AsksTooOften`."""
        asker, claims = addressed(token, call, kind=self.kind)
        once(claims)
        if not keeps_pace(f"sharing:{asker.value}"):
            raise AsksTooOften
        return asker
