"""Invented answers, to try rules on many people: on, just below and just above the limits that the rules look at.

Nobody is meant; the same seed gives the same person. Used to compare law sets and to look for cliffs.
"""

import random
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from .determine import Facts, Open, Outcome, Question, determine
from .graph import Kind
from .lawset import LawSet
from .values import FactRef, Given
from .vocabulary import FactDefinition

MOST_ROUNDS: Final = 60
PEOPLE: Final = ("p1", "p2", "p3", "p4")
_RECENT, _CHILD, _ADULT = (-60, 400), (-200, 18 * 366), (18 * 365, 100 * 365)
_CENTS: Final = 1_000
"""Whole numbers in rules from here on are taken for amounts in cents, smaller ones for ages, months and percentages."""


@dataclass(frozen=True, slots=True)
class Sampler:
    """Invents answers for one question. `limits`: numbers that its rules write."""

    laws: LawSet
    question: Question
    limits: tuple[int, ...]

    def person(self, seed: int) -> tuple[Outcome, Facts]:
        """Return the outcome for an invented person, and the facts that were asked; raises LawError."""
        facts = Facts(subject=self.question.subject, persons={})
        for _ in range(MOST_ROUNDS):
            outcome = determine(self.laws, self.question, facts, salt=b"")
            if not isinstance(outcome, Open) or not outcome.asks:
                break
            facts = facts.with_answers({ref: self.answer(ref, seed) for ref in outcome.asks})
        return outcome, facts

    def answer(self, ref: FactRef, seed: int) -> Given:
        """Return an answer that depends on nothing but the person, the fact and the seed."""
        chance = random.Random(f"{seed} {ref.person} {ref.fact}")  # noqa: S311 no secret
        fact = self.laws.vocabulary[ref.fact]
        if fact.is_relation:
            others = chance.sample([person for person in PEOPLE if person != ref.person], chance.randrange(3))
            return list(others) if fact.type == "list" else (others[0] if others else None)
        return self._value(fact, chance)

    def _value(self, fact: FactDefinition, chance: random.Random) -> Given:
        match fact.type:
            case "boolean":
                return chance.random() < 0.9
            case "date":
                return self._day(chance).isoformat()
            case "amount":
                return self._amount(chance)
            case "number":
                return self._number(chance)
            case "list":
                return []
            case _:
                return chance.choice(fact.values or ("hier", "daar"))

    def _amount(self, chance: random.Random) -> int:
        near = [limit for limit in self.limits if limit >= _CENTS]
        if near and chance.random() < 0.5:
            return chance.choice(near) + chance.choice((-1, 0, 1))
        return chance.randrange(chance.choice((1, 5_000_000, 5_000_000, 20_000_000)))

    def _number(self, chance: random.Random) -> int:
        near = [limit for limit in self.limits if 0 <= limit < _CENTS]
        return chance.choice(near) if near and chance.random() < 0.5 else chance.randrange(1, 101)

    def _day(self, chance: random.Random) -> date:
        """Return a day of birth or of something else: mostly of an adult, often recent, sometimes to come."""
        ages = chance.choice((_RECENT, _CHILD, _ADULT, _ADULT, _ADULT))
        return self.question.period.first - timedelta(days=chance.randrange(*ages))


def sampler_of(laws: LawSet, question: Question) -> Sampler:
    """Return what invents people for a question; raises LawError when the question cannot be compiled."""
    first = determine(laws, question, Facts(subject=question.subject, persons={}), salt=b"")
    nodes = getattr(first, "graph", None)
    written = {node.value for node in nodes.nodes if node.kind is Kind.LITERAL} if nodes else set()
    limits = sorted(value for value in written if type(value) is int)
    return Sampler(laws, question, tuple(limits))
