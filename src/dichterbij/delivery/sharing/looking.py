"""The access of the operator to give a company what somebody shares; its line names the company and the consent."""

from collections.abc import Iterator
from contextlib import contextmanager

from dichterbij.ground.authority.services import on_duty
from dichterbij.ground.identity import queries as identity
from dichterbij.ground.organisations import queries as organisations
from dichterbij.ground.registry import activities, authorising
from dichterbij.kernel.access import NOBODY, Access
from dichterbij.kernel.clock import day_of
from dichterbij.kernel.formats import date_long
from dichterbij.kernel.identifiers import Oin

from . import catalogue, rows
from .domain import Packet
from .models import Consent

NAME_AND_BIRTH = ("naam.volledigeNaam", "geboorte.datum")
"""What goes along with every packet, so that a company knows about whom it is."""


def access(packet: Packet, asker: Oin, row: Consent | None) -> Access:
    """Return the access to the facts of a packet, for a company that asks. `row`: of whose consent; None: of nobody."""
    subject = identity.subject_of(row.party) if row is not None and row.party else NOBODY
    activity = activities.activity(packet.activity)
    return on_duty(organisations.operator().oin, activity, _why(asker, row), subject)


@contextmanager
def refusals_recorded(packet: Packet, asker: Oin, row: Consent | None = None) -> Iterator[None]:
    """Write a line about whatever is refused within, so that the person sees who tried; the problem goes on."""
    with authorising.refusals_recorded(access(packet, asker, row), packet.registry, packet.fields):
        yield


def _why(asker: Oin, row: Consent | None) -> str:
    """Return the reason of the line: who asks, and the consent it rests on."""
    who = organisations.organisation(asker).name
    if row is None or row.given_at is None or row.recipient != asker.value:
        return f"vraag van {who}, zonder toestemming"
    words = catalogue.why(rows.question_of(row), "nl")
    return f"voor {who}: {words}; toestemming {str(row.id)[:8]} van {date_long(day_of(row.given_at), 'nl')}"
