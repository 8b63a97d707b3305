"""Values of many rows side by side: a lane is data and, only where some row needs it, a state per row.

States are numbers in order of what wins when operands meet in an operation that needs them all.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

import numpy as np
import numpy.typing as npt

Array: TypeAlias = npt.NDArray[Any]
States: TypeAlias = npt.NDArray[np.uint8]

PRESENT: Final = np.uint8(0)
ABSENT: Final = np.uint8(1)
UNKNOWN: Final = np.uint8(2)
TAINTED: Final = np.uint8(3)
"""The outcome rests on words no rule can express (RFC-012)."""
ERROR: Final = np.uint8(4)
DOUBT: Final = np.uint8(5)
"""The columns cannot say it exactly: the row is determined alone, by the scalar steps."""
REFUSED: Final = np.uint8(6)
"""Of outcomes only: the law gives no answer in the territory of this row."""

_BITS: Final = {1: np.int8, 4: np.int32, 8: np.int64}


@dataclass(slots=True)
class Lane:
    """Data per row, or one value for all rows; `state` None: every row has a value.

    Of a list `counts` says how many elements each row has, and `items` holds those of all rows after each other.
    `stretch`: of persons, the rows of the table when they follow on each other, so that facts need no gathering.
    """

    data: Array
    state: States | None = None
    counts: Array | None = None
    items: "Lane | None" = None
    stretch: slice | None = None

    @property
    def is_uniform(self) -> bool:
        """Say whether all rows have the same."""
        return np.ndim(self.data) == 0 and self.counts is None and (self.state is None or np.ndim(self.state) == 0)

    def at(self, rows: Array) -> "Lane":
        """Return the values of these rows, in this order."""
        if self.counts is not None and self.items is not None:
            return _lists_at(self.counts, self.items, self.state, rows)
        data = self.data if np.ndim(self.data) == 0 else np.take(self.data, rows)
        return Lane(data, state_at(self.state, rows))


def _lists_at(counts: Array, items: Lane, state: States | None, rows: Array) -> Lane:
    chosen = counts[rows]
    flat = positions(np.cumsum(counts)[rows] - chosen, chosen)
    return Lane(chosen, state_at(state, rows), chosen, items.at(flat))


def state_at(state: States | None, rows: Array) -> States | None:
    """Return the states of these rows, None when all have a value."""
    if state is None or np.ndim(state) == 0:
        return state
    return needed(np.take(state, rows))


def stretch_of(numbers: Array) -> slice | None:
    """Return numbers that follow on each other as a slice, None when they do not."""
    if len(numbers) and numbers[-1] - numbers[0] == len(numbers) - 1 and (np.diff(numbers) == 1).all():
        return slice(int(numbers[0]), int(numbers[-1]) + 1)
    return None


def positions(starts: Array, counts: Array) -> Array:
    """Return starts[0], starts[0]+1, ... of every stretch of `counts` long, after each other."""
    before = np.cumsum(counts) - counts
    return np.repeat(starts - before, counts) + np.arange(int(counts.sum()))


def needed(state: States) -> States | None:
    """Return the states, None when every row has a value."""
    return state if state.any() else None


def merged(states: Iterable[States | None]) -> States | None:
    """Return per row the state that wins; None when every operand has a value everywhere."""
    result: States | None = None
    for state in states:
        if state is not None:
            result = state if result is None else np.maximum(result, state)
    return result


def chosen(holds: Array, then: Array, otherwise: Array) -> Array:
    """Return per row the one or the other; without branches, because `np.where` is slow where rows differ at random."""
    if np.ndim(holds) == 0:
        return then if holds else otherwise
    first, second = np.asarray(then), np.asarray(otherwise)
    kind = np.result_type(first, second)
    bits = _BITS.get(kind.itemsize)
    if bits is None:
        return np.where(holds, first, second)
    x, y = (side.astype(kind, copy=False).view(bits) for side in (first, second))
    result: Array = holds.view(np.int8).astype(bits)
    np.negative(result, out=result)
    np.bitwise_and(result, x ^ y, out=result)
    np.bitwise_xor(result, y, out=result)
    return result.view(kind)


def mark(rows: Array, state: np.uint8) -> States:
    """Return this state on the rows of a mask."""
    return np.asarray(rows).view(np.uint8) * state


def replaced(state: States, old: np.uint8, new: np.uint8) -> States:
    """Return the states with one of them replaced by a higher one."""
    return state + mark(state == old, np.uint8(new - old))


def removed(state: States, old: np.uint8) -> States:
    """Return the states with one of them taken away."""
    return mark(state != old, np.uint8(1)) * state


def without_absence(state: States, *, strict: bool) -> States:
    """Return the states when absent operands are refused; before RFC-036 the scalar step says what they mean."""
    return replaced(state, ABSENT, ERROR if strict else DOUBT)


def marked(state: States | None, rows: Array, own: np.uint8) -> States | None:
    """Return the states with a mark on these rows (a mask), where they had a value."""
    if not rows.any():
        return state
    return mark(rows, own) if state is None else state + mark(rows & (state == PRESENT), own)


def overlaid(over: States | None, under: States | None) -> States | None:
    """Return the first states, and the second where the first say that there is a value."""
    if over is None or under is None:
        return under if over is None else over
    result: States = over + under * (over == PRESENT)
    return result


def uniform(state: np.uint8) -> Lane:
    """Return a lane in which no row has a value, all for the same reason."""
    return Lane(np.asarray(0), np.asarray(state))


def emptied(lane: Lane, state: States | None) -> Lane:
    """Return a lane with another state; of lists, those of rows without a value are made empty."""
    state = None if state is None else needed(state)
    if state is None or lane.counts is None or lane.items is None:
        return Lane(lane.data, state, lane.counts, lane.items)
    kept = np.repeat(np.broadcast_to(state == PRESENT, lane.counts.shape), lane.counts)
    counts = np.where(state == PRESENT, lane.counts, 0)
    return Lane(counts, state, counts, lane.items.at(np.flatnonzero(kept)))
