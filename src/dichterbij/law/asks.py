"""Which facts to supply next, and no other.

A fact is asked when it is needed unless another one asked beside it settles the matter: under AND and OR what each
open condition needs while the others do not decide; under IF the condition, and what all branches that can still follow
need. A branch that needs nothing settles the matter, so what the other branches need is asked beside the condition.
Nothing is asked for a step of which one outcome is left, whatever the missing facts are (`settle`). So each fact asked
can still change the outcome, and the rounds are few. Facts supplied as UNKNOWN cannot be asked again: what rests on
them stays open.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import localcontext
from typing import Final, TypeAlias

from .arithmetic import EXACT
from .errors import LawError
from .evaluate import Run
from .graph import Kind, Node
from .loops import loop_of
from .settle import Reaches
from .values import FactRef, Unknown, Value
from .worlds import World

Needs: TypeAlias = frozenset[FactRef]
NOTHING: Final[Needs] = frozenset()


@dataclass(frozen=True, slots=True)
class Need:
    """What one node still needs; nothing when asking cannot help.

    `in_part`: a part rests on what nobody knows, so that asking can only give one of the answers. `lacking`: that part.
    """

    facts: Needs = NOTHING
    in_part: bool = False
    lacking: Needs = NOTHING

    @property
    def is_settled(self) -> bool:
        """Say whether no supplied fact can change the node any more."""
        return not self.facts


SETTLED: Final = Need()


def _all_of(needs: list[Need]) -> Need:
    """Return what is needed when each of these is."""
    found = _any_of(needs)
    return Need(in_part=True, lacking=found.lacking) if any(need.is_settled for need in needs) else found


def _any_of(needs: list[Need]) -> Need:
    """Return what is needed when one of these may settle the matter alone."""
    facts, lacking = (NOTHING.union(*parts) for parts in ([n.facts for n in needs], [n.lacking for n in needs]))
    return Need(facts, any(need.in_part for need in needs), lacking)


def _undecided(condition: Need, ways: list[Need]) -> Need:
    """Return what is needed while a condition is open: what all ways need; all they need when one needs nothing."""
    needs = [way.facts for way in ways]
    branches = NOTHING.union(*needs) if NOTHING in needs else needs[0].intersection(*needs)
    both = _any_of(ways)
    return Need(condition.facts | branches, both.in_part, condition.lacking | both.lacking)


@dataclass(frozen=True, slots=True)
class Asks:
    """Per output node the facts to supply next, in file order; and the facts that are needed and that nobody knows."""

    facts: Mapping[int, tuple[FactRef, ...]]
    unknown: tuple[FactRef, ...]


def asks(reaches: Reaches, outputs: Iterable[int]) -> Asks:
    """Return the facts to supply next for these output nodes."""
    search = _Search(reaches)
    with localcontext(EXACT):
        needs = {number: search.need(number, reaches.actual) for number in outputs}
    facts = {number: tuple(sorted(need.facts, key=search.order)) for number, need in needs.items()}
    return Asks(facts, tuple(sorted(_any_of(list(needs.values())).lacking)))


def is_supplied(run: Run, ref: FactRef) -> bool:
    """Say whether the caller gave this fact, be it as UNKNOWN."""
    return ref.fact in run.persons.get(ref.person, {})


@dataclass(slots=True)
class _Search:
    reaches: Reaches
    known: dict[World, dict[int, Need]] = field(default_factory=dict)
    seen: list[FactRef] = field(default_factory=list)

    def order(self, ref: FactRef) -> int:
        return self.seen.index(ref)

    def need(self, number: int, world: World) -> Need:
        """Return what a step needs in a world."""
        names = self.reaches.names
        while number in names:
            number = names[number]
        world = self.reaches.home(number, world)
        known = self.known.setdefault(world, {})
        if number not in known:
            known[number] = self._find(self.reaches.nodes[number], world)
        return known[number]

    def value(self, number: int) -> Value:
        found = self.reaches.strictly(number)
        return None if isinstance(found, LawError) else found

    def is_open(self, number: int, world: World) -> bool:
        """Say whether a step lacks facts that could still change it."""
        return isinstance(self.value(number), Unknown) and not self.reaches.of(number, world).is_settled

    def _find(self, node: Node, world: World) -> Need:  # noqa: PLR0911 one line per kind of node
        value = self.value(node.number)
        if not isinstance(value, Unknown) or not self.is_open(node.number, world):
            return SETTLED
        if node.kind is Kind.FACT:
            return self._fact(node, value, world)
        if node.kind is Kind.OPERATION and node.name == "IF":
            return self._conditional(node.args, world)
        if node.kind is Kind.OPERATION and node.name in ("AND", "OR"):
            return self._decided(node, world)
        if node.kind is Kind.CALL:
            return self._call(node, world)
        if node.kind is Kind.FOREACH:
            return self._loop(node, world)
        if node.kind is Kind.LOCAL:  # an element that an inner loop could not compute carries what it lacks
            missing = self._missing(value.facts)
            return Need(frozenset(sorted(missing.facts)[:1]), missing.in_part, missing.lacking)
        return self._all_needed(node.args, world)

    def _fact(self, node: Node, value: Unknown, world: World) -> Need:
        person = self.reaches.of(node.args[0], world)
        if not person.is_settled:
            return self.need(node.args[0], world)
        name = person.few[0] if person.few else None
        return self._missing([FactRef(name, node.name)] if isinstance(name, str) else value.facts)

    def _missing(self, refs: Iterable[FactRef]) -> Need:
        known_of = {ref: is_supplied(self.reaches.run, ref) for ref in sorted(refs) if ref.person}
        open_ = [ref for ref, is_known in known_of.items() if not is_known]
        self.seen += [ref for ref in open_ if ref not in self.seen]
        lacking = frozenset(ref for ref, is_known in known_of.items() if is_known)
        return Need(frozenset(open_), not open_, lacking)

    def _all_needed(self, numbers: Iterable[int], world: World) -> Need:
        return _all_of([self.need(number, world) for number in numbers if self.is_open(number, world)])

    def _decided(self, node: Node, world: World) -> Need:
        """Return what AND or OR needs: each open operand matters only while the others do not decide."""
        open_ = [number for number in node.args if self.is_open(number, world)]
        needs = [self.need(number, self._undecided_by_others(node, number, open_, world)) for number in open_]
        found = _any_of([need for need in needs if need is not SETTLED])
        return found if found.facts else _any_of([self.need(number, world) for number in open_])

    def _undecided_by_others(self, node: Node, own: int, open_: list[int], world: World) -> World:
        found: World | None = world
        rests = self.reaches.rests
        for number in open_:
            if number != own and found is not None and rests[number] & rests[own]:
                found = self.reaches.worlds.suppose(number, found, holds=node.name == "AND")
        return world if found is None else found

    def _conditional(self, args: tuple[int, ...], world: World) -> Need:
        if len(args) == 1:
            return self.need(args[0], world)
        when, then, *rest = args
        condition = self.need(when, world) if self.is_open(when, world) else None
        if condition is not None and (condition.is_settled or condition.in_part):
            return condition if condition.facts else Need(in_part=True, lacking=condition.lacking)
        taken, passed = self.reaches.ways(args, world)
        ways = [self.need(then, taken)] if taken is not None else []
        ways += [self._conditional(tuple(rest), passed)] if passed is not None else []
        return _undecided(condition, ways) if condition is not None else ways[0]

    def _call(self, node: Node, world: World) -> Need:
        result, *guards = node.args
        waiting = [guard for guard in guards if self.is_open(guard, world)]
        return self._all_needed(waiting, world) if waiting else self.need(result, world)

    def _loop(self, node: Node, world: World) -> Need:
        if isinstance(self.value(node.args[0]), Unknown):
            return self.need(node.args[0], world)
        needs = [need for need in self._turns(node, world) if need is not SETTLED]
        return (_any_of if loop_of(node).combine in ("AND", "OR") else _all_of)(needs)

    def _turns(self, node: Node, world: World) -> Iterator[Need]:
        """Yield what each turn of a loop still needs: first whether the element counts, then what it gives."""
        loop = loop_of(node)
        for turn in self.reaches.run.iterations.get(node.number, ()):
            with self.reaches.inside(turn, world) as own:
                keep = SETTLED if loop.keep is None else self.need(loop.keep, own)
                yield self.need(loop.body, own) if keep is SETTLED and turn.kept else keep
