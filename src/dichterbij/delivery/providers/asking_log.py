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

OUTCOME = "uitkomst"
UNAVAILABLE = 503


@contextmanager
def asked(access: Access) -> Iterator[None]:
    """Record, as the portal, that another organisation is asked for an outcome, and how that ended.

    Its own reads are in its own log; this line says that it was told about the person and told us something back.
    """
    own = on_request(access, organisations.operator().oin, activities.activity(PORTAL))
    intent = logbook.record(own, _entry(access, Kind.INTENT, Result.ASKED)).id
    try:
        yield
    except Problem as problem:
        outcome = Result.UNAVAILABLE if problem.status == UNAVAILABLE else Result.REFUSED
        logbook.record(own, _entry(access, Kind.READ, outcome, intent))
        raise
    logbook.record(own, _entry(access, Kind.READ, Result.GIVEN, intent))


def _entry(access: Access, kind: Kind, outcome: Result, intent: UUID | None = None) -> Entry:
    return Entry(
        kind=kind,
        subject=access.subject.bsn,
        registry=organisations.organisation(access.organisation).name,
        fields=(OUTCOME,),
        source=access.organisation.value,
        outcome=outcome,
        intent=intent,
    )
