"""One evaluation under way: what is asked about whom, and the value of each node so far."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

from .outside import Records
from .values import Given, Slot, Value


@dataclass(slots=True, eq=False)
class Run:
    """One evaluation: what is asked about whom, and the value of each node so far."""

    values: list[Slot]
    subject: str
    period: date
    decided_on: date
    persons: Mapping[str, Mapping[str, Given]] = field(default_factory=dict)
    given: Mapping[str, Value] = field(default_factory=dict)
    sources: tuple[Records, ...] = ()
    iterations: dict[int, "list[Iteration]"] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Iteration:
    """One element of a loop: whether it counted, and the values of the steps inside."""

    element: Value
    kept: bool
    values: Mapping[int, Slot]
    iterations: "Mapping[int, list[Iteration]]"


Step: TypeAlias = Callable[[Run], Value]
"""Computes a node in a run and stores what it finds."""
