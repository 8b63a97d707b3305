"""What helping somebody at the counter or on the phone is. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from dichterbij.kernel.access import Permission, Subject
from dichterbij.kernel.identifiers import Oin
from dichterbij.kernel.problems import Problem


class How(StrEnum):
    """How the person and the worker meet."""

    COUNTER = "counter"
    CALL = "call"
    ABSENT = "absent"  # an emergency: the person is not there


class Presence(StrEnum):
    """What shows that the person is who they say."""

    CODE = "code"  # shown on their phone, where they are logged in
    LETTER = "letter"  # a code that went to their address
    DOCUMENT = "document"  # an identity document that the worker looked at
    QUESTIONS = "questions"  # answered on the phone
    EMERGENCY = "emergency"  # nothing: always reviewed


class Ended(StrEnum):
    """How help ended."""

    CLOSED = "closed"  # by the worker
    STOPPED = "stopped"  # by the person
    HANDED_OVER = "handed-over"
    DROPPED = "dropped"  # the call broke off
    REPLACED = "replaced"  # the worker began with somebody else
    OVER = "over"  # the time was up


class Document(StrEnum):
    """Which identity document was looked at (Wet op de identificatieplicht, article 1)."""

    PASSPORT = "passport"
    IDENTITY_CARD = "identity-card"
    DRIVING_LICENCE = "driving-licence"
    RESIDENCE_PERMIT = "residence-permit"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Who stands at the counter or is on the phone, as far as known. `lines`: address, to tell namesakes apart."""

    subject: Subject
    name: str
    born_on: str = ""
    lines: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return f"Person({self.subject.party})"

    @property
    def birthday(self) -> date | None:
        """Return the day of birth, when it is wholly known."""
        return date.fromisoformat(self.born_on) if self.born_on else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """How it was shown who somebody is. `document_end`: the last digits, never the whole number."""

    presence: Presence
    document: Document | None = None
    document_end: str = ""
    right: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Help:
    """A worker helps somebody: who, for whom, how long, and what may be done."""

    id: UUID
    organisation: Oin
    unit: str
    worker: UUID
    staff: str
    party: UUID
    name: str = field(repr=False)
    how: How
    presence: Presence
    reason: str
    permissions: frozenset[Permission]
    document: str = field(repr=False)
    because: str = field(repr=False)
    opened_at: datetime
    until: datetime
    ended_at: datetime | None
    ended: str

    def is_running(self, at: datetime) -> bool:
        """Say whether the help goes on at an instant."""
        return self.ended_at is None and at < self.until


class CodeUnknown(Problem):
    """A code does not exist, was used, or is too old; which of these is not said."""

    code = "code-unknown"
    title = "Deze code werkt niet"
    status = 404


class TooManyTries(Problem):
    """A worker tried too often: codes, searches or answers."""

    code = "too-many-tries"
    title = "U probeerde dit te vaak"
    status = 429


class NotHelping(Problem):
    """This help is over, or never was this worker's."""

    code = "not-helping"
    title = "Deze hulp is voorbij"
    status = 404


class NotOnThePhone(Problem):
    """Somebody did not answer enough questions to be helped on the phone."""

    code = "not-on-the-phone"
    title = "Wij weten niet zeker wie er belt"
    status = 403


def allowed_by_phone(right: int, needed: Mapping[Permission, int]) -> frozenset[Permission]:
    """Return what may be done after a number of right answers.

    >>> sorted(allowed_by_phone(1, {Permission.READ: 1, Permission.SUBMIT: 2}))
    [<Permission.READ: 'read'>]
    """
    return frozenset(permission for permission, number in needed.items() if right >= number)


def is_right(kind: str, given: str, known: object) -> bool:
    """Say whether an answer on the phone fits what the register says.

    >>> is_right("year", " 2019", "2019-03-01")
    True
    >>> is_right("one_of_days", "2001-01-02", ("1999-05-05", "2001-01-02"))
    True
    """
    said = given.strip()
    values = [str(each) for each in known] if isinstance(known, tuple) else [str(known)]
    return said in ([value[:4] for value in values] if kind == "year" else values)


def last_digits(number: str) -> str:
    """Return the last three signs of the number of a document, all that is kept of it.

    >>> last_digits("NXB4K7C39")
    'C39'
    """
    return "".join(sign for sign in number if sign.isalnum())[-3:].upper()
