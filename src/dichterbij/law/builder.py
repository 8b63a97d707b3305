"""Collects the nodes of a graph; what is the same is made once."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from .errors import LawError, Place
from .graph import Declared, Frame, Kind, Loop, Node
from .values import Value

Detail = Mapping[str, str | int | bool | None]
_NONE: Detail = {}


@dataclass(slots=True)
class Builder:
    """Nodes in order of making: arguments always come before what uses them."""

    nodes: list[Node] = field(default_factory=list)
    frames: list[Frame] = field(default_factory=list)
    refusals: list[LawError] = field(default_factory=list)
    made: dict[tuple[object, ...], int] = field(default_factory=dict)

    def add(
        self,
        kind: Kind,
        name: str,
        args: tuple[int, ...] = (),
        place: Place | None = None,
        *,
        value: Value = None,
        declared: Declared | None = None,
        detail: Detail = _NONE,
        frame: int = -1,
    ) -> int:
        """Return the number of this node, new or made before at the same place with the same arguments."""
        place = place or Place()
        known = (kind, name, args, place, repr(value), tuple(sorted(detail.items())), frame)
        if known not in self.made:
            self.made[known] = self.append(
                Node(len(self.nodes), kind, name, args, place, value, declared or Declared(), detail, frame=frame)
            )
        return self.made[known]

    def append(self, node: Node) -> int:
        """Add a node that is never shared."""
        self.nodes.append(node)
        return node.number

    def literal(self, value: Value, place: Place) -> int:
        """Return a node for a value written in the law."""
        return self.add(Kind.LITERAL, "", place=place, value=value)

    def error(self, error: LawError, place: Place) -> int:
        """Return a node that raises the error when it is needed."""
        node = Node(len(self.nodes), Kind.ERROR, error.name, (), place, error=error.at(place))
        return self.append(node)

    def local(self, name: str, place: Place) -> int:
        """Return a fresh node for the element of a loop."""
        return self.append(Node(len(self.nodes), Kind.LOCAL, name, (), place))

    def foreach(self, collection: int, loop: Loop, place: Place, *, strict: bool) -> int:
        """Return a node that goes over a collection; `strict`: an absent result is an error."""
        detail: Detail = {"strict": strict}
        return self.append(
            Node(len(self.nodes), Kind.FOREACH, "FOREACH", (collection,), place, detail=detail, loop=loop)
        )
