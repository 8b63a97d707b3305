"""What a supposition says of the facts: in the world where "income above 30,000" holds, the income lies above that."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from math import ceil, floor
from typing import Final

from .evaluate import Tape
from .graph import Kind, Node
from .reach import Number, Reach, between, only, verdict, without_absence
from .values import Value

MOST_SUPPOSED: Final = 4
"""So many suppositions stand on each other; a further condition says nothing of the facts any more."""
NAMES: Final = (Kind.INPUT, Kind.PARAMETER, Kind.OUTPUT, Kind.OVERRIDE, Kind.DEFINITION)
_MIRRORED: Final = {
    "GREATER_THAN": "LESS_THAN", "GREATER_THAN_OR_EQUAL": "LESS_THAN_OR_EQUAL",
    "LESS_THAN": "GREATER_THAN", "LESS_THAN_OR_EQUAL": "GREATER_THAN_OR_EQUAL",
}  # fmt: skip
_DENIED: Final = {
    "GREATER_THAN": "LESS_THAN_OR_EQUAL", "GREATER_THAN_OR_EQUAL": "LESS_THAN",
    "LESS_THAN": "GREATER_THAN_OR_EQUAL", "LESS_THAN_OR_EQUAL": "GREATER_THAN",
}  # fmt: skip


@dataclass(slots=True, eq=False)
class World:
    """What is supposed about some steps, on top of another world, and what was found under it.

    `rests`: the facts (as bits) whose steps are looked at anew here; all others are as in `under`.
    """

    supposed: Mapping[int, Reach] = field(default_factory=dict)
    under: "World | None" = None
    rests: int = 0
    depth: int = 0
    found: dict[int, Reach] = field(default_factory=dict)
    further: "dict[tuple[int, bool], World | None]" = field(default_factory=dict)


class Worlds:
    """Makes worlds out of worlds. `of`: what a step can be in a world."""

    def __init__(self, tape: Tape, of: "Callable[[int, World], Reach]") -> None:
        self.nodes, self.vocabulary, self.of = tape.graph.nodes, tape.vocabulary, of

    def suppose(self, number: int, world: World, *, holds: bool) -> World | None:
        """Return the world in which a step holds or does not hold, made once; None when it cannot be."""
        key = (number, holds)
        if world.depth >= MOST_SUPPOSED:
            return world if holds in self.of(number, world).truths else None
        if key not in world.further:
            world.further[key] = self._suppose(number, world, holds=holds)
        return world.further[key]

    def _suppose(self, number: int, world: World, *, holds: bool) -> World | None:  # noqa: PLR0911 one line per kind
        reach = self.of(number, world)
        if holds not in reach.truths:
            return None
        if len(reach.truths) == 1:
            return world
        node = self.nodes[number]
        if self._is_name(node, world):
            return self.suppose(node.args[0], world, holds=holds)
        if node.kind is not Kind.OPERATION:
            return self._with_truth(number, world, reach, holds=holds)
        if node.name == "NOT":
            return self.suppose(node.args[0], world, holds=not holds)
        if node.name in ("AND", "OR"):
            return self._suppose_each(node, world, holds=holds)
        compared = self._suppose_compared(node, world, holds=holds)
        return None if compared is None else self._with_truth(number, compared, reach, holds=holds)

    def _suppose_compared(self, node: Node, world: World, *, holds: bool) -> World | None:
        """Return what a comparison, when it holds or does not hold, says of its operands."""
        if node.name in ("EQUALS", "NOT_EQUALS"):
            return self._suppose_equal(node, world, is_equal=holds is (node.name == "EQUALS"))
        if node.name in _DENIED:
            return self._suppose_order(node, world, node.name if holds else _DENIED[node.name])
        return world

    def _is_name(self, node: Node, world: World) -> bool:
        if node.kind is Kind.CALL:
            passed = [self.of(guard, world) for guard in node.args[1:]]
            return not any(guard.may_be_absent for guard in passed)
        return node.kind in NAMES or (node.kind is Kind.OPEN_TERM and len(node.args) == 1)

    def _with_truth(self, number: int, world: World, reach: Reach, *, holds: bool) -> World:
        if reach.few is None:
            return world
        left = tuple(value for value in reach.few if bool(value) is holds)
        return self._with(number, replace(reach, few=left), world)

    def _with(self, number: int, reach: Reach, world: World) -> World:
        home = {**world.supposed, number: reach}
        return World(home, world, 1 << number, world.depth + 1)

    def _suppose_each(self, node: Node, world: World, *, holds: bool) -> World | None:
        """Suppose all operands; where one of several must be so, the step itself."""
        is_or = node.name == "OR"
        open_ = [number for number in node.args if len(self.of(number, world).truths) > 1]
        if holds is is_or and len(open_) > 1:
            return self._with(node.number, verdict(holds), world)
        found: World | None = world
        for number in open_:
            found = self.suppose(number, found, holds=holds) if found is not None else None
        return found

    def _suppose_equal(self, node: Node, world: World, *, is_equal: bool) -> World | None:
        left, right = (self.of(number, world) for number in node.args)
        side, fixed = (node.args[0], right) if right.is_settled else (node.args[1], left)
        if not fixed.is_settled or fixed.few is None:
            return world
        value, reach = fixed.few[0], self.of(side, world)
        if is_equal:
            return self._with_value(side, world, only(value).failing(reach.fails))
        if value is None:
            left_over = without_absence(reach)
            return None if left_over is None else self._with_value(side, world, left_over)
        if reach.few is None:
            return world
        others = tuple(each for each in reach.few if not _is_same(each, value))
        return self._with_value(side, world, replace(reach, few=others)) if others else None

    def _suppose_order(self, node: Node, world: World, name: str) -> World | None:
        left, right = (self.of(number, world) for number in node.args)
        if right.is_settled:
            return self._cut(node.args[0], world, name, right)
        if left.is_settled:
            return self._cut(node.args[1], world, _MIRRORED[name], left)
        return world

    def _cut(self, number: int, world: World, name: str, fixed: Reach) -> World | None:
        """Return the world in which a number lies on one side of a limit."""
        limit, reach, base = (fixed.few or (None,))[0], self.of(number, world), self._base(number, world)
        if type(limit) not in (int, Decimal) or not reach.is_number or reach.few is not None:
            return world
        low, high = reach.low, reach.high
        end: Number = limit  # type: ignore[assignment]
        is_whole = self.nodes[base].kind is Kind.FACT and self.vocabulary[self.nodes[base].name].type == "amount"
        if name.startswith("GREATER"):
            low = max(low, _next(end, name) if is_whole else end)
        else:
            high = min(high, -_next(-end, name) if is_whole else end)
        if low > high:
            return None
        return self._with(base, between(low, high, absent=False, fails=reach.fails), world)

    def _base(self, number: int, world: World) -> int:
        """Return the step that a name stands for."""
        while self._is_name(self.nodes[number], world):
            number = self.nodes[number].args[0]
        return number

    def _with_value(self, number: int, world: World, reach: Reach) -> World:
        return self._with(self._base(number, world), reach, world)


def _is_same(left: Value, right: Value) -> bool:
    return type(left) is type(right) and left == right


def _next(end: Number, name: str) -> Number:
    """Return the first whole number on the right side of a limit."""
    return ceil(end) if name.endswith("OR_EQUAL") else floor(end) + 1
