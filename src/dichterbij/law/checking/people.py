"""People for whom each condition of a law holds and people for whom it does not, found by turning facts.

From a few invented people on: every fact that was used is given another value, and of amounts, numbers and days the
values at which some condition turns, as the graph has it. Who meets a condition in a way nobody did before is kept,
and is varied in turn. Towards a condition that still went one way for everybody we go step by step: each step makes one
more of the conditions below it as it must be. What nobody meets is told: it may be out of reach, or we did not find it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import Final

from ..determine import Determined, Facts, Open, determine
from ..errors import LawError
from ..explain_values import ALIASES
from ..graph import Kind, Node
from ..operations import gives_verdict
from ..sampling import MOST_ROUNDS, PEOPLE, Sampler
from ..values import FactRef, Given
from ..what_if import Sweep

INVENTED: Final = 4
MOST_KEPT: Final = 60
MOST_TRIED: Final = 800
MOST_STEPS: Final = 12
MOST_CLIMBED: Final = 400
STARTS: Final = 2
MOST_TURNS: Final = 8
RANGES: Final = {
    "amount": (0, 20_000_000),
    "number": (0, 250),
    "date": (date(1920, 1, 1).toordinal(), date(2030, 1, 1).toordinal()),
}
"""Where amounts, numbers and days are looked at: euro cents, whole numbers, days."""
OTHERS: Final[tuple[str, ...]] = PEOPLE[1:]
_NOTHING: Final[Mapping[str, Given]] = {"boolean": False, "amount": 0, "number": 0, "list": []}
Seen = tuple[int, bool]


@dataclass(slots=True)
class People:
    """The people found, and which way each condition went for somebody."""

    sampler: Sampler
    kept: list[Determined] = field(default_factory=list)
    seen: set[Seen] = field(default_factory=set)
    tried: int = 0

    def look(self, facts: Facts) -> Determined | None:
        """Complete these facts, and keep the person when some condition goes a way it never went."""
        self.tried += 1
        outcome = self._completed(facts)
        ways = set(_ways(outcome)) if outcome is not None else set()
        if outcome is not None and not (ways <= self.seen and self.kept):
            self.kept.append(outcome)
            self.seen |= ways
        return outcome

    def go_to(self, number: int, wanted: bool) -> None:
        """Go from people for whom a condition went the other way to one for whom it goes as wanted."""
        starts = [person for person in self.kept if person.values[number] is (not wanted)]
        for start in starts[:STARTS]:
            person: Determined | None = start
            for _ in range(MOST_STEPS):
                if person is None or (number, wanted) in self.seen:
                    break
                person = self._nearer(person, number, wanted)

    def _nearer(self, person: Determined, number: int, wanted: bool) -> Determined | None:
        far = distance(person, number, wanted)
        below_it = facts_below(person, number)
        for facts in islice(_variations(person, below_it), MOST_CLIMBED):
            found = self.look(facts)
            if found is not None and distance(found, number, wanted) < far:
                return found
        return None

    def _completed(self, facts: Facts) -> Determined | None:
        for _ in range(MOST_ROUNDS):
            try:
                outcome = determine(self.sampler.laws, self.sampler.question, facts, salt=b"")
            except LawError:
                return None
            if not isinstance(outcome, Open) or not outcome.asks:
                return outcome if isinstance(outcome, Determined) else None
            facts = facts.with_answers({ref: self.answer(ref) for ref in outcome.asks})
        return None

    def answer(self, ref: FactRef) -> Given:
        """Return what somebody would answer who has nothing and nobody; a day or a word is invented."""
        fact = self.sampler.laws.vocabulary[ref.fact]
        if fact.is_relation:
            return [] if fact.type == "list" else None
        return _NOTHING[fact.type] if fact.type in _NOTHING else self.sampler.answer(ref, 0)

    @property
    def one_sided(self) -> list[Node]:
        """Return the conditions that rest on facts and that went only one way."""
        nodes = self.kept[0].graph.nodes if self.kept else ()
        numbers = {number for number, _ in self.seen}
        return [nodes[number] for number in sorted(numbers) if {(number, True), (number, False)} - self.seen]


def covering(sampler: Sampler) -> People:
    """Return people for as many conditions as can be found, each going both ways."""
    people = People(sampler)
    people.look(Facts(subject=sampler.question.subject, persons={}))
    for seed in range(INVENTED):
        try:
            _, facts = sampler.person(seed)
        except LawError:
            continue
        people.look(facts)
    turned = 0
    while turned < len(people.kept) < MOST_KEPT and people.tried < MOST_TRIED:
        person = people.kept[turned]
        for facts in islice(_variations(person), MOST_TRIED - people.tried):
            people.look(facts)
        turned += 1
    for node in people.one_sided:
        people.go_to(node.number, (node.number, True) not in people.seen)
    return people


def distance(outcome: Determined, number: int, wanted: bool) -> int:
    """Return how many conditions below a condition are not as they must be for it to go as wanted."""
    node = outcome.graph.nodes[number]
    if outcome.values[number] is wanted:
        return 0
    if node.kind in ALIASES and node.args:
        return distance(outcome, node.args[0], wanted)
    if node.kind is Kind.OPERATION and node.name == "NOT":
        return distance(outcome, node.args[0], not wanted)
    if node.kind is Kind.OPERATION and node.name in ("AND", "OR"):
        parts = [distance(outcome, arg, wanted) for arg in node.args]
        return sum(parts) if wanted is (node.name == "AND") else min(parts)
    return 1


def facts_below(outcome: Determined, number: int) -> frozenset[str]:
    """Return the names of the facts that a step rests on."""
    nodes = (outcome.graph.nodes[each] for each in outcome.graph.with_below([number]))
    return frozenset(node.name for node in nodes if node.kind is Kind.FACT)


def _ways(outcome: Determined) -> Iterator[Seen]:
    for node in outcome.graph.nodes:
        value = outcome.values[node.number]
        if node.kind is Kind.OPERATION and gives_verdict(node.name) and isinstance(value, bool):
            yield node.number, value


def _variations(outcome: Determined, names: frozenset[str] | None = None) -> Iterator[Facts]:
    """Yield the facts of a person with one of them different; `names`: only of these."""
    for ref in outcome.facts_used:
        if names is not None and ref.fact not in names:
            continue
        for value in _other_values(outcome, ref):
            yield outcome.facts.with_answers({ref: value})


def _other_values(outcome: Determined, ref: FactRef) -> Iterator[Given]:
    fact, given = outcome.laws.vocabulary[ref.fact], _given(outcome, ref)
    if fact.type == "boolean":
        yield not given
    elif fact.values:
        yield from (value for value in fact.values if value != given)
    elif fact.is_relation and fact.type == "list":
        groups: list[Given] = [None, [], list(OTHERS[:1]), list(OTHERS[:2])]
        yield from groups
    elif fact.is_relation:
        yield from (None, OTHERS[0])
    elif fact.type in RANGES:
        yield from _turning_values(outcome, ref, *RANGES[fact.type])
        yield None


def _given(outcome: Determined, ref: FactRef) -> Given:
    known: Mapping[str, Given] = outcome.facts.persons.get(ref.person, {})
    return known.get(ref.fact)


def _turning_values(outcome: Determined, ref: FactRef, low: int, high: int) -> Iterator[Given]:
    """Yield the values just before and at which some condition turns."""
    is_day = outcome.laws.vocabulary[ref.fact].type == "date"
    for turn in Sweep(outcome, ref).turns(low, high, MOST_TURNS):
        for value in (turn - 1, turn):
            yield date.fromordinal(value).isoformat() if is_day else value
