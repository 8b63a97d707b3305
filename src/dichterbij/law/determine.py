"""`determine`: what the law says for one person, or which facts it still needs to say it.

Pure: no clock, no files, no framework. The caller supplies facts as values, absent (None) or UNKNOWN and calls
again with what `Open.asks` lists, until the answer is `Determined` or nothing more can be supplied.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

from dichterbij.kernel.periods import Period

from .graph import Graph
from .values import FactRef, Given, Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked: outputs of a law, for a person, over a period, decided on a day, in a territory.

    Substantive law is the version in force on the first day of `period`; procedure (hooks, terms) the version in
    force on `decided_on`. No `outputs` means all outputs of articles that produce a decision or legal position.
    """

    law: str
    outputs: tuple[str, ...]
    subject: str
    period: Period
    decided_on: date
    territory: str = "NL"


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known about persons: names of the vocabulary per person id; a missing name is not supplied yet."""

    subject: str
    persons: Mapping[str, Mapping[str, Given]]

    def with_answers(self, answers: Mapping[FactRef, Given]) -> "Facts":
        """Return the facts with these answers added."""
        persons: dict[str, dict[str, Given]] = {key: dict(values) for key, values in self.persons.items()}
        for ref, value in answers.items():
            persons.setdefault(ref.person, {})[ref.fact] = value
        return Facts(subject=self.subject, persons=persons)


@dataclass(frozen=True, slots=True, kw_only=True)
class Determined:
    """The law gives an answer. `outputs` holds the outputs asked for and what hooks added to them."""

    question: Question
    outputs: Mapping[str, Value]
    graph: Graph = field(repr=False)
    values: Sequence[Value] = field(repr=False)
    facts: Facts = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Open:
    """Facts are missing. `asks`: supply these next, each is needed; `unknown`: needed, and nobody knows."""

    question: Question
    asks: tuple[FactRef, ...]
    unknown: tuple[FactRef, ...]
    outputs: Mapping[str, Value]
    graph: Graph = field(repr=False)
    values: Sequence[Value] = field(repr=False)
    facts: Facts = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """The law gives no answer here: nothing was evaluated and nothing is guessed."""

    question: Question
    code: str  # "no_amounts_for_period" | "does_not_apply_in_territory" | "not_in_force"
    detail: str
    who_helps: str = ""


Outcome: TypeAlias = Determined | Open | Refused
