"""One article being compiled: whose parameters it has and which names it can see."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from .errors import Place
from .model import Article, LawVersion

PERIOD, DECISION = "period", "decision"


@dataclass(slots=True, eq=False)
class Scope:
    """An article of a law version with the nodes of its parameters; filled while it is compiled."""

    number: int
    law: LawVersion
    article: Article
    when: str
    parameters: Mapping[str, int]
    stack: tuple[tuple[str, str], ...]
    inputs: dict[str, int] = field(default_factory=dict)
    outputs: dict[str, int] = field(default_factory=dict)
    actions: dict[int, int] = field(default_factory=dict)
    open_terms: dict[str, int] = field(default_factory=dict)
    extra: dict[str, int] = field(default_factory=dict)
    busy: set[str] = field(default_factory=set)

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
