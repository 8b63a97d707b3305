"""A row of a question as a value, and how far it got."""

from dichterbij.kernel import clock
from dichterbij.kernel.identifiers import Oin

from . import models
from .domain import Consent, Question, State


def question_of(row: models.Consent) -> Question:
    """Return what a company asked."""
    return Question(
        recipient=Oin(row.recipient),
        purpose=row.purpose,
        packet=row.packet,
        year=row.year,
        at_most=row.at_most,
        at_least=row.at_least,
        days=row.days,
    )


def state_of(row: models.Consent) -> State:
    """Return how far a question got; what was said comes before the time that passed."""
    if row.refused_at:
        return State.REFUSED
    if row.withdrawn_at:
        return State.WITHDRAWN
    if row.used_at and row.is_once:
        return State.USED
    if row.until <= clock.now():
        return State.EXPIRED
    return State.GIVEN if row.given_at else State.WAITING


def consent_of(row: models.Consent) -> Consent:
    """Return a question that somebody opened."""
    return Consent(
        id=row.id,
        question=question_of(row),
        state=state_of(row),
        opened_at=row.opened_at or row.asked_at,
        until=row.until,
        is_once=row.is_once,
        given_at=row.given_at,
        withdrawn_at=row.withdrawn_at,
        used_at=row.used_at,
        given_as=row.given_as,
        line=row.line,
    )
