"""What a conformance run found."""

from dataclasses import dataclass, field


@dataclass(slots=True)
class Line:
    """One file and tier: how many cases passed, failed, or need something we do not support."""

    file: str
    tier: str
    passed: int = 0
    failed: int = 0
    unsupported: int = 0
    problems: list[str] = field(default_factory=list)

    def count(self, problem: str | None, *, unsupported: bool = False) -> None:
        """Count one case; `problem` says what went wrong."""
        if problem is None:
            self.passed += 1
            return
        self.failed += not unsupported
        self.unsupported += unsupported
        self.problems.append(problem)

    def __str__(self) -> str:
        return f"{self.file} [{self.tier}]: {self.passed} passed, {self.failed} failed, {self.unsupported} unsupported"


@dataclass(frozen=True, slots=True)
class Report:
    """All files of a folder."""

    lines: tuple[Line, ...]
    columns: str = ""

    @property
    def passed(self) -> int:
        """Return how many cases passed."""
        return sum(line.passed for line in self.lines)

    @property
    def failed(self) -> int:
        """Return how many cases failed."""
        return sum(line.failed for line in self.lines)

    @property
    def unsupported(self) -> int:
        """Return how many cases need something we do not support."""
        return sum(line.unsupported for line in self.lines)

    @property
    def is_clean(self) -> bool:
        """Say whether nothing failed and nothing is unsupported."""
        return not self.failed and not self.unsupported

    def __str__(self) -> str:
        body = [text for line in self.lines for text in (str(line), *(f"  {problem}" for problem in line.problems))]
        total = f"total: {self.passed} passed, {self.failed} failed, {self.unsupported} unsupported"
        return "\n".join([*body, *([self.columns] if self.columns else []), total])
