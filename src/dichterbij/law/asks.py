"""Which facts to supply next, and no other.

A fact is asked when it is needed unless another one asked beside it settles the matter: under AND and OR what each
open condition needs; under IF the condition, and what all branches that can still follow need. A branch that needs
nothing settles the matter, so what the other branches need is asked beside the condition. So each fact asked can still
change the outcome, and the rounds are few. Facts supplied as UNKNOWN cannot be asked again: what rests on them stays
open.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from .errors import LawError
from .evaluate import Run, Tape
from .graph import Kind, Node
from .loops import loop_of
from .running import Iteration
from .values import FactRef, Unknown, Value

Needs: TypeAlias = frozenset[FactRef]
NOTHING: Final[Needs] = frozenset()


@dataclass(frozen=True, slots=True)
class Need:
    """What one node still needs; nothing when asking cannot help.

    `in_part`: a part rests on what nobody knows, so that asking can only give one of the answers.
    """

    facts: Needs = NOTHING
    in_part: bool = False

    @property
    def is_settled(self) -> bool:
        """Say whether no supplied fact can change the node any more."""
        return not self.facts


SETTLED: Final = Need()
STUCK: Final = Need(in_part=True)


def _all_of(needs: list[Need]) -> Need:
    """Return what is needed when each of these is."""
    if any(need.is_settled for need in needs):
        return STUCK
    return Need(NOTHING.union(*(need.facts for need in needs)), any(need.in_part for need in needs))


def _any_of(needs: list[Need]) -> Need:
    """Return what is needed when one of these may settle the matter alone."""
    return Need(NOTHING.union(*(need.facts for need in needs)), any(need.in_part for need in needs))


def asks(tape: Tape, run: Run, outputs: Iterable[int]) -> tuple[FactRef, ...]:
    """Return the facts to supply next for these output nodes, in file order."""
    search = _Search(tape, run)
    found = NOTHING.union(*(search.need(number).facts for number in outputs))
    return tuple(sorted(found, key=search.order))


def unknown_facts(run: Run, values: Iterable[Value]) -> tuple[FactRef, ...]:
    """Return the facts that the values lack and that were supplied as UNKNOWN."""
    lacking = frozenset().union(*(value.facts for value in values if isinstance(value, Unknown)))
    return tuple(sorted(ref for ref in lacking if is_supplied(run, ref)))


def is_supplied(run: Run, ref: FactRef) -> bool:
    """Say whether the caller gave this fact, be it as UNKNOWN."""
    return ref.fact in run.persons.get(ref.person, {})


@dataclass(slots=True)
class _Search:
    tape: Tape
    run: Run
    known: dict[int, Need] = field(default_factory=dict)
    seen: list[FactRef] = field(default_factory=list)

    def order(self, ref: FactRef) -> int:
        return self.seen.index(ref)

    def need(self, number: int) -> Need:
        if number not in self.known:
            self.known[number] = self._find(self.tape.graph.nodes[number])
        return self.known[number]

    def value(self, number: int) -> Value:
        try:
            return self.tape.value(self.run, number)
        except LawError:
            return None

    def _find(self, node: Node) -> Need:  # noqa: PLR0911 one line per kind of node
        value = self.value(node.number)
        if not isinstance(value, Unknown):
            return SETTLED
        if node.kind is Kind.FACT:
            return self._fact(node, value)
        if node.kind is Kind.OPERATION and node.name == "IF":
            return self._conditional(node.args)
        if node.kind is Kind.OPERATION and node.name in ("AND", "OR"):
            return _any_of([self.need(number) for number in self._unclear(node.args)])
        if node.kind is Kind.CALL:
            return self._call(node)
        if node.kind is Kind.FOREACH:
            return self._loop(node)
        if node.kind is Kind.LOCAL:  # an element that an inner loop could not compute carries what it lacks
            return Need(frozenset(sorted(self._missing(value.facts).facts)[:1]))
        return self._all_needed(node.args)

    def _fact(self, node: Node, value: Unknown) -> Need:
        key = self.value(node.args[0])
        if isinstance(key, Unknown):
            return self.need(node.args[0])
        return self._missing(value.facts)

    def _missing(self, refs: Iterable[FactRef]) -> Need:
        open_ = [ref for ref in sorted(refs) if ref.person and not is_supplied(self.run, ref)]
        self.seen += [ref for ref in open_ if ref not in self.seen]
        return Need(frozenset(open_)) if open_ else STUCK

    def _unclear(self, numbers: Iterable[int]) -> list[int]:
        return [number for number in numbers if isinstance(self.value(number), Unknown)]

    def _all_needed(self, numbers: Iterable[int]) -> Need:
        return _all_of([self.need(number) for number in self._unclear(numbers)])

    def _conditional(self, args: tuple[int, ...]) -> Need:
        if len(args) == 1:
            return self.need(args[0])
        when, then, *rest = args
        condition = self.value(when)
        if isinstance(condition, Unknown):
            return self._undecided(when, then, tuple(rest))
        return self.need(then) if condition else self._conditional(tuple(rest))

    def _undecided(self, when: int, then: int, rest: tuple[int, ...]) -> Need:
        condition = self.need(when)
        if condition.is_settled:
            return STUCK
        if condition.in_part:
            return condition
        one, other = self.need(then), self._conditional(rest)
        is_settled_by_one = one.is_settled or other.is_settled
        branches = one.facts | other.facts if is_settled_by_one else one.facts & other.facts
        return Need(condition.facts | branches, one.in_part or other.in_part)

    def _call(self, node: Node) -> Need:
        result, *guards = node.args
        waiting = self._unclear(guards)
        return self._all_needed(waiting) if waiting else self.need(result)

    def _loop(self, node: Node) -> Need:
        if isinstance(self.value(node.args[0]), Unknown):
            return self.need(node.args[0])
        needs = [need for need in self._turns(node) if need is not SETTLED]
        return (_any_of if loop_of(node).combine in ("AND", "OR") else _all_of)(needs)

    def _turns(self, node: Node) -> Iterator[Need]:
        """Yield what each turn of a loop still needs: first whether the element counts, then what it gives."""
        loop = loop_of(node)
        for turn in self.run.iterations.get(node.number, ()):
            with self._inside(turn):
                keep = SETTLED if loop.keep is None else self.need(loop.keep)
                yield self.need(loop.body) if keep is SETTLED and turn.kept else keep

    @contextmanager
    def _inside(self, turn: Iteration) -> Iterator[None]:
        """Look at the values of one turn of a loop; forget afterwards what was found inside it."""
        outer = {number: self.run.values[number] for number in turn.values}
        iterations, known = self.run.iterations, self.known
        for number, value in turn.values.items():
            self.run.values[number] = value
        self.run.iterations = {**iterations, **turn.iterations}
        self.known = {number: need for number, need in known.items() if number not in turn.values}
        try:
            yield
        finally:
            for number, value in outer.items():
                self.run.values[number] = value
            self.run.iterations, self.known = iterations, known
