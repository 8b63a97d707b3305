"""Protected grounds used as a condition: nationality, health, marital state and the like decide what somebody gets.

No fault by itself: laws do that on purpose. It is listed so that somebody asks why. Which facts are protected, and
by which article, stands in `protected_grounds.yaml` beside the vocabulary.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from ..document import read_yaml
from ..graph import Graph, Kind, Node
from ..lawset import LawSet
from ..operations import gives_verdict
from ..parse import text
from .walk import Found

FILE: Final = "protected_grounds.yaml"


@dataclass(frozen=True, slots=True)
class Ground:
    """What a fact says something about, and the article that protects it."""

    ground: str
    source: str


def protected(laws: LawSet) -> dict[str, Ground]:
    """Return the facts that are protected, from the folders of a law set; a later folder adds to it."""
    found: dict[str, Ground] = {}
    for file in (root / FILE for root in laws.roots):
        data = read_yaml(file.read_text(encoding="utf-8"), str(file)) if file.is_file() else {}
        for fact, said in data.items() if isinstance(data, dict) else ():
            if isinstance(said, dict):
                found[fact] = Ground(text(said, "ground"), text(said, "source"))
    return found


def ground_findings(graph: Graph, grounds: Mapping[str, Ground]) -> Iterator[Found]:
    """Yield each article that decides on a protected fact, directly or by something computed from it."""
    carried: list[frozenset[str]] = []
    for node in graph.nodes:
        carried.append(_carried(node, carried, grounds))
        for fact in sorted(_decides_on(node, carried)):
            ground = grounds[fact]
            sentence = f"Deze regel beslist op '{fact}': {ground.ground} ({ground.source})."
            yield Found.at(node.place, "ProtectedGround", sentence)


def _carried(node: Node, carried: list[frozenset[str]], grounds: Mapping[str, Ground]) -> frozenset[str]:
    """Return the protected facts whose value a step passes on; a condition passes on only its verdict."""
    if node.kind is Kind.FACT:
        return frozenset({node.name} & grounds.keys())
    if _is_verdict(node) or node.kind in (Kind.CALL, Kind.FOREACH):
        return frozenset()
    args = (*node.args[1::2], node.args[-1]) if node.name == "IF" and node.kind is Kind.OPERATION else node.args
    return frozenset().union(*(carried[arg] for arg in args))


def _is_verdict(node: Node) -> bool:
    return node.kind is Kind.OPERATION and gives_verdict(node.name)


def _decides_on(node: Node, carried: list[frozenset[str]]) -> frozenset[str]:
    if _is_verdict(node):
        conditions = node.args
    elif node.kind is Kind.OPERATION and node.name == "IF":
        conditions = node.args[:-1:2]
    elif node.loop is not None and node.loop.keep is not None:
        conditions = (node.loop.keep,)
    else:
        return frozenset()
    return frozenset().union(*(carried[arg] for arg in conditions))
