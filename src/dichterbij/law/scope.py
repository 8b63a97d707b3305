"""One article being compiled: whose parameters it has and which names it can see."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from .errors import Place
from .model import Article, LawVersion

PERIOD, DECISION = "period", "decision"


Stack = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Calling:
    """How an article is called: its parameters, whose day's law applies, and the outputs that led here."""

    parameters: Mapping[str, int]
    when: str
    stack: Stack

    def deeper(self, law: str, output: str, parameters: Mapping[str, int] | None = None) -> "Calling":
        """Return the call of the next output, with parameters of its own."""
        passed = self.parameters if parameters is None else parameters
        return Calling(passed, self.when, (*self.stack, (law, output)))


@dataclass(slots=True, eq=False)
class Scope:
    """An article of a law version with the nodes of its parameters; filled while it is compiled."""

    number: int
    law: LawVersion
    article: Article
    calling: Calling
    inputs: dict[str, int] = field(default_factory=dict)
    outputs: dict[str, int] = field(default_factory=dict)
    actions: dict[int, int] = field(default_factory=dict)
    open_terms: dict[str, int] = field(default_factory=dict)
    extra: dict[str, int] = field(default_factory=dict)
    busy: set[str] = field(default_factory=set)

    @property
    def when(self) -> str:
        """Return whose day's law applies: of the period or of the decision."""
        return self.calling.when

    @property
    def parameters(self) -> Mapping[str, int]:
        """Return the nodes of the parameters that were passed."""
        return self.calling.parameters

    @property
    def stack(self) -> Stack:
        """Return the outputs that led here."""
        return self.calling.stack

    @property
    def caller(self) -> str:
        """Return the law that called this article; empty when the question did."""
        callers = [law for law, _ in self.stack[:-1]]
        return callers[-1] if callers else ""

    def place(self, path: str = "") -> Place:
        """Return the place of something in this article; paths as in trace schema v1."""
        full = f"articles.{self.article.label}.machine_readable" + (f".{path}" if path else "")
        return Place(self.law.id, self.article.number, self.law.valid_from, full)


@dataclass(frozen=True, slots=True)
class Names:
    """What an expression can see beside the article: loop elements, and actions before its own."""

    before: int
    locals: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class At:
    """Where an expression stands: its article, what it can see, its path, how deep it is nested."""

    scope: Scope
    names: Names
    path: str
    depth: int = 0

    @property
    def place(self) -> Place:
        """Return the place for anchors and errors."""
        return self.scope.place(self.path)

    def inside(self, key: str) -> "At":
        """Return the place of an operand."""
        return At(self.scope, self.names, f"{self.path}.{key}", self.depth + 1)

    def seeing(self, names: Names) -> "At":
        """Return the same place with other names in sight."""
        return At(self.scope, names, self.path, self.depth)
