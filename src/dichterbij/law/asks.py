"""Which facts to supply next, and no other.

A fact is asked when it is needed whatever the facts still missing turn out to be. Under AND and OR that is only
what every open condition needs (one of them could settle it alone); under IF the condition, and what all
branches that can still follow need. When no fact is needed in every case, the first one in file order is asked.
Facts supplied as UNKNOWN cannot be asked again: what rests on them stays open.
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
    """What one node still needs: `always` in every case, `first` to begin with; none when asking cannot help."""

    always: Needs = NOTHING
    first: FactRef | None = None

    @property
    def is_settled(self) -> bool:
        """Say whether no supplied fact can change the node any more."""
        return self.first is None


SETTLED: Final = Need()


def asks(tape: Tape, run: Run, outputs: Iterable[int]) -> tuple[FactRef, ...]:
    """Return the facts to supply next for these output nodes, in file order."""
    search = _Search(tape, run)
    needs = [search.need(number) for number in outputs]
    always = frozenset().union(*(need.always for need in needs))
    if not always:
        return next(((need.first,) for need in needs if need.first is not None), ())
    return tuple(sorted(always, key=search.order))


def ahead(tape: Tape, run: Run, outputs: Iterable[int]) -> tuple[FactRef, ...]:
    """Return every missing fact that could still change these output nodes, in file order.

    More than `asks`: for who can only be asked once (a form, a letter). None of them is needed in every case.
    """
    search = _Search(tape, run)
    found: dict[FactRef, None] = {}
    for number in outputs:
        found |= dict.fromkeys(search.could_matter(number))
    return tuple(found)


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
    possible: dict[int, tuple[FactRef, ...]] = field(default_factory=dict)
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

    def could_matter(self, number: int) -> tuple[FactRef, ...]:
        if number not in self.possible:
            self.possible[number] = tuple(self._possible(self.tape.graph.nodes[number]))
        return self.possible[number]

    def _possible(self, node: Node) -> dict[FactRef, None]:
        value, args = self.value(node.number), node.args
        if not isinstance(value, Unknown):
            return {}
        if node.kind is Kind.FACT and not isinstance(self.value(args[0]), Unknown):
            return dict.fromkeys(self._missing(value.facts).always)
        if node.kind is Kind.FOREACH and not isinstance(self.value(args[0]), Unknown):
            return dict.fromkeys(sorted(self._missing(value.facts).always))
        if node.kind is Kind.CALL and self._unclear(args[1:]):
            args = args[1:]
        if node.name == "IF" and node.kind is Kind.OPERATION:
            args = self._open_branches(args)
        return {ref: None for arg in args for ref in self.could_matter(arg)}

    def _open_branches(self, args: tuple[int, ...]) -> tuple[int, ...]:
        if len(args) == 1:
            return args
        when, then, *rest = args
        condition = self.value(when)
        if isinstance(condition, Unknown):
            return (when, then, *self._open_branches(tuple(rest)))
        return (then,) if condition else self._open_branches(tuple(rest))

    def _find(self, node: Node) -> Need:  # noqa: PLR0911 one line per kind of node
        value = self.value(node.number)
        if not isinstance(value, Unknown):
            return SETTLED
        if node.kind is Kind.FACT:
            return self._fact(node, value)
        if node.kind is Kind.OPERATION and node.name == "IF":
            return self._conditional(node.args)
        if node.kind is Kind.OPERATION and node.name in ("AND", "OR"):
            return self._any_may_decide(node.args)
        if node.kind is Kind.CALL:
            return self._call(node)
        if node.kind is Kind.FOREACH:
            return self._loop(node)
        if node.kind is Kind.LOCAL:  # an element that an inner loop could not compute carries what it lacks
            return Need(NOTHING, self._missing(value.facts).first)
        return self._all_needed(node.args)

    def _fact(self, node: Node, value: Unknown) -> Need:
        key = self.value(node.args[0])
        if isinstance(key, Unknown):
            return self.need(node.args[0])
        return self._missing(value.facts)

    def _missing(self, refs: Iterable[FactRef]) -> Need:
        open_ = [ref for ref in sorted(refs) if ref.person and not is_supplied(self.run, ref)]
        for ref in open_:
            if ref not in self.seen:
                self.seen.append(ref)
        return Need(frozenset(open_), open_[0] if open_ else None)

    def _unclear(self, numbers: Iterable[int]) -> list[int]:
        return [number for number in numbers if isinstance(self.value(number), Unknown)]

    def _all_needed(self, numbers: Iterable[int]) -> Need:
        needs = [self.need(number) for number in self._unclear(numbers)]
        if not needs or any(need.is_settled for need in needs):
            return SETTLED
        return Need(frozenset().union(*(need.always for need in needs)), needs[0].first)

    def _any_may_decide(self, numbers: Iterable[int]) -> Need:
        open_ = [need for need in map(self.need, self._unclear(numbers)) if not need.is_settled]
        if not open_:
            return SETTLED
        return Need(frozenset.intersection(*(need.always for need in open_)), open_[0].first)

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
            return SETTLED
        both = self.need(then).always & self._conditional(rest).always
        return Need(condition.always | both, condition.first)

    def _call(self, node: Node) -> Need:
        result, *guards = node.args
        waiting = self._unclear(guards)
        return self._all_needed(waiting) if waiting else self.need(result)

    def _loop(self, node: Node) -> Need:
        if isinstance(self.value(node.args[0]), Unknown):
            return self.need(node.args[0])
        needs = [need for turn in self._turns(node) if not (need := turn).is_settled]
        if not needs:
            return SETTLED
        any_may_decide = loop_of(node).combine in ("AND", "OR")
        sets = [need.always for need in needs]
        always = frozenset.intersection(*sets) if any_may_decide else frozenset().union(*sets)
        return Need(always, needs[0].first)

    def _turns(self, node: Node) -> Iterator[Need]:
        """Yield what each turn of a loop still needs: first whether the element counts, then what it gives."""
        loop = loop_of(node)
        for turn in self.run.iterations.get(node.number, ()):
            with self._inside(turn):
                keep = SETTLED if loop.keep is None else self.need(loop.keep)
                yield self.need(loop.body) if keep.is_settled and turn.kept else keep

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
