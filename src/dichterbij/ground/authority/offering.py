"""Whose matters somebody could put before them, as last known: what every page offers. It lets nobody act.

No register is asked here and nothing is refused: the menu has only what the next page will show, so that nobody reads
in their log that somebody "tried" what a link of ours offered.
"""

import json
from dataclasses import replace
from typing import Protocol
from uuid import UUID

from django.db.models import CharField, TextField, Value
from django.db.models.functions import Cast
from django.http import HttpRequest

from dichterbij.ground.identity.domain import Audience, Login
from dichterbij.ground.identity.routes import login_of
from dichterbij.kernel.access import Product

from . import asserted, registers, tasks
from .domain import ACTING_LEVEL, Kind, Other, Scope
from .mandates import names_in, running
from .models import RegisteredAuthority


def others(request: HttpRequest) -> tuple[Other, ...]:
    """Return for whom somebody could act, each once; nobody for a worker, or with a login that is not sure enough."""
    login = login_of(request)
    if login is None or login.audience is not Audience.CITIZEN or login.level < ACTING_LEVEL:
        return ()
    found: tuple[Other, ...] | None = getattr(request, "others", None)
    if found is None:
        found = _once([*asserted.offered(login), *_kept(login.party)])
        found = (*found, *(each for knows in _knowing for each in knows(login)))
        request.others = found  # type: ignore[attr-defined]  # asked by the switch and again by each link of the menu
    return found


class Knows(Protocol):
    """Says for whom a login could act by what this room does not keep."""

    def __call__(self, login: Login) -> tuple[Other, ...]:
        """Return them, as last known."""
        ...


_knowing: list[Knows] = []


def register(knows: Knows) -> None:
    """Ask one more for whom somebody could act."""
    _knowing.append(knows)


def offers(request: HttpRequest, task: str) -> bool:
    """Say whether to show the way to a page of the portal about somebody as a whole, as `portaal.overzicht`."""
    login = login_of(request)
    if login is None or login.acting_for is None:
        return True
    return covers(request, tasks.of_portal(task))


def covers(request: HttpRequest, product: Product) -> bool:
    """Say whether to offer something while acting for another: as last known. For oneself, and as a worker, always."""
    login = login_of(request)
    if login is None or login.audience is not Audience.CITIZEN or login.acting_for is None:
        return True
    scopes = [each.scopes for each in others(request) if each.party == login.subject.party]
    return any(scope.covers(product) for several in scopes for scope in several)


def _kept(party: UUID) -> list[Other]:
    """Return what registers said last and which mandates hold, in one question: every page asks it."""
    by_law = RegisteredAuthority.objects.filter(representative=party).exclude(kind=Kind.UNDETERMINED)
    by_mandate = running().filter(representative=party).exclude(accepted_at=None)
    none, mandate = Value("null", output_field=TextField()), Value(Kind.MANDATE.value, output_field=CharField())
    rows = by_law.values_list("represented", "kind", "sealed", none)
    given = by_mandate.order_by().values_list("represented", mandate, "sealed", Cast("products", TextField()))
    return sorted((_other(*row) for row in rows.union(given, all=True)), key=lambda other: other.kind is Kind.MANDATE)


def _other(party: UUID, kind: str, sealed: bytes, products: str) -> Other:
    named = json.loads(products)
    name = registers.name_in(bytes(sealed)) if named is None else names_in(bytes(sealed))["represented"]
    scope = Scope(matters=registers.MATTERS.get(Kind(kind)), products=None if named is None else frozenset(named))
    return Other(party=party, name=name, kind=Kind(kind), scopes=(scope,))


def _once(several: list[Other]) -> tuple[Other, ...]:
    """Return each person once, as what they come first, with all that covers them."""
    found: dict[UUID, Other] = {}
    for each in several:
        before = found.get(each.party)
        found[each.party] = replace(before, scopes=before.scopes + each.scopes) if before else each
    return tuple(found.values())
