"""Forms that stood open in another window when somebody began to act for another, or stopped doing so.

Every switch gives the browser a new security token. A form that comes with a token of before a switch was filled in
for another person; one with any other old token (somebody logged in again) was not.
"""

import re

from django.http import HttpRequest
from django.middleware.csrf import CSRF_SESSION_KEY, _does_token_match  # type: ignore[attr-defined]  # not typed

KEY = "switched"
REMEMBERED = 20
"""How many switches of one login are told apart; a window that stood open longer says the form is too old."""
_TOKEN = re.compile(r"[A-Za-z0-9]{32}(?:[A-Za-z0-9]{32})?")


def leave(request: HttpRequest) -> str:
    """Return the secret of the forms that stand open now, before it is changed."""
    return str(request.session.get(CSRF_SESSION_KEY, ""))


def remember(request: HttpRequest, left: str) -> None:
    """Remember that the forms with this secret are for somebody else from now on."""
    request.session[KEY] = [*request.session.get(KEY, []), left][-REMEMBERED:]


def is_of_before(request: HttpRequest) -> bool:
    """Say whether the form that was sent stood open before this browser switched person."""
    token = request.POST.get("csrfmiddlewaretoken", "")
    if not _TOKEN.fullmatch(token):
        return False
    return any(_does_token_match(token, left) for left in request.session.get(KEY, []) if left)
