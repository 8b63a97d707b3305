"""Whose facts a step rests on, and which steps may therefore not be shown with their value.

A fact of another person is shown by name and source, never by value, unless both claim together (`shown_to:
joint`). What is computed from such a fact could give it away, so it is hidden too; only an outcome that the
question asks for is always shown.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from .graph import Graph, Kind, Node, below
from .running import Iteration
from .values import SKIPPED, Slot
from .vocabulary import Vocabulary

if TYPE_CHECKING:
    from .determine import Determined, Open

JOINT = "joint"


def hidden_steps(result: "Determined | Open", vocabulary: Vocabulary) -> frozenset[int]:
    """Return the nodes whose value is not for the eyes of the person the question is about."""
    return hidden_nodes(
        result.graph, result.values, result.iterations, result.question.subject, vocabulary
    ) - frozenset(result.graph.outputs.values())


def hidden_nodes(
    graph: Graph,
    values: Sequence[Slot],
    iterations: Mapping[int, Sequence[Iteration]],
    subject: str,
    vocabulary: Vocabulary,
) -> frozenset[int]:
    """Return the nodes that rest on a fact of another person, in this run."""
    inside = {number for items in iterations.values() for item in items for number in item.values}
    hidden: set[int] = set()
    for node in graph.nodes:
        used = values[node.number] is not SKIPPED or node.number in inside
        if used and (_is_hidden_fact(node, values, subject, vocabulary, inside) or not hidden.isdisjoint(below(node))):
            hidden.add(node.number)
    return frozenset(hidden)


def _is_hidden_fact(node: Node, values: Sequence[Slot], subject: str, vocabulary: Vocabulary, inside: set[int]) -> bool:
    if node.kind is not Kind.FACT or vocabulary[node.name].shown_to == JOINT:
        return False
    return node.number in inside or values[node.args[0]] != subject
