"""What changes who is logged in. `sign_in` is the one place where a session is made."""

from uuid import UUID

from django.http import HttpRequest

from dichterbij.kernel.identifiers import Bsn

from .domain import Assertion, Login


def sign_in(request: HttpRequest, assertion: Assertion) -> Login:
    """Make a session from what a means of login asserts."""
    raise NotImplementedError


def sign_out(request: HttpRequest) -> None:
    """End the login of this browser."""
    raise NotImplementedError


def party_for(bsn: Bsn) -> UUID:
    """Return the party of a natural person, made when it did not exist yet."""
    raise NotImplementedError
