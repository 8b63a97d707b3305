"""What a person has at all organisations together; each is asked for its own, under its own activity."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from typing import TypeVar

from dichterbij.delivery.cases import queries as cases
from dichterbij.delivery.catalogue import queries as catalogue
from dichterbij.delivery.messages import queries as messages
from dichterbij.delivery.messages.domain import MessageLine
from dichterbij.ground.authority.services import allowed, require
from dichterbij.ground.identity.domain import Login
from dichterbij.ground.organisations.queries import operator
from dichterbij.kernel.access import Access, Permission, Product
from dichterbij.kernel.identifiers import Oin

from . import elsewhere
from .domain import Gathered, Overview, Provider
from .services import provider
from .side_by_side import gather

T = TypeVar("T")


def overview(login: Login, *, only_sent: bool = False) -> Gathered[Overview]:
    """Return the applications and drafts of a person, per organisation; raises `StepUpNeeded`.

    `only_sent`: an organisation here that has no application of theirs is not asked.
    """
    places = (*cases.where(login.subject.party, only_sent=only_sent), *elsewhere.products())
    found = gather(_calls(login, places, lambda at, access: at.overview(access)))
    may_see = _may_see(login)
    return replace(found, answers={oin: _seen(answer, may_see) for oin, answer in found.answers.items()})


def box(login: Login) -> Gathered[tuple[MessageLine, ...]]:
    """Return the messages of a person, per organisation; raises `StepUpNeeded`."""
    places = (*messages.senders(login.subject.party), *elsewhere.products())
    found = gather(_calls(login, places, lambda at, access: at.box(access)))
    may_see = _may_see(login)
    seen = {oin: tuple(line for line in lines if may_see(line.product)) for oin, lines in found.answers.items()}
    return replace(found, answers=seen)


def _calls(login: Login, places: Iterable[Product], ask: Callable[[Provider, Access], T]) -> dict[Oin, Callable[[], T]]:
    if login.acting_for:
        accesses = allowed(login, places, Permission.READ)
    else:
        accesses = [require(login, place, Permission.READ) for place in places]
    return {access.organisation: partial(ask, provider(access.organisation), access) for access in accesses}


def _seen(found: Overview, may_see: Callable[[str], bool]) -> Overview:
    return Overview(
        drafts=tuple(each for each in found.drafts if may_see(each.product)),
        cases=tuple(each for each in found.cases if may_see(each.product)),
    )


def _may_see(login: Login) -> Callable[[str], bool]:
    """Return whether something of a product may be shown: all of one's own, of another what an authority covers."""
    if login.acting_for is None:
        return lambda _product: True
    general = elsewhere.product_at(operator().oin)
    places = (*(catalogue.for_access(each.id) for each in catalogue.products()), general)
    seen = {access.product for access in allowed(login, places, Permission.READ)}
    return lambda product: (product or general.id) in seen
