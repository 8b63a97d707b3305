"""Some rows being determined side by side: the lanes found so far, made when they are first needed."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias

import numpy as np

from .forms import Form
from .lanes import Array, Lane


@dataclass(frozen=True, slots=True, eq=False)
class Slot:
    """One step of a plan. `loops`: the loop elements it depends on; `domains`: the few-valued facts it depends on."""

    form: Form
    step: "Step"
    args: tuple[int, ...] = ()
    loops: frozenset[int] = frozenset()
    domains: frozenset[int] = frozenset()
    cost: int = 0


@dataclass(slots=True, eq=False)
class Chunk:
    """Rows of a table, or the elements of a loop over them: as many for each row around it as `counts` says."""

    slots: list[Slot]
    size: int
    rows: Array
    lanes: dict[int, Lane] = field(default_factory=dict)
    outer: "Chunk | None" = None
    counts: "Array | None" = None
    loop: int = -1
    inner: "dict[int, Chunk]" = field(default_factory=dict)
    _owner: "Array | None" = None

    def lane(self, number: int) -> Lane:
        """Return the values of a step, those of the rows around a loop repeated for its elements."""
        found = self.lanes.get(number)
        if found is None:
            slot = self.slots[number]
            if self.outer is not None and self.loop not in slot.loops:
                around = self.outer.lane(number)
                found = around if around.is_uniform else around.at(self.owner)
            else:
                found = slot.step(self)
            self.lanes[number] = found
        return found

    @property
    def owner(self) -> Array:
        """Return per element of a loop its row in the chunk around it."""
        if self._owner is None:
            self._owner = np.repeat(np.arange(len(self.counts)), self.counts) if self.counts is not None else self.rows
        return self._owner


Step: TypeAlias = Callable[[Chunk], Lane]
"""Computes one step for the rows of a chunk."""
