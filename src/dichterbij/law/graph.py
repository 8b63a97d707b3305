"""The compiled law: one closed, typed graph in which versions, delegation, hooks and overrides are resolved.

A graph belongs to a law set, a period, a decision day, a territory and the outputs asked for; never to a person.
The scalar evaluator and the column evaluator read the same graph.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import NamedTuple

from .errors import LawError, Place
from .values import Value


class Kind(Enum):
    """What a node is."""

    LITERAL = "literal"  # a value written in the law; `value`
    DEFINITION = "definition"  # a named constant of an article; args = (literal,)
    CONTEXT = "context"  # a date: name is "period" or "decision" (the reference date of the frame)
    SUBJECT = "subject"  # the id of the person the question is about
    PARAMETER = "parameter"  # a named parameter; args = (what the caller passed,)
    GIVEN = "given"  # a parameter the outside caller passed by name
    FACT = "fact"  # a fact of the vocabulary; args = (person id,) or (person id, otherwise)
    LOOKUP = "lookup"  # a record of a data source; args = (key, otherwise)
    INPUT = "input"  # a named input; args = (where it comes from,)
    CALL = "call"  # another article; args = (its output, parameters that may not be absent...)
    OUTPUT = "output"  # a named output; args = (its value,)
    OPEN_TERM = "open_term"  # a delegated term; args = (what fills it,)
    OVERRIDE = "override"  # an output replaced by a special rule; args = (the replacement,)
    OPERATION = "operation"  # `name` is the operation; args are its operands
    PROPERTY = "property"  # a field of a value; args = (record,), detail["property"]
    FOREACH = "foreach"  # args = (collection,), `loop` says what happens per element
    LOCAL = "local"  # the element of a loop
    ARTICLE = "article"  # everything an article does at once; args = (effects..., result)
    ERROR = "error"  # what cannot be resolved; raised only when it is needed


@dataclass(frozen=True, slots=True)
class Declared:
    """What the law declares about a value."""

    type: str = ""
    unit: str = ""
    precision: int | None = None
    nullable: bool = True
    legal_basis: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Loop:
    """Per element of a collection: keep it when `keep` holds, compute `body`, combine the results."""

    local: int
    keep: int | None
    body: int
    combine: str | None


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """One step. `args` are numbers of earlier nodes; `place` is the article and path it was written at."""

    number: int
    kind: Kind
    name: str
    args: tuple[int, ...]
    place: Place
    value: Value = None
    declared: Declared = Declared()
    detail: Mapping[str, str | int | bool | None] = field(default_factory=dict)
    loop: Loop | None = None
    error: LawError | None = None
    frame: int = -1


def below(node: Node) -> tuple[int, ...]:
    """Return the nodes a node rests on, those of a loop's body included."""
    if node.loop is None:
        return node.args
    keep = () if node.loop.keep is None else (node.loop.keep,)
    return (*node.args, node.loop.local, *keep, node.loop.body)


@dataclass(frozen=True, slots=True)
class Frame:
    """One article applied once: by whom it was called and which nodes are its inputs and outputs."""

    number: int
    place: Place
    law_name: str
    url: str
    parameters: Mapping[str, int]
    inputs: Mapping[str, int]
    outputs: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Provenance:
    """Why an output is among the outcomes: asked for, by a hook, or by an overriding rule."""

    kind: str  # "direct" | "reactive" | "override"
    place: Place
    hook_point: str = ""


class LawUse(NamedTuple):
    """A version of a regulation that a graph rests on, with the hash of its file."""

    id: str
    valid_from: str
    valid_to: str
    sha256: str
    name: str
    bwb_id: str
    url: str


@dataclass(frozen=True, slots=True, eq=False)
class Graph:
    """Nodes in an order in which every node comes after its arguments."""

    key: str
    nodes: tuple[Node, ...]
    frames: tuple[Frame, ...]
    outputs: Mapping[str, int]
    provenance: Mapping[str, Provenance]
    laws: tuple["LawUse", ...]
    refusals: tuple[LawError, ...]
    depth: int

    @property
    def facts(self) -> tuple[str, ...]:
        """Return the names of all facts the graph can ask for, in file order."""
        return tuple(dict.fromkeys(node.name for node in self.nodes if node.kind is Kind.FACT))

    def with_below(self, numbers: Iterable[int]) -> frozenset[int]:
        """Return these nodes and all that they rest on."""
        found, open_ = set[int](), list(numbers)
        while open_:
            number = open_.pop()
            if number not in found:
                found.add(number)
                open_ += below(self.nodes[number])
        return frozenset(found)
