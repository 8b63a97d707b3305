"""Populations for tests: people whose facts are drawn from the vocabulary, half of them at a threshold of the law.

Thresholds are taken from the graph: for a comparison and a fact that turns it, the value of the fact at which it turns,
found by halving with the columns themselves. Whether columns are right is then judged by the scalar steps.
"""

import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import TypeVar

import numpy as np

from dichterbij.kernel.periods import Period
from dichterbij.law import UNKNOWN, FactDefinition, LawError, LawSet, Question
from dichterbij.law.columns import Column, Table
from dichterbij.law.columns.chunk import Chunk
from dichterbij.law.columns.lanes import PRESENT, Array
from dichterbij.law.columns.plan import make_plan
from dichterbij.law.columns.sources import Source
from dichterbij.law.columns.table import date_text
from dichterbij.law.determine import tape_for
from dichterbij.law.evaluate import Run, Tape
from dichterbij.law.graph import Kind
from dichterbij.law.loops import inner_nodes, loop_of
from dichterbij.law.values import Given, Value

TODAY = date(2026, 6, 15)
PERIOD = Period.month(2026, 6)
COMPARISONS = ("LESS_THAN", "LESS_THAN_OR_EQUAL", "GREATER_THAN", "GREATER_THAN_OR_EQUAL", "EQUALS")
SPANS = {"amount": (0, 30_000_000), "number": (0, 100), "date": (-25_567, 22_000)}
Facts = dict[str, Given]
Holds = Callable[[Array], Array]
T = TypeVar("T")


def questions(laws: LawSet) -> list[Question]:
    """Return per law a question for all outputs that facts can answer, where the law applies."""
    found = []
    for law in laws.laws:
        try:
            version = laws.version(law, PERIOD.first)
        except LawError:
            continue
        known = ("bsn", *laws.vocabulary.facts)
        articles = [a for a in version.articles if all(p.name in known or not p.required for p in a.parameters)]
        outputs = tuple(dict.fromkeys(output.name for article in articles for output in article.outputs))
        territory = " ".join(version.codes.values()) or next(iter(version.territory), "NL")
        if outputs:
            found.append(
                Question(law=law, outputs=outputs, subject="", period=PERIOD, decided_on=TODAY, territory=territory)
            )
    return found


@dataclass(frozen=True)
class People:
    """Facts per person, and which persons are asked about."""

    facts: dict[str, Facts]
    asked: list[str]


def people(laws: LawSet, question: Question, size: int, seed: int) -> People:
    """Return people for a law: about half of those asked about stand at a threshold of it."""
    chance = random.Random(seed)  # noqa: S311 no secret
    tape = tape_for(laws, question)
    literals = tuple(node.value for node in tape.graph.nodes if node.kind is Kind.LITERAL)
    draw = _Draw(laws, tape, chance, [f"p{number}" for number in range(max(size // 2, 20))], literals)
    facts = {name: draw.person() for name in draw.names}
    turning = list(_at_thresholds(laws, tape, question, facts, chance, size))
    chance.shuffle(turning)
    near = {f"d{number}": own for number, own in enumerate(turning[: size - len(facts)])}
    return People(facts | near, [*facts, *near])


# -- random people -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Draw:
    laws: LawSet
    tape: Tape
    chance: random.Random
    names: list[str]
    literals: tuple[Value, ...]

    def person(self) -> Facts:
        found: Facts = {}
        careless = self.chance.random() < 0.5
        for name in self.tape.graph.facts:
            missing = self.chance.random() if careless else 1.0
            if missing < 0.04:
                found[name] = UNKNOWN
            elif missing < 0.08:
                found[name] = None
            elif missing < 0.09:
                found[name] = self.chance.choice(("", -1, 2**62, True, Decimal("0.005"), [self.names[0]], "2026-02-30"))
            elif missing > 0.1:
                found[name] = self.value(self.laws.vocabulary[name])
        return found

    def value(self, fact: FactDefinition) -> Given:
        chance = self.chance
        if fact.is_relation:
            others = chance.sample(self.names, chance.randrange(4))
            return others if fact.type == "list" else (others[0] if others else None)
        if fact.values:
            return chance.choice(fact.values)
        match fact.type:
            case "boolean":
                return chance.random() < 0.7
            case "date":
                return (date(1940, 1, 1) + timedelta(days=chance.randrange(31_800))).isoformat()
            case "number":
                return chance.choice((0, 1, 2, 5, 19, Decimal("1.5"), *self.written(int)))
            case "amount":
                some = (0, 1, 1_950_000, 3_000_000, chance.randrange(20_000_000), chance.randrange(3_000_000))
                return chance.choice((*some, *self.written(int)))
            case "list":
                return chance.choice(([], ["tekst"], list(self.written(str)[:2])))
            case "object":
                return {"iso": "2026-01-01"}
        return chance.choice(("tekst", *self.written(str)))

    def written(self, kind: type) -> tuple[Given, ...]:
        """Return the values of a type that stand in the law."""
        return tuple(value for value in self.literals if type(value) is kind)


# -- people at thresholds ----------------------------------------------------------------------------------------


def _at_thresholds(
    laws: LawSet, tape: Tape, question: Question, facts: Mapping[str, Facts], chance: random.Random, size: int
) -> Iterator[Facts]:
    """Yield people of whom one fact stands on, one below or one above the value at which a comparison turns."""
    bases, most = max(20, size // 20), max(5, size // 100)
    comparisons = _some(_comparisons(tape), chance, most)
    turning = [name for name in tape.graph.facts if laws.vocabulary[name].type in SPANS]
    certain = [own for own in facts.values() if all(isinstance(v, str | int | list) for v in own.values())][:bases]
    if not comparisons or not turning or not certain:
        return
    table = Table.of({**facts, **{f"b{n}": own for n, own in enumerate(certain)}}, laws.vocabulary)
    rows = np.array([table.rows[f"b{n}"] for n in range(len(certain))])
    for fact in _some(turning, chance, most):
        definition = laws.vocabulary[fact]
        holds = _holding(tape, question, table, fact, comparisons, rows, SPANS[definition.type])
        for base, value in _turns(holds, (len(comparisons), len(rows)), SPANS[definition.type]):
            yield {**certain[base], fact: date_text(value) if definition.type == "date" else value}


def _comparisons(tape: Tape) -> list[int]:
    """Return the comparisons outside loops."""
    graph = tape.graph
    inside = {n for node in graph.nodes if node.kind is Kind.FOREACH for n in inner_nodes(graph, loop_of(node))}
    found = [node for node in graph.nodes if node.kind is Kind.OPERATION and node.name in COMPARISONS]
    return [node.number for node in found if node.number not in inside]


def _some(all_: list[T], chance: random.Random, most: int) -> list[T]:
    return chance.sample(all_, min(most, len(all_)))


def _turns(holds: Holds, shape: tuple[int, int], span: tuple[int, int]) -> Iterator[tuple[int, int]]:
    """Yield rows with the values around which a comparison turns, found by halving."""
    low, high = np.full(shape, span[0]), np.full(shape, span[1])
    at_low = holds(low)
    turns = at_low != holds(high)
    for _ in range((span[1] - span[0]).bit_length()):
        middle = (low + high) // 2
        same = holds(middle) == at_low
        low, high = np.where(same, middle, low), np.where(same, high, middle)
    for comparison, base in np.argwhere(turns).tolist():
        yield from ((base, int(high[comparison, base]) + step) for step in (-1, 0, 1))


def _holding(
    tape: Tape, question: Question, table: Table, fact: str, comparisons: list[int], rows: Array, span: tuple[int, int]
) -> Holds:
    """Return a function from values of a fact, per comparison and row, to whether the comparison holds there."""
    data = np.resize(np.array(span, dtype=np.int64), table.size)
    varied = replace(table, columns={**table.columns, fact: Column(data=data)})
    run = Run(tape.fresh(), "", question.period.first, question.decided_on)
    plan = make_plan(tape, Source(varied), run, comparisons)

    def holds(values: Array) -> Array:
        found = []
        for number, own in zip(comparisons, values, strict=True):
            data[rows] = own
            with np.errstate(all="ignore"):
                lane = Chunk(plan.slots, len(rows), rows).lane(plan.targets[number])
            present = np.asarray(True) if lane.state is None else lane.state == PRESENT
            found.append(np.broadcast_to(np.logical_and(lane.data, present), len(rows)))
        return np.array(found)

    return holds
