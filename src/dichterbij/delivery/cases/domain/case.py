"""A case with what happened to it: steps, questions, decision and objection. Pure."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from dichterbij.kernel.access import Access, Role
from dichterbij.kernel.identifiers import Oin

from .application import Application, Value
from .objection import Objection
from .states import AGAIN_ON_PAPER, ON_PAPER, Cosign, State, Step, Why


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A fact that a worker established, with the reason that the citizen will read.

    `ground`: what who keeps the rule hears of it, a key of content/desk.yaml; nothing about the person.
    """

    fact: str
    value: Value
    reason: str = field(repr=False)
    ground: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question of the organisation to the citizen, and the answer. `fact`: which fact it supplies, if it is one.

    `is_open`: it waits for an answer; a question whose last day passed is closed without one.
    """

    id: UUID
    text: str = field(repr=False)
    fact: str
    asked_at: datetime
    answer_by: date
    answered_at: datetime | None
    is_open: bool
    answer: Value = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A decision: what it rests on, how it came about, and since when it is known."""

    id: UUID
    assessment: UUID
    is_granted: bool
    decided_at: datetime
    is_automatic: bool
    judged: tuple[Judged, ...]
    published_on: date | None
    object_until: date | None
    message: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A decision that a second worker looks at. `because`: why it was sent back. `is_own`: this worker decided it."""

    decision: UUID
    cosign: Cosign
    is_own: bool
    because: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondLook:
    """Work: a decision that would be another one now, by a corrected law file or a corrected datum (`about`)."""

    id: UUID
    why: Why
    about: str
    found_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Helped:
    """That a worker did something with and for the person: of which organisation, how, and in which talk.

    `how`: `counter` or `call`, as the channel of an application is called. `by`: on what ground the person acted for
    the applicant (`director`); empty when it was the applicant.
    """

    organisation: Oin
    how: str
    talk: UUID
    by: str = ""


def helped(access: Access) -> Helped | None:
    """Return in which talk a worker does something with and for the person; None for any other act."""
    ground, _colon, talk = access.on_behalf_of.partition(":")
    if ground != "desk":
        return None
    how, number, *_held = talk.split(":")
    by = access.present.ground if access.present else ""
    return Helped(organisation=access.actor.organisation, how=how, talk=UUID(number), by=by)


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """One step of a case as its people see it: staff without a name. `number` tells steps apart."""

    step: Step
    at: datetime
    by: Role
    note: str = ""
    number: int = 0
    helped: Helped | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseLine:
    """A case in a list."""

    id: UUID
    organisation: Oin
    reference: str
    product: str
    state: State
    received_on: date
    decide_by: date
    channel: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A case with everything that belongs to it. `finished_on`: the day it was decided and made known, or withdrawn.

    `cause_gone_on`: the day on which the event it was begun for turned out not to have happened. `term_from`: the day
    from which the term to decide runs. `replaces_of`: the day of the decision that was made known before this one.
    `is_doubted`: the decision would be another one now. `cause`: the registered event it was begun for, if any.
    `too_late`: an objection that came too late for a decision that was replaced before the ruling. `unit`: which unit
    of the organisation has it; empty when every unit may see it.
    """

    line: CaseLine
    party: UUID = field(repr=False)
    application: Application
    language: str
    suspended_days: int
    term_from: date
    waiting_since: date | None
    finished_on: date | None
    cause_gone_on: date | None
    history: tuple[Happened, ...]
    questions: tuple[Asked, ...]
    decision: Taken | None
    objection: Objection | None = None
    too_late: Objection | None = None
    replaces_of: date | None = None
    is_doubted: bool = False
    cause: str = field(default="", repr=False)
    unit: str = ""

    @property
    def open_question(self) -> Asked | None:
        """Return the question that waits for an answer."""
        return next((each for each in self.questions if each.is_open), None)

    @property
    def has_made_known(self) -> bool:
        """Say whether the decision in force was made known to the citizen."""
        return self.decision is not None and self.decision.published_on is not None

    @property
    def has_paper(self) -> bool:
        """Say whether something of it came in on paper."""
        return any(each.note in (ON_PAPER, AGAIN_ON_PAPER) for each in self.history)

    def was_on_time(self) -> bool | None:
        """Say whether the decision came within its term; None while there is none."""
        if self.decision is None or self.decision.published_on is None:
            return None
        return self.decision.published_on <= self.line.decide_by
