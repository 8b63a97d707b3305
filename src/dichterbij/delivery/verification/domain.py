"""A question about a death, its answer, and why a question is refused."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID

from dichterbij.kernel.identifiers import Oin
from dichterbij.kernel.problems import Problem


class Answer(StrEnum):
    """What a body hears. `NOT_ESTABLISHED`: nobody fits, more than one does, or the register may not say."""

    YES = "yes"
    NO = "no"
    NOT_ESTABLISHED = "not-established"


@dataclass(frozen=True, slots=True, kw_only=True)
class Customer:
    """Who a body asks about, as its own records know them. `surname`: without its prefix (`van der`)."""

    surname: str = field(repr=False)
    born_on: date = field(repr=False)
    postcode: str = field(repr=False)
    house_number: int = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """The body that asks, and the number it gave its question: by that it hears when the answer no longer holds."""

    oin: Oin
    question: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Informed:
    """A body that knows of a death, and on which day it asked."""

    name: str
    on: date


class NotVerifier(Problem):
    """Nobody registered this body, or its registration has ended."""

    code = "not-verifier"
    title = "Deze organisatie mag dit hier niet vragen"
    status = 403


class TooManyGuesses(Problem):
    """A body asked about too many people who have not died or are not there: it seems to be guessing."""

    code = "too-many-guesses"
    title = "Te veel vragen over mensen die niet zijn overleden"
    status = 429


class TooOften(Problem):
    """A body asks more often than is answered."""

    code = "too-many-requests"
    title = "Er komen te veel vragen kort na elkaar"
    status = 429
