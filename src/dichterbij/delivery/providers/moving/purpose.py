"""For what somebody goes on, as each side records it: of who goes, and of whose matters go along."""

from collections.abc import Iterable
from dataclasses import replace

from dichterbij.delivery.catalogue import queries as catalogue
from dichterbij.delivery.catalogue.domain import UnknownProduct
from dichterbij.ground.authority import tasks
from dichterbij.ground.authority.services import allowed, on_request, require
from dichterbij.ground.identity.domain import Login
from dichterbij.ground.organisations import queries as organisations
from dichterbij.ground.registry import activities
from dichterbij.kernel.access import Access, Permission, Product
from dichterbij.kernel.identifiers import Oin
from dichterbij.kernel.levels import Level

from .. import elsewhere

TASK = "portaal.verdergaan"


def name_of(product: str) -> str:
    """Return the Dutch name of a product; empty for one that is not known here."""
    try:
        return catalogue.product(product).name("nl") if product else ""
    except UnknownProduct:
        return ""


def own(login: Login, why: str) -> Access:
    """Return the access of somebody to their own login."""
    return require(login, tasks.of_portal(TASK, Level.LOW), Permission.READ, subject=login.own_subject, reason=why)


def theirs(login: Login, product: str, bodies: Iterable[Oin], why: str) -> Access:
    """Return the access to whose matters go along: what they go on with must be theirs to look at.

    `bodies`: those where they go on. Raises `StepUpNeeded` and `Denied`.
    """
    operator = organisations.operator().oin
    place = catalogue.for_access(product) if name_of(product) else _anything(login, bodies)
    found = on_request(require(login, place, Permission.READ, reason=why), operator, activities.activity(TASK))
    return replace(found, product=TASK)


def _anything(login: Login, bodies: Iterable[Oin]) -> Product:
    """Return what to look at from a page about no product: everything, or one product there that they may look at."""
    general = elsewhere.product_at(organisations.operator().oin)
    there = (catalogue.for_access(each.id) for body in bodies for each in catalogue.products(body))
    places = {each.id: replace(each, level=Level.LOW) for each in (general, *there)}
    found = allowed(login, places.values(), Permission.READ)
    return places[found[0].product] if found else general
