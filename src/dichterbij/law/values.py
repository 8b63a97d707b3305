"""What a fact or an outcome can be: a value, absent, or not known.

Absent (`None`) is something a register says: there is no partner. Unknown is the lack of an
answer; it carries the names of the facts that would give one, and it never turns into a number.
Source: RegelRecht RFC-036 (absence and the unknown), RFC-012 (untranslatable constructs).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum
from typing import Final, Literal, TypeAlias


@dataclass(frozen=True, slots=True, order=True)
class FactRef:
    """One fact of one person: the person's id in the facts file and a name of the vocabulary."""

    person: str
    fact: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """No answer is possible yet; `facts` are the facts that are missing for it."""

    facts: frozenset[FactRef] = field(default_factory=frozenset)

    def __bool__(self) -> bool:
        return False


@dataclass(frozen=True, slots=True)
class Untranslatable:
    """The outcome rests on words of the law that no rule can express (RFC-012)."""

    law: str
    article: str
    construct: str

    def __bool__(self) -> bool:
        return False


class _Unsupplied(Enum):
    UNKNOWN = "unknown"

    def __repr__(self) -> str:
        return "UNKNOWN"


UNKNOWN: Final = _Unsupplied.UNKNOWN
"""In a facts file: this was asked, and nobody knows. Not asked again."""

Value: TypeAlias = (
    bool | int | Decimal | str | tuple["Value", ...] | Mapping[str, "Value"] | Unknown | Untranslatable | None
)
"""Dates are texts `YYYY-MM-DD`; amounts are whole euro cents."""
Number: TypeAlias = int | Decimal
Scalar: TypeAlias = Callable[..., Value]
"""What an operation does with the values of one person."""

Given: TypeAlias = (
    bool
    | int
    | float
    | Decimal
    | str
    | list["Given"]
    | tuple["Given", ...]
    | Mapping[str, "Given"]
    | Literal[_Unsupplied.UNKNOWN]
    | None
)
"""A value as a caller supplies it, before it is read into a `Value`."""


class _State(Enum):
    SKIPPED = "skipped"

    def __repr__(self) -> str:
        return "SKIPPED"


SKIPPED: Final = _State.SKIPPED
"""In the values of a graph: this step was not needed."""

Slot: TypeAlias = Value | Literal[_State.SKIPPED]
