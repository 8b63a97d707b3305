"""What came in by post and how far it is. Pure."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from dichterbij.kernel.identifiers import Oin
from dichterbij.kernel.problems import Problem

REPLY_WEEKS = 2
"""How long somebody has to send what is missing (Awb 4:5)."""


class Kind(StrEnum):
    """What the paper is."""

    APPLICATION = "application"
    OBJECTION = "objection"


class Stage(StrEnum):
    """How far the paper is."""

    OPEN = "open"  # lies before a worker
    ASKED = "asked"  # waits for the person who sent it
    UNANSWERED = "unanswered"  # the last day to answer passed: on with what can be read
    COLLEAGUE = "colleague"  # somebody else must read it
    DONE = "done"  # typed in: there is a case or an objection
    CLOSED = "closed"  # there was a case already

    @property
    def is_open(self) -> bool:
        """Say whether there is still something to do."""
        return self not in (Stage.DONE, Stage.CLOSED)


class Trouble(StrEnum):
    """Why paper cannot simply be typed in."""

    NOT_LEGIBLE = "not_legible"
    PAGE_MISSING = "page_missing"
    NOT_SIGNED = "not_signed"
    DUPLICATE = "duplicate"


class UnknownForm(Problem):
    """No form has this code, or the one that had it is more than a year old and was never sent."""

    code = "unknown-form"
    title = "Deze code kennen wij niet"
    status = 422


class MixedForms(Problem):
    """Pages of more than one form were put together."""

    code = "mixed-forms"
    title = "Deze bladzijden horen niet bij elkaar"
    status = 422


class FormUsed(Problem):
    """A form that was made for one person was typed in before."""

    code = "form-used"
    title = "Dit formulier is al ingevoerd"
    status = 409


class NotThisPerson(Problem):
    """The number and the day of birth on the paper are not of one person."""

    code = "not-this-person"
    title = "Deze gegevens horen niet bij één persoon"
    status = 422


class NotOfCompany(NotThisPerson):
    """The business register does not let this person act for this company, or the company is bankrupt."""

    code = "not-of-company"
    title = "Deze persoon mag niet voor dit bedrijf tekenen"


class UnknownPaper(Problem):
    """There is no such paper at the organisations of this worker."""

    code = "unknown-paper"
    title = "Dit poststuk is er niet"
    status = 404


class NotNow(Problem):
    """This cannot be done with paper that is this far."""

    code = "paper-not-now"
    title = "Dat kan nu niet met dit poststuk"
    status = 409


class TooManyTries(Problem):
    """A worker typed in too many codes or numbers that are of nobody."""

    code = "too-many-tries"
    title = "U hebt te vaak iets geprobeerd dat niet klopt"
    status = 429


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """Paper that came in. `missing`: pages that were not there; `is_older`: on a form that was changed since.

    `party` None: nobody knows yet whose it is. `signer`: the name of who signed
    for the company whose it is. `posted_on`: the day it was posted, of an objection. `reply_by`: until when what was
    asked for can be sent.
    """

    id: UUID
    organisation: Oin
    kind: Kind
    product: str
    stage: Stage
    trouble: Trouble | None
    received_on: date
    posted_on: date | None
    reply_by: date | None
    opened_at: datetime
    party: UUID | None = field(repr=False)
    name: str = field(repr=False)
    signer: str = field(repr=False)
    language: str
    pages: int
    missing: tuple[int, ...]
    is_older: bool
    case: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """A picture of paper, kept sealed. `kind`: pdf, jpg or png, by its content; `size` in bytes."""

    id: UUID
    kind: str
    size: int
    added_at: datetime


def missing_pages(seen: set[int], pages: int) -> tuple[int, ...]:
    """Return which pages of a form were not there.

    >>> missing_pages({1, 3}, 3)
    (2,)
    """
    return tuple(page for page in range(1, pages + 1) if page not in seen)
