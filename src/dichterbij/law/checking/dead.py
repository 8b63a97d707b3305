"""Cases that can never apply: a condition that is always or never true, or that stands there twice."""

from collections.abc import Iterator

from ..graph import Graph, Kind, Node
from .walk import Found, behind


def dead_findings(graph: Graph) -> Iterator[Found]:
    """Yield cases of an IF that no person can reach."""
    for node in graph.nodes:
        if node.kind is Kind.OPERATION and node.name == "IF":
            yield from _of_conditional(graph, node)


def _of_conditional(graph: Graph, node: Node) -> Iterator[Found]:
    seen: set[int] = set()
    for when in node.args[:-1:2]:
        condition = behind(graph, when)
        if condition.kind is Kind.LITERAL:
            word = "altijd" if condition.value else "nooit"
            yield Found.at(node.place, "DeadCase", f"Een voorwaarde van deze IF geldt {word}.")
        if condition.number in seen:
            yield Found.at(node.place, "DeadCase", "Dezelfde voorwaarde staat twee keer in deze IF.")
        seen.add(condition.number)
