"""Which branches of the rules no worked example reaches: every case and default of every IF, per version of a law.

A branch counts as covered when some row of a case file took it, whatever the outcome was compared with.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Final, TypeAlias

from .cases import questions_of, read_cases
from .cases_mapping import CaseMapping, UnfitRow
from .determine import Evaluation, determine
from .document import Raw
from .errors import LawError
from .graph import Kind, Node
from .lawset import LawSet
from .lines import line_of
from .model import Article, LawVersion
from .running import Iteration
from .values import SKIPPED, Slot, Unknown, Untranslatable

_BRANCHING: Final = ("IF", "SWITCH")
Look: TypeAlias = Callable[[int], Slot]


@dataclass(frozen=True, slots=True, order=True)
class Branch:
    """One way an IF can go, by the path of trace schema v1."""

    law: str
    valid_from: str
    article: str
    path: str


@dataclass(slots=True)
class Coverage:
    """The branches of each law, and those that some row took."""

    branches: dict[Branch, LawVersion] = field(default_factory=dict)
    taken: set[Branch] = field(default_factory=set)
    rows: int = 0

    def of(self, law: str) -> tuple[int, int]:
        """Return how many branches of a law were taken, and how many it has."""
        own = [branch for branch in self.branches if branch.law == law]
        return sum(branch in self.taken for branch in own), len(own)

    @property
    def missed(self) -> list[Branch]:
        """Return the branches that no row took, in order of law, version and place."""
        return sorted(set(self.branches) - self.taken)

    def place(self, branch: Branch) -> str:
        """Return file, line, article and path of a branch."""
        version = self.branches[branch]
        file = Path(version.file)
        line = line_of(file.read_text(encoding="utf-8"), branch.path) if file.is_file() else 0
        return f"{version.file}:{line}: artikel {branch.article} {branch.path}"


def coverage_of(laws: LawSet, files: Iterable[Path], mapping: CaseMapping) -> Coverage:
    """Run all rows of the case files; raises OSError or KeyError for what is no case file."""
    found = Coverage({branch: v for versions in laws.laws.values() for v in versions for branch in branches_of(v)})
    for file in files:
        for case in read_cases(file):
            try:
                questions = list(questions_of(case, mapping.entry(file.stem, case.input, case.expected)))
            except UnfitRow:
                continue
            found.rows += 1
            for question, facts, _ in questions:
                try:
                    outcome = determine(laws, question, facts)
                except LawError:
                    continue
                if isinstance(outcome, Evaluation):
                    found.taken |= set(taken_by(outcome))
    return found


def branches_of(version: LawVersion) -> Iterator[Branch]:
    """Yield every branch that the file of a version writes, but for those that lead to what cannot be computed."""
    closed = {f"${name}" for article in version.articles if article.markings for name in article.output_names}
    for article in version.articles:
        for path, leads_to in _paths(article):
            if isinstance(leads_to, str) and leads_to in closed:
                continue
            place = f"articles.{article.label}.machine_readable.{path}"
            yield Branch(version.id, version.valid_from, article.number, place)


def _paths(article: Article) -> Iterator[tuple[str, Raw]]:
    for action in article.actions:
        yield from _of_expression(action.expression, _joined(f"execution.actions.{action.output}", action.path))
    for term in article.open_terms:
        for action in term.default or ():
            path = f"open_terms.{term.id}.default.actions.{action.output}"
            yield from _of_expression(action.expression, _joined(path, action.path))


def _joined(path: str, key: str) -> str:
    return f"{path}.{key}" if key else path


def _of_expression(raw: Raw, path: str) -> Iterator[tuple[str, Raw]]:
    """Yield the path of every branch with what it gives."""
    if isinstance(raw, list):
        for index, item in enumerate(raw):
            yield from _of_expression(item, f"{path}.{index}")
    if not isinstance(raw, dict):
        return
    cases = raw.get("cases")
    if raw.get("operation") in _BRANCHING and isinstance(cases, list):
        yield from ((f"{path}.cases.{n}", case.get("then")) for n, case in enumerate(cases) if isinstance(case, dict))
        yield f"{path}.default", raw.get("default")
    for key, value in raw.items():
        yield from _of_expression(value, f"{path}.{key}")


def taken_by(outcome: Evaluation) -> Iterator[Branch]:
    """Yield the branches that a determination took, those inside loops included."""
    nodes = [node for node in outcome.graph.nodes if node.kind is Kind.OPERATION and node.name == "IF"]
    for look in _looks(lambda number: outcome.values[number], outcome.iterations):
        for node in nodes:
            branch = _branch(node, look)
            if branch:
                yield Branch(node.place.law, node.place.valid_from, node.place.article, f"{node.place.path}.{branch}")


def _looks(look: Look, iterations: Mapping[int, Sequence[Iteration]]) -> Iterator[Look]:
    """Yield how to look up the value of a node: as it stands after the run, and in each turn of each loop."""
    yield look
    for turns in iterations.values():
        for turn in turns:
            yield from _looks(partial(_inside, turn, look), turn.iterations)


def _inside(turn: Iteration, outer: Look, number: int) -> Slot:
    return turn.values[number] if number in turn.values else outer(number)


def _branch(node: Node, look: Look) -> str:
    """Return which way an IF went; nothing when it was not needed or could not be decided."""
    if look(node.number) is SKIPPED:
        return ""
    for index, when in enumerate(node.args[:-1:2]):
        condition = look(when)
        if condition is SKIPPED or isinstance(condition, Unknown | Untranslatable):
            return ""
        if condition:
            return f"cases.{index}"
    return "default"
