"""What a message is, apart from its content."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from dichterbij.delivery.contact.domain import Proof
from dichterbij.kernel.access import Matter
from dichterbij.kernel.identifiers import Oin
from dichterbij.kernel.levels import Level
from dichterbij.kernel.problems import Problem


class Nature(StrEnum):
    """What kind of message it is (Awb 2:10: a notice tells the nature of the message)."""

    DECISION = "decision"
    QUESTION = "question"
    RECEIPT = "receipt"
    INFORMATION = "information"


class Reason(StrEnum):
    """Why a letter came back, as the carrier says."""

    MOVED = "moved"
    UNKNOWN = "unknown"
    INCOMPLETE = "incomplete"
    REFUSED = "refused"
    NOT_COLLECTED = "not_collected"


class Settled(StrEnum):
    """What was done about a letter that came back."""

    SENT_AGAIN = "sent_again"  # the register knows another address now
    REACHED = "reached"  # the person was reached in another way


class UnknownMessage(Problem):
    """There is no such message for this person at this organisation."""

    code = "unknown-message"
    title = "Dit bericht is er niet"
    status = 404


class LetterChanged(Problem):
    """The bytes of a letter are not the bytes that were sent."""

    code = "letter-changed"
    title = "Deze brief is niet meer zoals wij hem stuurden"


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """What is put on a letter: for whom, why, and what is expected by when.

    `cause` is what brought it about (a decision, a question); the same cause gives one message. `activity` is the
    processing activity it was sent under, `level` the least assurance of a login that may open it, `matter` what its
    product is about, for who may act for another in such matters only; `react_by` the last day of an expected reaction.
    """

    cause: UUID
    party: UUID
    organisation: Oin
    activity: str
    nature: Nature
    level: Level = Level.LOW
    product: str = ""
    matter: Matter | None = None
    case: UUID | None = None
    expects_reaction: bool = False
    react_by: date | None = None


@dataclass(frozen=True, slots=True)
class Called:
    """A title and the language it is in."""

    text: str
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageLine:
    """A message in the list of the box, its content unopened. `titles`: by language, that of the letter first."""

    id: UUID
    organisation: Oin
    titles: Mapping[str, str] = field(repr=False)
    nature: Nature
    product: str
    case: UUID | None
    sent_at: datetime
    read_at: datetime | None
    expects_reaction: bool
    react_by: date | None

    @property
    def title(self) -> str:
        """Return what the letter itself is called."""
        return next(iter(self.titles.values()))

    def called(self, language: str) -> Called:
        """Return its title in a language; in that of the letter itself when it was not told in this one."""
        found = language if language in self.titles else next(iter(self.titles))
        return Called(self.titles[found], found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A message with its bytes as they were sent: `page` is HTML, `pdf` the file."""

    line: MessageLine
    page: bytes = field(repr=False)
    pdf: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A message that the receiver opened. `size`: of its file, in bytes; `by_post`: also on paper from this sender.

    `proofs`: who was told of it, along which way and when.
    """

    line: MessageLine
    page: str = field(repr=False)
    size: int
    by_post: bool
    proofs: tuple[Proof, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """The file of a message, to keep or to print."""

    pdf: bytes = field(repr=False)
    sent_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """A document ready to send, rendered before any transaction begins. `titles`: by language, its own first.

    `is_addressed`: it has an address in its window, so that it can go on paper.
    """

    titles: Mapping[str, str] = field(repr=False)
    language: str
    dated: date
    page: bytes = field(repr=False)
    pdf: bytes = field(repr=False)
    is_addressed: bool = True
