"""What the checks share: findings, and looking through names to what they stand for."""

from dataclasses import dataclass
from typing import Final

from ..errors import Place
from ..graph import Graph, Kind, Node

NAMES: Final = frozenset((
    Kind.OUTPUT, Kind.INPUT, Kind.PARAMETER, Kind.DEFINITION, Kind.OVERRIDE, Kind.ARTICLE, Kind.OPEN_TERM, Kind.CALL,
))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """One finding, with its place in the law."""

    law: str
    valid_from: str
    article: str
    path: str
    name: str
    sentence: str

    @classmethod
    def at(cls, place: Place, name: str, sentence: str) -> "Found":
        """Return a finding at a place."""
        return cls(place.law, place.valid_from, place.article, place.path, name, sentence)


def behind(graph: Graph, number: int) -> Node:
    """Return the node that a name stands for: through outputs, inputs, calls and definitions."""
    node = graph.nodes[number]
    while node.kind in NAMES:
        node = graph.nodes[node.args[-1] if node.kind is Kind.ARTICLE else node.args[0]]
    return node


def is_null(graph: Graph, number: int) -> bool:
    """Say whether a node is the literal absence."""
    node = behind(graph, number)
    return node.kind is Kind.LITERAL and node.value is None


def operation_word(node: Node) -> str:
    """Return the name of an operation as the format writes it."""
    return node.name.split(":")[0]
