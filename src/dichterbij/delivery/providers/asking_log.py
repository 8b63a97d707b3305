"""What our own logbook says of a question to an organisation elsewhere: asked before, answered after."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from dichterbij.ground.authority.services import on_request
from dichterbij.ground.logbook import services as logbook
from dichterbij.ground.logbook.domain import Entry, Kind, Result
from dichterbij.ground.organisations import queries as organisations
from dichterbij.ground.registry import activities
from dichterbij.kernel.access import Access
from dichterbij.kernel.problems import Problem

from .elsewhere import PORTAL

OUTCOME, DRAFT, CASE = "uitkomst", "concept", "aanvraag"
"""What another organisation is asked for, as the log says it."""
UNAVAILABLE = 503


@contextmanager
def asked(access: Access, what: str) -> Iterator[None]:
    """Record, as the portal, that another organisation is asked for something, and how that ended.

    Its own reads are in its own log; this line says that it was told about the person and told us something back.
    """
    own = on_request(access, organisations.operator().oin, activities.activity(PORTAL))
    intent = logbook.record(own, _entry(access, what, Kind.INTENT, Result.ASKED)).id
    try:
        yield
    except Problem as problem:
        outcome = Result.UNAVAILABLE if problem.status == UNAVAILABLE else Result.REFUSED
        logbook.record(own, _entry(access, what, Kind.READ, outcome, intent))
        raise
    logbook.record(own, _entry(access, what, Kind.READ, Result.GIVEN, intent))


def _entry(access: Access, what: str, kind: Kind, outcome: Result, intent: UUID | None = None) -> Entry:
    return Entry(
        kind=kind,
        subject=access.subject.number,
        registry=organisations.organisation(access.organisation).name,
        fields=(what,),
        source=access.organisation.value,
        outcome=outcome,
        intent=intent,
    )
