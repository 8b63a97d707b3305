"""Read a feature file: background, scenarios, outlines, tags, tables."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

KEYWORDS = ("Given", "When", "Then", "And", "But", "*")


@dataclass(slots=True)
class Step:
    """One line of a scenario, with its table."""

    text: str
    table: list[list[str]] = field(default_factory=list)


@dataclass(slots=True)
class Scenario:
    """A scenario with the steps of the background before its own."""

    name: str
    tags: tuple[str, ...]
    steps: list[Step] = field(default_factory=list)
    examples: list[list[str]] = field(default_factory=list)


@dataclass(slots=True)
class Feature:
    """A feature file."""

    name: str
    tags: tuple[str, ...]
    scenarios: list[Scenario]


def read_feature(text: str) -> Feature:
    """Return the feature in a text."""
    reader = _Reader()
    for line in text.splitlines():
        reader.line(line.strip())
    scenarios = [one for scenario in reader.scenarios for one in _spelled_out(scenario)]
    for scenario in scenarios:
        scenario.steps[:0] = reader.background
    return Feature(reader.name, reader.tags, scenarios)


@dataclass(slots=True)
class _Reader:
    name: str = ""
    tags: tuple[str, ...] = ()
    background: list[Step] = field(default_factory=list)
    scenarios: list[Scenario] = field(default_factory=list)
    waiting: tuple[str, ...] = ()
    steps: list[Step] | None = None
    table: list[list[str]] | None = None

    def line(self, line: str) -> None:
        if not line or line.startswith("#"):
            return
        if line.startswith("@"):
            self.waiting += tuple(word for word in line.split() if word.startswith("@"))
        elif line.startswith("|"):
            self.row(line)
        elif ":" in line and self.heading(*line.split(":", 1)):
            return
        elif line.split(" ", 1)[0] in KEYWORDS and self.steps is not None:
            self.step(line.split(" ", 1)[1].strip())

    def row(self, line: str) -> None:
        if self.table is not None:
            self.table.append(cells(line))

    def heading(self, word: str, rest: str) -> bool:
        match word:
            case "Feature":
                self.name, self.tags, self.waiting = rest.strip(), self.waiting, ()
            case "Background":
                self.steps = self.background
            case "Scenario" | "Scenario Outline" | "Example":
                scenario = Scenario(rest.strip(), self.waiting)
                self.scenarios.append(scenario)
                self.steps, self.waiting = scenario.steps, ()
            case "Examples":
                self.table = self.scenarios[-1].examples
            case _:
                return False
        return True

    def step(self, text: str) -> None:
        step = Step(text)
        self.table = step.table
        if self.steps is not None:
            self.steps.append(step)


def cells(line: str) -> list[str]:
    r"""Return the cells of a table row; `\|` is a bar.

    >>> cells(r"| a | b\|c | |")
    ['a', 'b|c', '']
    """
    marked = line.strip().removeprefix("|").removesuffix("|").replace("\\|", "\0")
    return [cell.strip().replace("\0", "|") for cell in marked.split("|")]


def _spelled_out(scenario: Scenario) -> Iterator[Scenario]:
    if not scenario.examples:
        yield scenario
        return
    header, *rows = scenario.examples
    for row in rows:
        values = list(zip(header, row, strict=False))
        steps = [Step(_filled(step.text, values), _filled_table(step.table, values)) for step in scenario.steps]
        yield Scenario(f"{scenario.name} ({', '.join(row)})", scenario.tags, steps)


def _filled(text: str, values: Iterable[tuple[str, str]]) -> str:
    for name, value in values:
        text = text.replace(f"<{name}>", value)
    return text


def _filled_table(table: list[list[str]], values: list[tuple[str, str]]) -> list[list[str]]:
    return [[_filled(cell, values) for cell in row] for row in table]
