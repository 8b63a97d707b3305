"""May this be asked under this access? The whole question or nothing of it; what is refused is on record too."""

from collections.abc import Iterator
from contextlib import contextmanager

from dichterbij.ground.logbook import services as logbook
from dichterbij.ground.logbook.domain import Entry, Kind, Result
from dichterbij.kernel import clock
from dichterbij.kernel.access import Access
from dichterbij.kernel.problems import Problem

from . import activities
from .answers import ActivityExpired, FieldNotAllowed, InvalidQuery, UnknownActivity
from .domain import Query

MOST_RECORDED = 20
"""How many of the fields that were asked the line of a refusal names."""

MOST_FIELDS = 130
DELIVERED_UNASKED = frozenset({"geheimhoudingPersoonsgegevens", "opschortingBijhouding", "inOnderzoek"})
"""Flags that travel with the data by themselves; asking for them is a mistake (Haal Centraal BRP 2.7)."""


def authorise(access: Access, query: Query) -> None:
    """Raise the problem that stands in the way, if there is one."""
    _require_form(query)
    ensure_allowed(access, query.registry, query.fields)


def ensure_allowed(access: Access, registry: str, fields: tuple[str, ...]) -> None:
    """Raise unless the activity is of this organisation, is in force, and has all these fields of a registry."""
    found = activities.registered(access.activity.id)
    if activities.organisation_of(found).oin != access.organisation:
        raise UnknownActivity(f"Verwerking {access.activity.id} is van een andere organisatie.")
    if not found.is_in_force(clock.today()):
        raise ActivityExpired(f"Verwerking: {access.activity.id}.")
    allowed = activities.allowed_fields(access.activity.id).get(registry, frozenset())
    outside = tuple(name for name in fields if name not in allowed)
    if outside:
        raise FieldNotAllowed(outside, registry=registry)


@contextmanager
def refusals_recorded(access: Access, registry: str, fields: tuple[str, ...]) -> Iterator[None]:
    """Write a line about whatever is refused within; the problem itself goes on."""
    try:
        yield
    except Problem as refusal:
        named = refusal.fields if isinstance(refusal, FieldNotAllowed) else fields[:MOST_RECORDED]
        entry = Entry(
            kind=Kind.DENIED, subject=access.subject.number, registry=registry, fields=named, outcome=Result.REFUSED
        )
        logbook.record(access, entry)
        raise


def _require_form(query: Query) -> None:
    if not query.persons or len(set(query.persons)) != len(query.persons):
        raise InvalidQuery("Noem elke persoon een keer.")
    if not 1 <= len(query.fields) <= MOST_FIELDS or len(set(query.fields)) != len(query.fields):
        raise InvalidQuery("Noem elk gegeven een keer, ten hoogste 130.")
    for number, name in enumerate(query.fields):
        if name.split(".")[0] in DELIVERED_UNASKED:
            raise InvalidQuery(f"fields[{number}] wordt vanzelf geleverd en is niet op te vragen.")
