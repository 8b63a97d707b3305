"""A figure beside its limit."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median, quantiles


@dataclass(frozen=True)
class Figure:
    """What was measured, and the limit it is held against; `at_least`: the limit is a least, not a most."""

    name: str
    value: float
    unit: str
    limit: float | None = None
    at_least: bool = False

    @property
    def is_ok(self) -> bool:
        """Say whether the limit is kept; a figure without a limit always is."""
        if self.limit is None:
            return True
        return self.value >= self.limit if self.at_least else self.value <= self.limit

    def line(self) -> str:
        """Return the figure as a line of the report."""
        limit = "" if self.limit is None else f"{'at least' if self.at_least else 'at most'} {self.limit:g} {self.unit}"
        verdict = "" if self.limit is None else "ok" if self.is_ok else "NOT OK"
        return f"{self.name:<58} {self.value:>10.4g} {self.unit:<8} {limit:<22} {verdict}"


def spread(name: str, milliseconds: Sequence[float], middle: float, high: float) -> Iterable[Figure]:
    """Give the median and the 95th percentile of times."""
    yield Figure(f"{name}, median", median(milliseconds), "ms", middle)
    yield Figure(f"{name}, 95th percentile", p95(milliseconds), "ms", high)


def p95(values: Sequence[float]) -> float:
    """Return the 95th percentile."""
    return quantiles(values, n=20, method="inclusive")[-1] if len(values) > 1 else values[0]
