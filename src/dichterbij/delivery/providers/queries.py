"""What a person has at all organisations together; each is asked for its own, under its own activity."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import TypeVar

from dichterbij.delivery.cases import queries as cases
from dichterbij.delivery.messages import queries as messages
from dichterbij.delivery.messages.domain import MessageLine
from dichterbij.ground.authority.services import require
from dichterbij.ground.identity.domain import Login
from dichterbij.kernel.access import Access, Permission, Product
from dichterbij.kernel.identifiers import Oin

from . import elsewhere
from .domain import Gathered, Overview, Provider
from .services import provider
from .side_by_side import gather

T = TypeVar("T")


def overview(login: Login) -> Gathered[Overview]:
    """Return the applications and drafts of a person, per organisation; raises `StepUpNeeded`."""
    places = (*cases.where(login.party), *elsewhere.products())
    return gather(_calls(login, places, lambda at, access: at.overview(access)))


def box(login: Login) -> Gathered[tuple[MessageLine, ...]]:
    """Return the messages of a person, per organisation; raises `StepUpNeeded`."""
    places = (*messages.senders(login.party), *elsewhere.products())
    return gather(_calls(login, places, lambda at, access: at.box(access)))


def _calls(login: Login, places: Iterable[Product], ask: Callable[[Provider, Access], T]) -> dict[Oin, Callable[[], T]]:
    accesses = [require(login, place, Permission.READ) for place in places]
    return {access.organisation: partial(ask, provider(access.organisation), access) for access in accesses}
