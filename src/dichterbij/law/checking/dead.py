"""Cases that can never apply: a condition that is always or never true, or that stands there twice."""

from collections.abc import Iterator
from typing import Final

from ..graph import Graph, Kind, Node
from ..vocabulary import Vocabulary
from .walk import Found, behind

_COMPARES: Final = ("EQUALS", "NOT_EQUALS", "IN", "NOT_IN", "IN:value", "NOT_IN:value")


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


def word_findings(graph: Graph, vocabulary: Vocabulary) -> Iterator[Found]:
    """Yield comparisons of a fact with a word that the vocabulary does not let it have."""
    for node in graph.nodes:
        if node.kind is Kind.OPERATION and node.name in _COMPARES:
            compared = [behind(graph, arg) for arg in node.args]
            allowed = {word for each in compared if each.kind is Kind.FACT for word in vocabulary[each.name].values}
            for word in _words(compared) - allowed if allowed else ():
                yield Found.at(node.place, "DeadCase", f"Het gegeven kan nooit '{word}' zijn. Zie facts.yaml.")


def _words(nodes: list[Node]) -> set[str]:
    literals = [node.value for node in nodes if node.kind is Kind.LITERAL]
    flat = [item for value in literals for item in (value if isinstance(value, tuple) else (value,))]
    return {item for item in flat if isinstance(item, str)}
