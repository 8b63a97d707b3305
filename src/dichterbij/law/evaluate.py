"""Run a compiled graph for one person, only as far as needed, and keep the value of every step.

Each node becomes one small function that stores what it finds, made once per graph. Unknown and untranslatable
values travel through every operation; AND, OR and IF look at an operand only when it can still matter.
"""

from dataclasses import dataclass, field
from decimal import localcontext
from typing import Final

from . import steps as step_of
from .arithmetic import EXACT
from .errors import LawError
from .graph import Graph, Kind, Node, below
from .loops import foreach_step
from .operation_steps import operation_step
from .running import Iteration, Run, Step
from .values import SKIPPED, Slot, Value
from .vocabulary import Vocabulary

MAX_DEPTH: Final = 6000


@dataclass(frozen=True, slots=True, eq=False)
class Tape:
    """A graph made ready to run. `rests`: per node which nodes it rests on, itself included, as bits."""

    graph: Graph
    vocabulary: Vocabulary
    steps: tuple[Step, ...]
    names: tuple[tuple[int, int], ...]
    rests: tuple[int, ...]

    def fresh(self) -> list[Slot]:
        """Return the values of a run that has not begun."""
        return [SKIPPED] * len(self.steps)

    def value(self, run: Run, number: int) -> Value:
        """Return the value of a node, computing what it needs."""
        with localcontext(EXACT):
            return self.steps[number](run)

    def outputs(self, run: Run) -> dict[str, Value]:
        """Return the outputs of the graph, and fill in the values of names that stand for other nodes."""
        with localcontext(EXACT):
            found = {name: self.steps[number](run) for name, number in self.graph.outputs.items()}
        self.fill_names(run)
        return found

    def fill_names(self, run: Run) -> None:
        """Give every node that only names another node the value of that node."""
        values = run.values
        for name, target in self.names:
            values[name] = values[target]


def make_tape(graph: Graph, vocabulary: Vocabulary) -> Tape:
    """Return a graph ready to run; raises MaxDepthExceeded."""
    if graph.depth > MAX_DEPTH:
        raise LawError("MaxDepthExceeded", "The rules are nested too deep")
    maker = _Maker(graph, vocabulary)
    steps: list[Step] = []
    for node in graph.nodes:
        steps.append(maker.step(node, steps))
    return Tape(graph, vocabulary, tuple(steps), tuple(maker.names), _rests(graph, tuple(maker.names)))


def _rests(graph: Graph, names: tuple[tuple[int, int], ...]) -> tuple[int, ...]:
    """Return per node which nodes it rests on as bits; names and literals have none of their own."""
    found: list[int] = []
    without = {number for number, _ in names}
    for node in graph.nodes:
        rests = 0
        for number in below(node):
            rests |= found[number]
        if node.kind is not Kind.LITERAL and node.number not in without:
            rests |= 1 << node.number
        found.append(rests)
    return tuple(found)


@dataclass(slots=True)
class _Maker:
    graph: Graph
    vocabulary: Vocabulary
    names: list[tuple[int, int]] = field(default_factory=list)

    def step(self, node: Node, steps: list[Step]) -> Step:
        """Return the function that computes a node."""
        args = [steps[arg] for arg in node.args]
        match node.kind:
            case Kind.OPERATION:
                return operation_step(node, args)
            case Kind.FOREACH:
                return foreach_step(node, self.graph, steps)
            case Kind.ARTICLE:
                return step_of.article(node.number, args)
            case Kind.DEFINITION:
                return self.alias(node, steps)
            case Kind.OUTPUT | Kind.INPUT | Kind.PARAMETER | Kind.OVERRIDE | Kind.CALL | Kind.OPEN_TERM:
                return self.named(node, steps)
            case _:
                return self.source(node, args)

    def source(self, node: Node, args: list[Step]) -> Step:  # noqa: PLR0911 one line per kind of source
        """Return the function that fetches a value."""
        match node.kind:
            case Kind.LITERAL:
                return step_of.constant(node.number, node.value)
            case Kind.CONTEXT:
                return step_of.context(node)
            case Kind.SUBJECT:
                return step_of.subject(node.number)
            case Kind.GIVEN:
                return step_of.given(node)
            case Kind.FACT:
                return step_of.fact(node, self.vocabulary[node.name], args[0])
            case Kind.LOOKUP:
                return step_of.lookup(node, args[0], args[1])
            case Kind.PROPERTY:
                return step_of.property_step(node, args)
            case Kind.LOCAL:
                return step_of.local(node.number)
            case _:
                return step_of.raising(node.error or LawError("InvalidLaw", f"No meaning for '{node.name}'"))

    def alias(self, node: Node, steps: list[Step]) -> Step:
        """Return the step of what a name stands for."""
        self.names.append((node.number, node.args[0]))
        return steps[node.args[0]]

    def named(self, node: Node, steps: list[Step]) -> Step:
        """Return the step of an input, output, call or term, with what it must watch."""
        if node.detail.get("required") and not self.is_certain(node.args[0]):
            return step_of.never_absent(node, steps[node.args[0]], self.provider(node))
        if node.kind is Kind.CALL:
            guards = [steps[arg] for arg in node.args[1:] if not self.is_certain(arg)]
            if guards:
                return step_of.guarded(node.number, steps[node.args[0]], guards)
        if node.kind is Kind.OPEN_TERM and len(node.args) > 1:
            return step_of.or_else(node.number, steps[node.args[0]], steps[node.args[1]])
        return self.alias(node, steps)

    def provider(self, node: Node) -> str:
        """Return the register or law that a named value comes from; empty when a caller passed it."""
        source = self.graph.nodes[node.args[0]]
        if source.kind is Kind.FACT:
            return self.vocabulary[source.name].registry or "applicant"
        return str(source.detail.get("provider") or source.detail.get("law") or "")

    def is_certain(self, number: int) -> bool:
        """Say whether a node always has a value, so that no call is skipped for lack of it."""
        node = self.graph.nodes[number]
        while node.kind in (Kind.PARAMETER, Kind.DEFINITION):
            node = self.graph.nodes[node.args[0]]
        return node.kind is Kind.SUBJECT or (node.kind is Kind.LITERAL and isinstance(node.value, str | int))


__all__ = ["Iteration", "Run", "Step", "Tape", "make_tape"]
