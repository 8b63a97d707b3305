"""What if: the outcome with other facts, and over a range of one fact (the effect of working more).

Pure: nothing is kept. A fact of another person is varied only when it may be shown: both claim together. An own fact is
not varied when it is computed with an amount, number or day that may not be shown: a row of outcomes would give that
away. A yes or no about somebody else does not stand in the way.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import islice, pairwise
from typing import Final, TypeAlias

from .calendar_rules import day
from .determine import Determined, Evaluation, Outcome, determine
from .errors import LawError
from .graph import Graph, Kind, below
from .operations import gives_verdict
from .privacy import claims_together, hidden_steps, is_shown
from .values import SKIPPED, FactRef, Given, Slot, Value
from .vocabulary import FactDefinition

MOST_POINTS: Final = 200
MOST_TURNS: Final = 80
_DECIDES: Final = frozenset((
    "EQUALS", "NOT_EQUALS", "GREATER_THAN", "LESS_THAN", "GREATER_THAN_OR_EQUAL", "LESS_THAN_OR_EQUAL", "IN", "NOT_IN",
    "IN:value", "NOT_IN:value",
))  # fmt: skip
_CHOOSES: Final = ("MIN", "MAX")
_NUMBERS: Final = ("amount", "number")
_VALUES: Final = ("amount", "number", "date", "list", "object")
Sign: TypeAlias = tuple[Slot, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """The outcome at one value of the fact; no outputs where the law gives no answer."""

    value: int | str
    outputs: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Curve:
    """Outcomes over a range of one fact. `turns`: the values from which another condition or rate applies."""

    ref: FactRef
    points: tuple[Point, ...]
    turns: tuple[int | str, ...]


def may_vary(outcome: Evaluation, ref: FactRef) -> bool:
    """Say whether we tell what the outcome would be with another value of this fact."""
    vocabulary = outcome.laws.vocabulary
    if ref.fact not in vocabulary:
        return False
    together = claims_together(outcome, vocabulary)
    is_told = is_shown(vocabulary[ref.fact], ref.person, outcome.question.subject, together)
    return is_told and not _gives_away(outcome, ref)


def _gives_away(outcome: Evaluation, ref: FactRef) -> bool:
    """Say whether a fact meets, in some step, a value that may not be shown and that is more than a yes or no."""
    hidden = hidden_steps(outcome, outcome.laws.vocabulary)
    own: set[int] = set()
    secret: set[int] = set()
    for node in outcome.graph.nodes:
        args = frozenset(below(node))
        if not own.isdisjoint(args) or (node.kind is Kind.FACT and node.name == ref.fact and node.number not in hidden):
            own.add(node.number)
        is_value = node.kind is Kind.FACT and outcome.laws.vocabulary[node.name].type in _VALUES
        if not secret.isdisjoint(args) or (is_value and node.number in hidden):
            secret.add(node.number)
        if node.number in own & secret:
            return True
        if node.kind is Kind.OPERATION and gives_verdict(node.name):
            secret.discard(node.number)
    return False


def what_if(outcome: Evaluation, changes: Mapping[FactRef, Given]) -> Outcome:
    """Return the outcome if these facts were different; raises NotShown for what may not be varied."""
    for ref in changes:
        _check(outcome, ref)
    found = determine(outcome.laws, outcome.question, outcome.facts.with_answers(changes))
    if isinstance(found, Evaluation) and any(_gives_away(found, ref) for ref in changes):
        raise _not_shown()
    return found


def _check(outcome: Evaluation, ref: FactRef) -> None:
    if ref.fact not in outcome.laws.vocabulary:
        raise LawError("UnknownFact", f"The vocabulary has no fact '{ref.fact}'")
    if not may_vary(outcome, ref):
        raise _not_shown()


def _not_shown() -> LawError:
    return LawError("NotShown", "This rests on the data of somebody else: no other outcomes are shown")


def curve(outcome: Evaluation, ref: FactRef, low: int | str, high: int | str, *, most: int = MOST_POINTS) -> Curve:
    """Return the outcomes from `low` to `high` of one fact: an amount in euro cents, a whole number or a date.

    At most `most` points (200), evenly spread; each value from which a condition or rate changes is one of them, and
    so is the value just before it. Raises NotShown, or TypeMismatch for a fact that has no range.
    """
    _check(outcome, ref)
    fact = outcome.laws.vocabulary[ref.fact]
    first, last = _whole(fact, low), _whole(fact, high)
    if not 2 <= most <= MOST_POINTS or last < first:
        raise LawError("InvalidRange", f"A range goes up, in 2 to {MOST_POINTS} points")
    sweep = Sweep(outcome, ref)
    turns = sweep.turns(first, last, min(MOST_TURNS, (most - 2) // 2))
    exact = {first, last} | {value for turn in turns for value in (turn - 1, turn)}
    values = sorted(exact | set(_even(first, last, most - len(exact))))
    points = tuple(Point(_written(fact, value), sweep.at(value).outputs) for value in values)
    return Curve(ref, points, tuple(_written(fact, turn) for turn in turns))


def _even(first: int, last: int, count: int) -> Iterator[int]:
    """Yield at most so many values between two ends."""
    return (first + (last - first) * index // (count + 1) for index in range(1, count + 1))


def _whole(fact: FactDefinition, value: int | str) -> int:
    if fact.type == "date" and isinstance(value, str):
        return day(value).toordinal()
    if fact.type in _NUMBERS and type(value) is int:
        return value
    raise LawError("TypeMismatch", f"The fact '{fact.name}' has no range: only amounts, whole numbers and dates")


def _written(fact: FactDefinition, value: int) -> int | str:
    return date.fromordinal(value).isoformat() if fact.type == "date" else value


@dataclass(frozen=True, slots=True)
class _Seen:
    outputs: Mapping[str, Value]
    sign: Sign


class Sweep:
    """One outcome looked at for many values of one fact; each value is determined once."""

    def __init__(self, outcome: Evaluation, ref: FactRef) -> None:
        self.outcome, self.ref = outcome, ref
        self.fact = outcome.laws.vocabulary[ref.fact]
        self.deciding = deciding_nodes(outcome.graph, ref.fact)
        self.seen: dict[int, _Seen] = {}

    def at(self, value: int) -> _Seen:
        """Return the outputs at a value, and which conditions hold there."""
        if value not in self.seen:
            self.seen[value] = self._look(value)
        return self.seen[value]

    def _look(self, value: int) -> _Seen:
        facts = self.outcome.facts.with_answers({self.ref: _written(self.fact, value)})
        try:
            found = determine(self.outcome.laws, self.outcome.question, facts)
        except LawError as error:
            return _Seen({}, (error.name,))
        if not isinstance(found, Determined):
            return _Seen({}, ())
        values = found.values
        sign = tuple(values[number] if number >= 0 else _chosen(found, -number) for number in self.deciding)
        return _Seen(found.outputs, sign)

    def turns(self, low: int, high: int, most: int) -> tuple[int, ...]:
        """Return the values from which another condition holds, or another operand of MIN or MAX counts, in order."""
        marks = sorted({low, high, *_even(low, high, most), *self._written_in_the_law(low, high)})
        found = (turn for left, right in pairwise(marks) for turn in self._turning(left, right))
        return tuple(islice(found, most))

    def _written_in_the_law(self, low: int, high: int) -> Iterator[int]:
        for node in self.outcome.graph.nodes:
            if node.kind is Kind.LITERAL and type(node.value) is int and low < node.value < high:
                yield node.value

    def _turning(self, left: int, right: int) -> Iterator[int]:
        if self.at(left).sign == self.at(right).sign:
            return
        if right - left == 1:
            yield right
            return
        middle = (left + right) // 2
        yield from self._turning(left, middle)
        yield from self._turning(middle, right)


def deciding_nodes(graph: Graph, fact: str) -> tuple[int, ...]:
    """Return the conditions that rest on a fact; MIN and MAX with a minus sign: there the chosen operand counts."""
    touched: set[int] = set()
    found: list[int] = []
    for node in graph.nodes:
        if (node.kind is Kind.FACT and node.name == fact) or not touched.isdisjoint(below(node)):
            touched.add(node.number)
            if node.kind is Kind.OPERATION and node.name in _DECIDES:
                found.append(node.number)
            elif node.kind is Kind.OPERATION and node.name in _CHOOSES:
                found.append(-node.number)
    return tuple(found)


def _chosen(found: Determined, number: int) -> Slot:
    """Return which operand of MIN or MAX counts."""
    value = found.values[number]
    args = found.graph.nodes[number].args
    if value is SKIPPED:
        return SKIPPED
    return next((index for index, arg in enumerate(args) if found.values[arg] == value), SKIPPED)
