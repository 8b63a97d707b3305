"""Take a question of a company: nobody is named, nothing is read, and a code leads its customer to it."""

from datetime import datetime, timedelta
from uuid import UUID

from dichterbij.ground.authority import codes
from dichterbij.ground.organisations import keys
from dichterbij.ground.organisations import queries as organisations
from dichterbij.kernel import clock

from . import catalogue, looking, recipients
from .domain import Question
from .models import Consent

ANSWER_WITHIN = timedelta(days=14)
"""How long a question waits for an answer, as a code of a mandate does. Our own choice."""
MOST_DAYS = 90
"""The longest a company can ask to fetch again. Our own choice; there is no "until further notice"."""
KEPT_FOR = timedelta(days=2 * 365)
PURPOSE = "sharing.code"


def ask(question: Question) -> tuple[UUID, str]:
    """Keep a question; returns its number and the code for the customer.

    Raises `NotInPurpose`, and, on record, `UseTheLaw` and `NotRecipient`.
    """
    packet = catalogue.packet_of(question)
    with looking.refusals_recorded(packet, question.recipient):
        recipients.ensure_may_ask(question.recipient, question.purpose)
    code, now = codes.make(), clock.now()
    row = Consent.objects.create(
        recipient=question.recipient.value,
        purpose=question.purpose,
        packet=question.packet,
        year=question.year,
        at_most=question.at_most,
        at_least=question.at_least,
        days=question.days,
        code=lookup(code),
        asked_at=now,
        until=clock.end_of(clock.day_of(now) + ANSWER_WITHIN),
    )
    return row.id, codes.spaced(code)


def lookup(code: str) -> str:
    """Return the keyed hash under which a question is found, however its code was typed."""
    return keys.keyed_hash(organisations.operator().oin, PURPOSE, codes.plain(code))


def purge(now: datetime) -> int:
    """Remove questions that nobody opened in time, and the others two years after they ended; returns how many."""
    unopened = Consent.objects.filter(party=None, until__lte=now).delete()[0]
    return unopened + Consent.objects.filter(until__lte=now - KEPT_FOR).delete()[0]
