"""Cliffs: one cent more of something, and an outcome drops or jumps by more than a given amount.

Looked for at every value at which a condition of the graph turns, for people who together make each condition hold and
not hold (`people`). What is found exists; of conditions that nobody meets both ways it is said how many there are.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from dichterbij.kernel.periods import Period

from ..determine import Determined, Question, Refused, requested
from ..errors import LawError
from ..lawset import LawSet
from ..sampling import sampler_of
from ..values import FactRef, Value
from ..what_if import Sweep
from .people import People, covering
from .walk import Found

HIGHEST: Final = 20_000_000
MOST_TURNS: Final = 30
CENTS: Final = 100


@dataclass(frozen=True, slots=True)
class Cliff:
    """The largest jump found of one output over one fact: at which value, and by how many cents."""

    outcome: Determined
    output: str
    fact: str
    value: int
    drop: Decimal


def cliff_findings(laws: LawSet, cents: int) -> Iterator[Found]:
    """Yield the amounts of decisions that change by more than `cents` at one cent of a fact."""
    for law in laws.laws:
        question = _last_question(laws, law)
        if question is None:
            continue
        people = covering(sampler_of(laws, question))
        largest: dict[tuple[str, str], Cliff] = {}
        for cliff in _cliffs_of(people):
            key = (cliff.output, cliff.fact)
            if abs(cliff.drop) > cents and (key not in largest or abs(cliff.drop) > abs(largest[key].drop)):
                largest[key] = cliff
        yield from map(_found, largest.values())
        yield from _not_met(people)


def _found(cliff: Cliff) -> Found:
    place = cliff.outcome.graph.nodes[cliff.outcome.graph.outputs[cliff.output]].place
    sentence = (
        f"Een cent meer '{cliff.fact}', bij {Decimal(cliff.value) / CENTS} euro, "
        f"verandert '{cliff.output}' met {round(cliff.drop / CENTS, 2)} euro."
    )
    return Found.at(place, "Cliff", sentence)


def _not_met(people: People) -> Iterator[Found]:
    """Yield how many conditions of a law that decides on amounts went only one way for everybody."""
    if not people.kept or not _amounts_of(people.kept[0]) or not people.one_sided:
        return
    outcome = people.kept[0]
    place = outcome.graph.nodes[next(iter(outcome.graph.outputs.values()))].place
    count = len(people.one_sided)
    sentence = f"Bij {count} voorwaarden is één kant bekeken. Een sprong daar kan over het hoofd zijn gezien."
    yield Found.at(place, "OneSided", sentence)


def _cliffs_of(people: People) -> Iterator[Cliff]:
    for outcome in people.kept:
        if not _amounts_of(outcome):
            return
        for ref in outcome.facts_used:
            is_own = ref.person == outcome.question.subject
            if is_own and outcome.laws.vocabulary[ref.fact].type == "amount":
                yield from _over(outcome, ref)


def _amounts_of(outcome: Determined) -> list[str]:
    nodes, outputs = outcome.graph.nodes, outcome.graph.outputs
    return [name for name, number in outputs.items() if nodes[number].declared.type == "amount"]


def _last_question(laws: LawSet, law: str) -> Question | None:
    """Return a question for the decisions of a law, in the last month that has all its amounts."""
    for first in reversed(laws.turning_points):
        question = Question(law=law, outputs=(), subject="p1", period=_month(first), decided_on=first)
        try:
            if not requested(laws, question):
                return None
            outcome, _ = sampler_of(laws, question).person(0)
        except LawError:
            continue
        if not isinstance(outcome, Refused):
            return question
    return None


def _month(first: date) -> Period:
    return Period.month(first.year, first.month)


def _over(outcome: Determined, ref: FactRef) -> Iterator[Cliff]:
    sweep = Sweep(outcome, ref)
    for turn in sweep.turns(0, HIGHEST, MOST_TURNS):
        before, after = sweep.at(turn - 1).outputs, sweep.at(turn).outputs
        for name in before.keys() & after.keys():
            if _is_amount(outcome, name, before[name]) and _is_amount(outcome, name, after[name]):
                yield Cliff(outcome, name, ref.fact, turn, Decimal(str(after[name])) - Decimal(str(before[name])))


def _is_amount(outcome: Determined, name: str, value: Value) -> bool:
    declared = outcome.graph.nodes[outcome.graph.outputs[name]].declared
    return declared.type == "amount" and isinstance(value, int | Decimal)
