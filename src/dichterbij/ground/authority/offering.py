"""Whose matters somebody could put before them, as last known: what every page offers. It lets nobody act.

No register is asked here and nothing is refused: the menu has only what the next page will show, so that nobody reads
in their log that somebody "tried" what a link of ours offered.
"""

from dataclasses import dataclass, field
from uuid import UUID

from django.http import HttpRequest

from dichterbij.ground.identity.domain import Audience
from dichterbij.ground.identity.routes import login_of
from dichterbij.ground.organisations import queries as organisations
from dichterbij.ground.registry import activities
from dichterbij.kernel.access import Product
from dichterbij.kernel.levels import Level

from . import asserted, mandated, registers
from .domain import ACTING_LEVEL, Authority, Kind, Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class Other:
    """Somebody for whom one could act, as what, and in what (by one or more authorities)."""

    party: UUID
    name: str = field(repr=False)
    kind: Kind
    scopes: tuple[Scope, ...]


def others(request: HttpRequest) -> tuple[Other, ...]:
    """Return for whom somebody could act, each once; nobody for a worker, or with a login that is not sure enough."""
    login = login_of(request)
    if login is None or login.audience is not Audience.CITIZEN or login.level < ACTING_LEVEL:
        return ()
    found: tuple[Other, ...] | None = getattr(request, "others", None)
    if found is None:
        named = [*registers.offered(login.party), *mandated.offered(login.party), *asserted.offered(login)]
        found = tuple(_other(party, named) for party in dict.fromkeys(each.represented for _, each in named) if party)
        request.others = found  # type: ignore[attr-defined]  # asked by the switch and again by each link of the menu
    return found


def offers(request: HttpRequest, task: str) -> bool:
    """Say whether to show the way to a page of the portal about somebody as a whole, as `portaal.overzicht`."""
    login = login_of(request)
    if login is None or login.audience is not Audience.CITIZEN or login.acting_for is None:
        return True
    operator = organisations.operator().oin
    page = Product(id=task, organisation=operator, activity=activities.activity(task), level=Level.LOW)
    scopes = [each.scopes for each in others(request) if each.party == login.subject.party]
    return any(scope.covers(page) for several in scopes for scope in several)


def _other(party: UUID, named: list[tuple[str, Authority]]) -> Other:
    own = [(name, each) for name, each in named if each.represented == party]
    name, first = own[0]
    return Other(party=party, name=name, kind=first.kind, scopes=tuple(each.scope for _, each in own))
