"""FOREACH: go over a collection, keep what counts, combine (RFC-016)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import DecimalException
from typing import Final

from .comparing import indefinite
from .errors import LawError
from .graph import Graph, Loop, Node, below
from .operation_steps import absent_operand
from .operations import COMBINE
from .running import Iteration, Run, Step
from .values import SKIPPED, Slot, Unknown, Untranslatable, Value

MAX_ITEMS: Final = 1000


def inner_nodes(graph: Graph, loop: Loop) -> tuple[int, ...]:
    """Return the nodes that depend on the element of a loop, in order."""
    inside = {loop.local}
    for node in graph.nodes[loop.local + 1 :]:
        if not inside.isdisjoint(below(node)):
            inside.add(node.number)
    return tuple(sorted(inside))


def foreach_step(node: Node, graph: Graph, steps: Sequence[Step]) -> Step:
    """Return the function that computes a loop."""
    loop, number, collection = loop_of(node), node.number, steps[node.args[0]]
    inside = tuple(n for n in inner_nodes(graph, loop) if n < number)
    turns = Turns(node, loop, inside, steps[loop.keep] if loop.keep is not None else None, steps[loop.body])

    def step(run: Run) -> Value:
        found = run.values[number]
        if found is not SKIPPED:
            return found
        items = collection(run)
        value = items if isinstance(items, Unknown | Untranslatable) else turns.over(run, elements(items))
        run.values[number] = value
        return value

    return step


def elements(items: Value) -> tuple[Value, ...]:
    """Return what a loop goes over: nothing for absent, one element for a single value."""
    if items is None:
        return ()
    found = items if isinstance(items, tuple) else (items,)
    if len(found) > MAX_ITEMS:
        raise LawError("MaxDepthExceeded", f"A collection holds more than {MAX_ITEMS} elements")
    return found


@dataclass(frozen=True, slots=True)
class Turns:
    """A loop made ready: the nodes inside it, what keeps an element, and what is computed for it."""

    node: Node
    loop: Loop
    inside: tuple[int, ...]
    keep: Step | None
    body: Step

    def over(self, run: Run, items: tuple[Value, ...]) -> Value:
        """Return the combined results, and keep the values of each turn for the trace."""
        results: list[Value] = []
        outer, turns = run.iterations, []
        for element in items:
            for inner in self.inside:
                run.values[inner] = SKIPPED
            run.values[self.loop.local] = element
            run.iterations = {}
            kept = self.is_kept(run)
            if kept is None or isinstance(kept, Unknown | Untranslatable):
                results.append(kept)
            elif kept:
                results.append(self.body(run))
            seen: dict[int, Slot] = {inner: run.values[inner] for inner in self.inside}
            turns.append(Iteration(element, kept is True, seen, run.iterations))
        run.iterations = outer
        outer[self.node.number] = turns
        return combined(results, self.loop.combine, self.node)

    def is_kept(self, run: Run) -> Value:
        """Say whether the element counts; an absent condition is an error, or before RFC-036 makes all absent."""
        kept = True if self.keep is None else self.keep(run)
        if kept is None and self.node.detail.get("strict"):
            raise absent_operand(self.node)
        return kept


def loop_of(node: Node) -> Loop:
    """Return what a FOREACH node does per element."""
    if node.loop is None:
        raise LawError("InvalidLaw", "FOREACH without a loop", node.place)
    return node.loop


def combined(results: list[Value], combine: str | None, node: Node) -> Value:
    """Return the results as a list, or as their sum, lowest, highest, or as all or any of them."""
    if combine is None:
        return tuple(results)
    if combine in ("AND", "OR"):
        return _verdict(results, node, decisive=combine == "OR")
    if any(isinstance(result, Unknown | Untranslatable) for result in results):
        return indefinite(tuple(results))
    if None in results and node.detail.get("strict"):
        raise absent_operand(node)
    known: list[Value] = [result for result in results if result is not None]
    if not known:
        return 0 if combine == "ADD" else None
    return _folded(known, COMBINE.get(combine), node)


def _folded(results: list[Value], compute: Callable[..., Value] | None, node: Node) -> Value:
    if compute is None:
        raise LawError("InvalidOperation", "FOREACH combines with ADD, OR, AND, MIN or MAX", node.place)
    value = results[0]
    try:
        for result in results[1:]:
            value = compute(value, result)
    except LawError as error:
        raise error.at(node.place) from None
    except DecimalException:
        raise LawError("ArithmeticOverflow", "Arithmetic overflow in FOREACH", node.place) from None
    return value


def _verdict(results: list[Value], node: Node, *, decisive: bool) -> Value:
    taint = next((result for result in results if isinstance(result, Untranslatable)), None)
    if taint is not None:
        return taint
    if None in results and node.detail.get("strict"):
        raise absent_operand(node)
    if any(bool(result) is decisive for result in results if not isinstance(result, Unknown)):
        return decisive
    unclear = tuple(result for result in results if isinstance(result, Unknown))
    return indefinite(unclear) if unclear else not decisive
