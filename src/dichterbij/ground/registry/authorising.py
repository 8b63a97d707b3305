"""May this question be asked under this access? The whole question or nothing of it."""

from dichterbij.kernel import clock
from dichterbij.kernel.access import Access

from . import activities
from .answers import ActivityExpired, FieldNotAllowed, InvalidQuery, UnknownActivity
from .domain import Query

MOST_FIELDS = 130
DELIVERED_UNASKED = frozenset({"geheimhoudingPersoonsgegevens", "opschortingBijhouding", "inOnderzoek"})
"""Flags that travel with the data by themselves; asking for them is a mistake (Haal Centraal BRP 2.7)."""


def authorise(access: Access, query: Query) -> None:
    """Raise the problem that stands in the way, if there is one."""
    _require_form(query)
    found = activities.registered(access.activity.id)
    if activities.organisation_of(found).oin != access.organisation:
        raise UnknownActivity(f"Verwerking {access.activity.id} is van een andere organisatie.")
    if not found.is_in_force(clock.today()):
        raise ActivityExpired(f"Verwerking: {access.activity.id}.")
    allowed = activities.allowed_fields(access.activity.id).get(query.registry, frozenset())
    outside = tuple(name for name in query.fields if name not in allowed)
    if outside:
        raise FieldNotAllowed(outside, registry=query.registry)


def _require_form(query: Query) -> None:
    if not query.persons or len(set(query.persons)) != len(query.persons):
        raise InvalidQuery("Noem elke persoon een keer.")
    if not 1 <= len(query.fields) <= MOST_FIELDS or len(set(query.fields)) != len(query.fields):
        raise InvalidQuery("Noem elk gegeven een keer, ten hoogste 130.")
    for number, name in enumerate(query.fields):
        if name.split(".")[0] in DELIVERED_UNASKED:
            raise InvalidQuery(f"fields[{number}] wordt vanzelf geleverd en is niet op te vragen.")
