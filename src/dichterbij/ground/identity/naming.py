"""How pages name who logged in: as the means says, else as a register knows them, else by the end of their number.

DigiD gives a number and nothing else, so the name is asked for once, when somebody logs in.
"""

from collections.abc import Callable

from django.utils.translation import gettext

from . import sessions
from .domain import Audience, Login

Namer = Callable[[Login], str]
_namers: list[Namer] = []


def register(namer: Namer) -> None:
    """Add who may know the name of somebody with a number; an empty text means that it is not known now."""
    _namers.append(namer)


def name(login: Login) -> None:
    """Keep with a login how pages name somebody whom the means gave no name, and of whom it gave the number."""
    if login.name or login.bsn is None or login.audience is not Audience.CITIZEN:
        return
    found = next(filter(None, (namer(login) for namer in _namers)), "")
    sessions.keep_name(login.id, found or by_number(login.bsn.value))


def by_number(bsn: str) -> str:
    """Return how a person is named of whom only the number is known."""
    return gettext("de persoon met burgerservicenummer dat eindigt op {end}").format(end=bsn[-3:])
