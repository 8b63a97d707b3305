"""What a line of the logbook says, and the bytes it is kept and hashed as."""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TypeAlias
from uuid import UUID

from dichterbij.kernel.access import Role
from dichterbij.kernel.identifiers import Number, Oin, passes_eleven_test
from dichterbij.kernel.problems import Problem

Json: TypeAlias = str | int | bool | list["Json"] | dict[str, "Json"] | None

START = bytes(32)
"""The chain begins with 32 zero bytes."""

NINE_DIGITS = re.compile(r"(?<![0-9])[0-9](?:[ .-]?[0-9]){8}(?![0-9])")


class Kind(StrEnum):
    """What was done."""

    READ = "read"  # data came from a registry
    VIEW = "view"  # somebody else than the person looked at what is kept here
    ACT = "act"  # something was done: submitted, decided, sent
    DENIED = "denied"  # asked and refused; nothing was shown
    INTENT = "intent"  # about to ask another machine; followed by a line that answers it


class Result(StrEnum):
    """How it ended."""

    GIVEN = "given"  # the data was released
    NOTHING = "nothing"  # the registry does not know this person
    REFUSED = "refused"  # not allowed
    UNAVAILABLE = "unavailable"  # the source did not answer; nothing was shown
    INTERRUPTED = "interrupted"  # we stopped between asking and recording; nothing was shown
    DONE = "done"
    ASKED = "asked"


class Log(StrEnum):
    """Which of the two logs: each has its own positions, heads and proofs."""

    OPEN = "open"
    CONFIDENTIAL = "confidential"


class LogbookUnavailable(Problem):
    """The logbook cannot be written. Without a line there is no data."""

    code = "logbook-unavailable"
    title = "We kunnen nu niet vastleggen wie er kijkt. Daarom tonen we niets"
    status = 503


class OpenTransaction(Problem):
    """Reading and recording happen before a transaction begins, never inside one: a roll-back must not undo a line."""

    code = "open-transaction"
    title = "Er is al een transactie bezig"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What to record under an access, about one person.

    `subject` None: the act concerns nobody yet (a search without result). `fields` are names, never values. `source`
    says where the data came from; `period` of which year, month or day they were asked (`2024`, `2026-06-15`). `intent`
    is the receipt of the intent line that this one answers.
    """

    kind: Kind
    subject: Number | None
    registry: str = ""
    fields: tuple[str, ...] = ()
    source: str = ""
    period: str = ""
    outcome: Result = Result.DONE
    intent: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """Proof that a line is kept: its id and the hash of its bytes (64 hexadecimal digits)."""

    id: UUID
    leaf_hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActPart:
    """What one organisation did within an act, for one purpose.

    `items`: data items it got; `did`: names of what was done (`besluit`), empty when it only looked.
    """

    organisation: Oin
    activity: str
    purpose: str
    legal_basis: str
    product: str
    items: int
    did: tuple[str, ...]
    refused: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ActLine:
    """One act that concerned the person's data, with everything it caused.

    `act` opens the lines; None when it was because of another person's matter: then only the month is told.
    `by_self`: the person acted; otherwise `role` says in what capacity somebody did (system: automatic), and
    `on_behalf_of` on what ground a representative did (`mandate:<id>`, `parent`, `guardian`). `about`: for whom, as far
    as who looks named them.
    """

    act: UUID | None
    at: datetime
    by_self: bool
    role: Role
    parts: tuple[ActPart, ...]
    on_behalf_of: str = ""
    about: UUID | None = None

    @property
    def items(self) -> int:
        """Return how many data items were looked at in all."""
        return sum(part.items for part in self.parts)

    @property
    def organisations(self) -> tuple[Oin, ...]:
        """Return which organisations looked, each once."""
        return tuple(dict.fromkeys(part.organisation for part in self.parts))

    @property
    def month(self) -> date | None:
        """Return the first day of the month, for acts of which only the month is told."""
        return self.at.date().replace(day=1) if self.act is None else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of the log of a person: of one organisation, some activities, one case, one month (its first day).

    What is empty leaves nothing out.
    """

    organisation: Oin | None = None
    activities: tuple[str, ...] = ()
    case: UUID | None = None
    month: date | None = None

    @property
    def is_narrow(self) -> bool:
        """Say whether it leaves anything out."""
        return bool(self.organisation or self.activities or self.case or self.month)


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """A case that lines of a person name: at which body, about which product, and when the first look for it was."""

    case: UUID
    organisation: Oin
    product: str
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class LogLine:
    """One line as the person may see it: no name of staff, nothing of another person's matter."""

    id: UUID
    at: datetime
    kind: Kind
    organisation: Oin
    by_self: bool
    role: Role
    on_behalf_of: str
    activity: str
    purpose: str
    legal_basis: str
    product: str
    case: UUID | None
    registry: str
    fields: tuple[str, ...]
    source: str
    period: str
    outcome: Result
    reason: str


_encoder = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def canonical(content: Mapping[str, Json]) -> bytes:
    """Return the one way to write this content down (RFC 8785 for text, whole numbers, yes/no, lists and objects).

    >>> canonical({"b": 1, "a": ["é"]})
    b'{"a":["\\xc3\\xa9"],"b":1}'
    """
    return _encoder.encode(content).encode()


def leaf(body: bytes) -> bytes:
    """Return the hash of the bytes of a line (SHA-256; a leading zero byte keeps it apart from a link)."""
    return hashlib.sha256(b"\0" + body).digest()


def link(before: bytes, leaf_hash: bytes) -> bytes:
    """Return the chain up to and including a line, from the chain before it and the line's hash."""
    return hashlib.sha256(b"\1" + before + leaf_hash).digest()


def month_bounds(month: date) -> tuple[date, date]:
    """Return the first day of a month and of the next.

    >>> month_bounds(date(2026, 12, 15))
    (datetime.date(2026, 12, 1), datetime.date(2027, 1, 1))
    """
    first = month.replace(day=1)
    return first, date(first.year + first.month // 12, first.month % 12 + 1, 1)


def without_numbers(text: str) -> str:
    """Return text with every citizen service number left out: a line never holds one.

    >>> without_numbers("Mevrouw 9999.93.653 belde op 12 juni")
    'Mevrouw [nummer weggelaten] belde op 12 juni'
    """
    return NINE_DIGITS.sub(lambda found: "[nummer weggelaten]" if _is_bsn(found[0]) else found[0], text)


def _is_bsn(written: str) -> bool:
    return passes_eleven_test(re.sub("[ .-]", "", written))
