"""What happened to a case, for the rooms that act on it. People are named by party, never by number."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from dichterbij.ground.outbox.domain import event
from dichterbij.kernel.identifiers import Oin


@event
@dataclass(frozen=True, slots=True, kw_only=True)
class CaseSubmitted:
    """An application was received."""

    case: UUID
    party: UUID
    organisation: Oin
    product: str


@event
@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionAsked:
    """An organisation asked the citizen something; the term stands still."""

    case: UUID
    party: UUID
    organisation: Oin
    product: str
    answer_by: date


@event
@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionAnswered:
    """The citizen answered; the term goes on."""

    case: UUID
    party: UUID
    organisation: Oin
    product: str


@event
@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionTaken:
    """An organisation decided; the citizen does not know it yet."""

    case: UUID
    party: UUID
    organisation: Oin
    product: str
    decision: UUID


@event
@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionPublished:
    """The decision was made known to the citizen."""

    case: UUID
    party: UUID
    organisation: Oin
    product: str
    decision: UUID
    message: UUID
    object_until: date


@event
@dataclass(frozen=True, slots=True, kw_only=True)
class DatumCorrected:
    """The keeper of a source corrected a datum about somebody: `name` is the fact or the field, never its value."""

    party: UUID
    source: str
    name: str


@event
@dataclass(frozen=True, slots=True, kw_only=True)
class CaseWithdrawn:
    """The citizen took the application back."""

    case: UUID
    party: UUID
    organisation: Oin
    product: str
