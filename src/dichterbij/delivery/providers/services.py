"""Ask an organisation. It acts under its own activity, within the act of the person who asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from dichterbij.delivery.cases.domain import Value
from dichterbij.ground.assessment.domain import Assessment, Request
from dichterbij.ground.authority import services as authority
from dichterbij.ground.organisations import queries as organisations
from dichterbij.ground.registry import activities
from dichterbij.kernel.access import Access
from dichterbij.kernel.identifiers import Oin

from .domain import Gathered, NotHere, Provider
from .in_process import InProcess
from .line import Line
from .over_http import OverHttp
from .side_by_side import DEADLINE_SECONDS, gather

_here = InProcess()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """Questions for one organisation, under one of its activities."""

    organisation: Oin
    activity: str
    requests: tuple[Request, ...]
    supplied: Mapping[str, Value] = field(default_factory=dict, repr=False)


def provider(organisation: Oin) -> Provider:
    """Return how to ask an organisation, here or elsewhere; raises `NotHere` and `UnknownOrganisation`."""
    found = organisations.organisation(organisation)
    if found.hosted:
        return _here
    if not found.provider_url:
        raise NotHere
    return OverHttp(Line(url=found.provider_url))


def as_organisation(access: Access, organisation: Oin, activity: str) -> Access:
    """Return the access of the competent organisation under its own activity, within the same act."""
    return authority.on_request(access, organisation, activities.activity(activity))


def assess(
    access: Access, organisation: Oin, activity: str, request: Request, supplied: Mapping[str, Value] | None = None
) -> Assessment:
    """Return what the law says, determined by the organisation that decides; raises `NotHere`."""
    own = as_organisation(access, organisation, activity)
    return provider(organisation).assess(own, (request,), supplied or {})[0]


def assess_all(
    access: Access, asks: Sequence[Ask], *, deadline: float = DEADLINE_SECONDS
) -> Gathered[tuple[Assessment, ...]]:
    """Ask several organisations side by side; each answers its own questions in the order they were given."""
    per_organisation: dict[Oin, list[Ask]] = {}
    for ask in asks:
        per_organisation.setdefault(ask.organisation, []).append(ask)
    calls = {oin: partial(_answers, access, own) for oin, own in per_organisation.items()}
    return gather(calls, deadline=deadline)


def _answers(access: Access, asks: Sequence[Ask]) -> tuple[Assessment, ...]:
    return tuple(answer for ask in asks for answer in _answer(access, ask))


def _answer(access: Access, ask: Ask) -> tuple[Assessment, ...]:
    own = as_organisation(access, ask.organisation, ask.activity)
    return provider(ask.organisation).assess(own, ask.requests, ask.supplied)
