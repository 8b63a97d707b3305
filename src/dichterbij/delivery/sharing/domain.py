"""What can be shared, what a company asks, how far it got, and why something is refused."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from dichterbij.kernel.access import Matter
from dichterbij.kernel.clock import day_of
from dichterbij.kernel.identifiers import Oin
from dichterbij.kernel.problems import Problem

Texts = Mapping[str, str]
"""The same words per language."""


class Gives(StrEnum):
    """What a company gets of a packet: an amount, whether it is within a limit, or lines of an address."""

    AMOUNT = "amount"
    LIMIT = "limit"
    ADDRESS = "address"


@dataclass(frozen=True, slots=True, kw_only=True)
class Packet:
    """Facts that are shared together, of one registry, under one activity. `at_most`, `at_least`: of a limit."""

    key: str
    activity: str
    gives: Gives
    matter: Matter
    registry: str
    fields: tuple[str, ...]
    what: Texts
    at_most: Texts
    at_least: Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Purpose:
    """For what a company may ask, and which packets fit that."""

    key: str
    words: Texts
    packets: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What a company asks. `at_most`, `at_least`: a limit in euro cents; `days`: how long it wants to ask again.

    `year`: of yearly facts; `days` 0: once is enough.
    """

    recipient: Oin
    purpose: str
    packet: str
    year: int
    at_most: int | None = None
    at_least: int | None = None
    days: int = 0


class State(StrEnum):
    """How far a question got."""

    WAITING = "waiting"  # for an answer
    REFUSED = "refused"
    GIVEN = "given"  # the company may fetch
    USED = "used"  # once, and it has
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """A question that somebody opened, and what they said to it.

    `until`: after that instant nothing is given; `given_as`: in what capacity, when not the person themself said yes;
    `line`: of the log, with which its receipt is proved.
    """

    id: UUID
    question: Question
    state: State
    opened_at: datetime
    until: datetime
    is_once: bool
    given_at: datetime | None
    withdrawn_at: datetime | None
    used_at: datetime | None
    given_as: str
    line: UUID | None = field(repr=False)

    @property
    def last_day(self) -> date:
        """Return the last day of what ends at `until`, that whole day included."""
        return day_of(self.until - timedelta(microseconds=1))

    @property
    def is_open(self) -> bool:
        """Say whether there is something to decide, or to take back."""
        return self.state in (State.WAITING, State.GIVEN)


class NotRecipient(Problem):
    """Nobody registered this company for this purpose, or its registration has ended."""

    code = "not-recipient"
    title = "Deze organisatie mag dit hier niet vragen"
    status = 403


class UseTheLaw(Problem):
    """A body with a legal task asks by consent: it must use the law, and what the law does not give it may not have."""

    code = "use-the-law"
    title = "Deze organisatie heeft een wettelijke taak en vraagt geen toestemming"
    status = 403


class NotInPurpose(Problem):
    """A packet does not exist, does not fit the purpose, or is asked with a limit it does not have."""

    code = "not-in-purpose"
    title = "Dit kan hiervoor niet worden gevraagd"
    status = 400


class AsksTooOften(Problem):
    """A company asks more often than is answered."""

    code = "too-many-requests"
    title = "Er komen te veel vragen kort na elkaar"
    status = 429


class NoConsent(Problem):
    """There is no consent for this, to this company, now. Which of these it is, a stranger does not hear."""

    code = "no-consent"
    title = "Hiervoor is nu geen toestemming"
    status = 403


class NotAnswered(Problem):
    """The person has not answered yet."""

    code = "not-answered"
    title = "Op deze vraag is nog niet geantwoord"
    status = 404


class NotEstablished(Problem):
    """The facts cannot be given, for a reason that is the person's own: not known, doubted, or secret."""

    code = "not-established"
    title = "Dit kunnen wij over deze persoon niet laten weten"
    status = 404


class UnknownConsent(Problem):
    """There is no such question for this person."""

    code = "unknown-consent"
    title = "Deze vraag is er niet"
    status = 404


class QuestionOver(Problem):
    """A question was answered, taken back or over when somebody answered it."""

    code = "question-over"
    title = "Op deze vraag kunt u niet meer antwoorden"
    status = 409


class CannotConsent(Problem):
    """Somebody may not consent to this: another decides for them, or they do not decide for this person."""

    code = "cannot-consent"
    title = "U kunt hier geen toestemming voor geven"
    status = 403
