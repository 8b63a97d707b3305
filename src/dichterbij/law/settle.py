"""What is certain although facts are missing: every outcome that the missing facts allow is the same.

A plain evaluation leaves an outcome unknown as soon as a condition is (RFC-036). Here both ways of an open condition
are looked at, each in the world in which it is so (`worlds.py`). What is left is a `Reach` per step; one value left is
the outcome. `Reaches` serves the questions too: nothing is asked for a step of which one outcome is left.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from decimal import localcontext
from typing import Final

from .arithmetic import EXACT
from .errors import LawError
from .evaluate import Run, Tape
from .graph import Kind, Node
from .loops import loop_of
from .operations import OPERATIONS
from .reach import (
    A_NUMBER,
    A_VERDICT,
    ABSENT,
    ANYTHING,
    BROKEN,
    INFINITE,
    SOMETHING,
    TRUE,
    Reach,
    joined,
    known,
    only,
    operated,
    verdict,
    with_absence,
    without_absence,
)
from .running import Iteration
from .terms import TERM_END
from .values import SKIPPED, UNKNOWN, Unknown, Value
from .vocabulary import FactDefinition
from .worlds import NAMES, World, Worlds

MOST_STEPS: Final = 2_000
"""So many steps are looked at per determination; beyond that every further one may be anything."""


class Reaches:
    """The reach of the steps of one run, in any world."""

    def __init__(self, tape: Tape, run: Run) -> None:
        self.tape, self.run, self.nodes, self.rests = tape, run, tape.graph.nodes, tape.rests
        self.actual, self.worlds = World(), Worlds(tape, self.of)
        self.names = dict(tape.names)
        self.left = MOST_STEPS

    def of(self, number: int, world: World) -> Reach:
        """Return what a step can be in a world."""
        while number in self.names:
            number = self.names[number]
        world = self.home(number, world)
        reach = world.found.get(number)
        if reach is None:
            reach = world.found[number] = self._find(self.nodes[number], world)
        return reach

    def home(self, number: int, world: World) -> World:
        """Return the lowest world in which a step is as it is in this one."""
        rests = self.rests[number]
        while not rests & world.rests and world.under is not None:
            world = world.under
        return world

    def strictly(self, number: int) -> Value | LawError:
        """Return what the plain evaluation of a step gives."""
        found = self.run.values[number]
        if found is not SKIPPED:
            return found
        try:
            return self.tape.value(self.run, number)
        except LawError as error:
            return error

    def _find(self, node: Node, world: World) -> Reach:
        value = self.strictly(node.number)
        if isinstance(value, LawError):
            return BROKEN
        if not isinstance(value, Unknown):
            return known(value)
        supposed = world.supposed.get(node.number)
        if supposed is not None:
            return supposed
        if self.left <= 0:
            return BROKEN
        self.left -= 1
        return self._of_open(node, world)

    def _of_open(self, node: Node, world: World) -> Reach:  # noqa: PLR0911 one line per kind of node
        match node.kind:
            case Kind.OPERATION if node.name == "IF":
                return self._conditional(node.args, world)
            case Kind.OPERATION if node.name in ("AND", "OR"):
                return self._decided(node, world)
            case Kind.OPERATION if node.name in OPERATIONS:
                operands = [self.of(number, world) for number in node.args]
                fixed = {key: node.detail[key] for key in OPERATIONS[node.name].fixed}
                return operated(OPERATIONS[node.name], operands, dict(fixed), strict=_is_strict(node))
            case Kind.FACT:
                return self._fact(node, world)
            case Kind.FOREACH:
                return self._loop(node, world)
            case Kind.CALL:
                return self._call(node, world)
            case Kind.OPEN_TERM if len(node.args) > 1:
                return self._or_else(node, world)
            case _ if node.kind in NAMES or node.kind is Kind.OPEN_TERM:
                return self._named(node, world)
        return SOMETHING if node.name == TERM_END else ANYTHING

    def _fact(self, node: Node, world: World) -> Reach:
        """Return what a fact can be; of a person who is certain in this world, what was supplied of them."""
        person = self.of(node.args[0], world)
        if person.few is None or person.fails:
            return _of_type(self.tape.vocabulary[node.name])
        return joined(self._fact_of(node, each) for each in person.few)

    def _fact_of(self, node: Node, person: Value) -> Reach:
        fact = self.tape.vocabulary[node.name]
        if not isinstance(person, str):
            return ABSENT if person is None else BROKEN
        supplied = self.run.persons.get(person, {}).get(node.name, UNKNOWN)
        if supplied is UNKNOWN:
            return _of_type(fact)
        try:
            return known(self.tape.vocabulary.read(node.name, supplied))
        except LawError:
            return BROKEN

    def _named(self, node: Node, world: World) -> Reach:
        reach = self.of(node.args[0], world)
        if not node.detail.get("required"):
            return reach
        return without_absence(reach) or BROKEN

    def _or_else(self, node: Node, world: World) -> Reach:
        first = self.of(node.args[0], world)
        if not first.may_be_absent:
            return first
        present = without_absence(first)
        otherwise = self.of(node.args[1], world)
        return otherwise if present is None else joined((present, otherwise))

    def _call(self, node: Node, world: World) -> Reach:
        result, *guards = node.args
        passed = [self.of(guard, world) for guard in guards]
        if any(guard.few == (None,) for guard in passed):
            return ABSENT
        reach = self.of(result, world)
        found = with_absence(reach) if any(guard.may_be_absent for guard in passed) else reach
        return found.failing(any(guard.fails for guard in passed))

    # -- conditions --------------------------------------------------------------------------------------------

    def _conditional(self, args: tuple[int, ...], world: World) -> Reach:
        if len(args) == 1:
            return self.of(args[0], world)
        when, then, *rest = args
        condition, parts = self.of(when, world), []
        taken, passed = self.ways(args, world)
        if taken is not None:
            parts.append(self.of(then, taken))
        if passed is not None:
            parts.append(self._conditional(tuple(rest), passed))
        found = BROKEN if not parts else parts[0] if len(parts) == 1 else joined(parts)
        return found.failing(condition.fails)

    def ways(self, args: tuple[int, ...], world: World) -> tuple[World | None, World | None]:
        """Return the worlds in which the first condition of an IF holds and does not hold; None for what cannot be."""
        when, then, *rest = args
        truths = self.of(when, world).truths
        if len(truths) == 1:
            return (world, None) if True in truths else (None, world)
        return self._where(when, world, (then,), holds=True), self._where(when, world, rest, holds=False)

    def _where(self, when: int, world: World, looked_at: Iterable[int], *, holds: bool) -> World | None:
        """Return the world in which a condition holds or not; this one when that does not touch what is looked at."""
        own = self.rests[when]
        if any(own & self.rests[number] for number in looked_at):
            return self.worlds.suppose(when, world, holds=holds)
        return world

    def _decided(self, node: Node, world: World) -> Reach:
        is_or, truths, fails = node.name == "OR", set[bool](), False
        for number in node.args:
            reach = self.of(number, world)
            own = reach.truths
            if own == {is_or}:
                return verdict(is_or)
            truths |= own
            fails |= reach.fails
        return (A_VERDICT if is_or in truths else verdict(not is_or)).failing(fails)

    # -- loops -------------------------------------------------------------------------------------------------

    def _loop(self, node: Node, world: World) -> Reach:
        if isinstance(self.strictly(node.args[0]), Unknown):
            return _combined_of_many(loop_of(node).combine)
        return self._combined(node, list(self._turns(node, world)))

    def _turns(self, node: Node, world: World) -> Iterator[tuple[Reach, Reach]]:
        """Yield per turn of a loop whether it counts and what it gives."""
        loop = loop_of(node)
        for turn in self.run.iterations.get(node.number, ()):
            with self.inside(turn, world) as own:
                yield (TRUE if loop.keep is None else self.of(loop.keep, own)), self.of(loop.body, own)

    def _combined(self, node: Node, turns: list[tuple[Reach, Reach]]) -> Reach:
        combine = loop_of(node).combine
        counted = [(keep.truths, body) for keep, body in turns if True in keep.truths]
        fails = any(keep.fails for keep, _ in turns) or any(body.fails for _, body in counted)
        if not _is_strict(node):
            return BROKEN
        if combine == "ADD":
            parts = [only(0), *(body if False not in truths else joined((body, only(0))) for truths, body in counted)]
            return operated(OPERATIONS["ADD"], parts, {}, strict=True).failing(fails)
        if combine in ("AND", "OR"):
            return _verdict(counted, decisive=combine == "OR").failing(fails)
        return _combined_of_many(combine).failing(fails)

    @contextmanager
    def inside(self, turn: Iteration, world: World) -> Iterator[World]:
        """Look at the values of one turn of a loop; forget afterwards what was found inside it."""
        values, iterations = self.run.values, self.run.iterations
        outer = {number: values[number] for number in turn.values}
        for number, value in turn.values.items():
            values[number] = value
        self.run.iterations = {**iterations, **turn.iterations}
        try:
            yield World(world.supposed)
        finally:
            for number, value in outer.items():
                values[number] = value
            met_inside = {number: turns for number, turns in self.run.iterations.items() if number not in turn.values}
            self.run.iterations = {**iterations, **met_inside}


def _combined_of_many(combine: str | None) -> Reach:
    if combine in ("AND", "OR"):
        return A_VERDICT
    if combine == "ADD":
        return A_NUMBER
    return ANYTHING if combine else SOMETHING


def _verdict(counted: list[tuple[frozenset[bool], Reach]], *, decisive: bool) -> Reach:
    if any(False not in truths and body.truths == {decisive} for truths, body in counted):
        return verdict(decisive)
    return A_VERDICT if any(decisive in body.truths for _, body in counted) else verdict(not decisive)


def _is_strict(node: Node) -> bool:
    return bool(node.detail.get("strict"))


_YES_NO_OR_NOTHING: Final = only(True, False, None)


def _of_type(fact: FactDefinition) -> Reach:
    """Return what a fact can be before anybody supplied it."""
    if fact.values:
        return only(*fact.values, None)
    if fact.type == "boolean":
        return _YES_NO_OR_NOTHING
    return Reach(is_number=fact.type in ("amount", "number"), low=-INFINITE, high=INFINITE)


# -- an outcome that is certain ----------------------------------------------------------------------------------


def settle(reaches: Reaches, outputs: Iterable[int]) -> frozenset[int]:
    """Give each step of these outputs that is certain its value; returns the steps that the plain run left unknown."""
    values = reaches.run.values
    with localcontext(EXACT):
        for number in outputs:
            reaches.of(number, reaches.actual)
    found = reaches.actual.found.items()
    certain = {number: reach.few[0] for number, reach in found if reach.is_settled and reach.few}
    changed = frozenset(number for number in certain if isinstance(values[number], Unknown))
    for number in changed:
        values[number] = certain[number]
    reaches.tape.fill_names(reaches.run)
    return changed
