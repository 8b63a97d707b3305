"""The trace of a run in trace schema v1 (RFC-039): a pure function of the graph and its values.

Made only when asked. Steps that were not needed are not in it; a step used again is `cached`. A value that rests
on facts of another person is left out (`privacy`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from .graph import Graph, Kind, Node
from .loops import loop_of
from .running import Iteration
from .values import SKIPPED, Slot
from .vocabulary import Vocabulary
from .written import Json, as_json

if TYPE_CHECKING:
    from .determine import Evaluation

VERSION: Final = 1
CERTAIN: Final = "The same whatever the facts are that were not supplied"
_RESOLVED: Final = {
    Kind.DEFINITION: "DEFINITION",
    Kind.PARAMETER: "PARAMETER",
    Kind.GIVEN: "PARAMETER",
    Kind.SUBJECT: "PARAMETER",
    Kind.CONTEXT: "CONTEXT",
    Kind.LOCAL: "LOCAL",
    Kind.PROPERTY: "LOCAL",
    Kind.FACT: "DATA_SOURCE",
    Kind.LOOKUP: "DATA_SOURCE",
}
_UNITS: Final = ("euro", "eurocent", "ratio", "percentage", "years", "weeks", "months", "days")
Step = dict[str, Json]


def trace_of(result: "Evaluation", vocabulary: Vocabulary, hidden: frozenset[int]) -> dict[str, Json]:
    """Return the trace document of a determination."""
    writer = _Writer(result.graph, result.values, result.iterations, vocabulary, hidden, result.certain)
    question = result.question
    root: Step = {"node_type": "cross_law_reference", "name": f"{question.law}#{','.join(result.graph.outputs)}"}
    steps = [writer.top(name, number) for name, number in result.graph.outputs.items()]
    root["children"] = [step for step in steps if step is not None]
    _number(root, "n")
    return {"trace_version": VERSION, "root": root}


def _number(step: Step, number: str) -> None:
    step["node_id"] = number
    children = step.get("children")
    if not isinstance(children, list):
        return
    for index, child in enumerate(children):
        if isinstance(child, dict):
            _number(child, f"n{index}" if number == "n" else f"{number}.{index}")


@dataclass(slots=True)
class _Writer:
    graph: Graph
    values: "Sequence[Slot] | Mapping[int, Slot]"
    iterations: Mapping[int, Sequence[Iteration]]
    vocabulary: Vocabulary
    hidden: frozenset[int]
    certain: frozenset[int] = frozenset()
    shown: set[int] = field(default_factory=set)
    anchors: dict[tuple[str, str, str, int], Json] = field(default_factory=dict)

    def value(self, number: int) -> Slot:
        return self.values[number]

    def top(self, name: str, number: int) -> Step | None:
        """Return the step of an output asked for, or of an output that a hook added."""
        step = self.step(number)
        provenance = self.graph.provenance.get(name)
        if step is None or provenance is None or provenance.kind == "direct":
            return step
        kind = "override_resolution" if provenance.kind == "override" else "hook_resolution"
        return {"node_type": kind, "name": name, **self.result(number), "children": [step]}

    def step(self, number: int) -> Step | None:
        """Return the step of a node, None when it was not needed or is a bare literal."""
        node = self.graph.nodes[number]
        if self.value(number) is SKIPPED or node.kind is Kind.LITERAL:
            return None
        match node.kind:
            case Kind.OUTPUT | Kind.OVERRIDE | Kind.OPEN_TERM | Kind.CALL:
                return self.named(node)
            case Kind.INPUT:
                return self.input(node)
            case Kind.OPERATION | Kind.FOREACH | Kind.ARTICLE:
                return self.operation(node)
            case _:
                return self.resolve(node, _RESOLVED.get(node.kind, "INPUT"))

    def base(self, node: Node, kind: str, name: str) -> Step:
        """Return what every step has: kind, name, result, anchor, path."""
        step: Step = {"node_type": kind, "name": name, **self.result(node.number)}
        if node.number in self.certain:
            step["message"] = CERTAIN
        place = node.place
        if place.law:
            step["anchor"] = self.anchor(node)
        if place.path:
            step["yaml_path"] = place.path
        if node.declared.legal_basis:
            step["legal_basis"] = dict(node.declared.legal_basis)
        spec = type_spec(node)
        if spec:
            step["type_spec"] = spec
        return step

    def result(self, number: int) -> Step:
        """Return the value of a node, unless it may not be shown."""
        return {} if number in self.hidden else {"result": as_json(self.value(number))}

    def anchor(self, node: Node) -> Json:
        """Return the provision a step stands in."""
        known = (node.place.law, node.place.valid_from, node.place.article, node.frame)
        if known not in self.anchors:
            self.anchors[known] = self._anchor(node)
        return self.anchors[known]

    def _anchor(self, node: Node) -> Json:
        place = node.place
        law = next((law for law in self.graph.laws if (law.id, law.valid_from) == (place.law, place.valid_from)), None)
        parts = {
            "law_id": place.law,
            "law": law.name if law else "",
            "bwb_id": law.bwb_id if law else "",
            "article": place.article,
            "url": self.graph.frames[node.frame].url if node.frame >= 0 else "",
            "valid_from": place.valid_from,
        }
        return {key: value for key, value in parts.items() if value}

    def resolve(self, node: Node, kind: str) -> Step:
        """Return the step of looking a value up."""
        step = self.base(node, "resolve", node.name)
        step["resolve_type"] = kind
        source: Step = {"kind": kind}
        fact = self.vocabulary.get(node.name) if node.kind is Kind.FACT else None
        provider = fact.registry if fact else str(node.detail.get("provider", ""))
        if provider:
            source["provider"] = provider
        step["source"] = source
        return step

    def named(self, node: Node) -> Step:
        """Return the step of an output, term, special rule or call; the second time it is cached."""
        kinds = {Kind.OVERRIDE: "override_resolution", Kind.OPEN_TERM: "open_term_resolution", Kind.OUTPUT: "action"}
        kind = kinds.get(node.kind, "cross_law_reference")
        if node.number in self.shown:
            return self.base(node, "cached", node.name)
        self.shown.add(node.number)
        step = self.base(node, kind, node.name)
        if node.kind is Kind.OUTPUT:
            step["uri"] = f"regelrecht://{node.place.law}/{node.name}"
        return self.with_children(step, node.args)

    def input(self, node: Node) -> Step:
        """Return the step of an input: a fact, or a reference to another article."""
        source = self.graph.nodes[node.args[0]]
        if source.kind in (Kind.FACT, Kind.LOOKUP):
            step = self.resolve(source, "DATA_SOURCE")
            return {**step, **self.base(node, "resolve", node.name)}
        step = self.base(node, "resolve", node.name)
        step["resolve_type"] = "RESOLVED_INPUT"
        step["source"] = {"kind": "RESOLVED_INPUT"}
        if node.number in self.shown:
            return step
        self.shown.add(node.number)
        return self.with_children(step, node.args)

    def operation(self, node: Node) -> Step:
        """Return the step of an operation with the operands that were looked at."""
        kind = "article" if node.kind is Kind.ARTICLE else "operation"
        step = self.base(node, kind, node.name.split(":")[0])
        if node.kind is Kind.FOREACH:
            return self.loop(step, node)
        return self.with_children(step, node.args)

    def with_children(self, step: Step, args: Sequence[int]) -> Step:
        """Add the steps of arguments that were needed."""
        children: list[Json] = [child for child in map(self.step, args) if child is not None]
        if children:
            step["children"] = children
        return step

    def loop(self, step: Step, node: Node) -> Step:
        """Add the collection and one step per element."""
        self.with_children(step, node.args)
        children = step.get("children")
        turns: list[Json] = [self.element(node, i, item) for i, item in enumerate(self.iterations.get(node.number, ()))]
        step["children"] = [*(children if isinstance(children, list) else []), *turns]
        return step

    def element(self, node: Node, index: int, item: Iteration) -> Step:
        """Return the step of one element of a loop."""
        loop = loop_of(node)
        inner = _Writer(
            self.graph,
            _Inside(item.values, self.values),
            item.iterations,
            self.vocabulary,
            self.hidden,
            self.certain,
            set(self.shown),
        )
        step: Step = {"node_type": "operation", "name": f"{self.graph.nodes[loop.local].name}[{index}]"}
        if item.kept:
            step |= inner.result(loop.body)
        parts = [part for part in (loop.keep, loop.body) if part is not None]
        return inner.with_children(step, parts)


@dataclass(frozen=True, slots=True)
class _Inside(Mapping[int, Slot]):
    """Values of one turn of a loop, over the values around it."""

    inner: Mapping[int, Slot]
    outer: "Sequence[Slot] | Mapping[int, Slot]"

    def __getitem__(self, number: int) -> Slot:
        return self.inner[number] if number in self.inner else self.outer[number]

    def __iter__(self):  # type: ignore[no-untyped-def]
        return iter(self.inner)

    def __len__(self) -> int:
        return len(self.inner)


def type_spec(node: Node) -> Step:
    """Return unit and precision as the law declares them."""
    spec: Step = {"unit": node.declared.unit} if node.declared.unit in _UNITS else {}
    if node.declared.precision is not None:
        spec["precision"] = node.declared.precision
    return spec
