"""FOREACH on columns: the elements of all rows after each other, combined per row."""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from ..loops import MAX_ITEMS
from .choosing import Convert, truth
from .chunk import Chunk, Step
from .comparing import per_row
from .forms import BOOLEAN, NOTHING, Form, Type, number
from .lanes import (
    ABSENT,
    DOUBT,
    ERROR,
    PRESENT,
    TAINTED,
    UNKNOWN,
    Array,
    Lane,
    States,
    chosen,
    marked,
    needed,
    overlaid,
    removed,
    replaced,
    uniform,
)


def element_form(collection: Form) -> Form:
    """Return the form of the elements of a collection; what is no list is a list of one."""
    if collection.type is Type.LIST:
        return collection.item or NOTHING
    return collection


def loop_form(how: "Combining", collection: Form) -> Form | None:
    """Return the form of a loop's result; None when only the scalar steps can combine it."""
    body, most = how.body, collection.most if collection.type is Type.LIST else 1
    if how.keep is not None and truth(how.keep) is None:
        return None
    match how.combine:
        case None:
            return Form(type=Type.LIST, item=body, most=most) if body.type not in (Type.LIST, Type.OPAQUE) else None
        case "AND" | "OR":
            return None if truth(body) is None else BOOLEAN
        case "ADD" | "MIN" | "MAX" if body.type is Type.NUMBER and body.is_exact:
            return _combined_number(how.combine, body, most)
    return None


def _combined_number(combine: str, body: Form, most: int) -> Form | None:
    if combine != "ADD":
        return body if not body.is_constant else number(body.unit, body.low, body.high, 0.0)
    low, high = min(body.low * most, Fraction(0)), max(body.high * most, Fraction(0))
    form = number(body.unit, low, high, 0.0)
    return form if form is not None and form.is_exact else None


@dataclass(frozen=True, slots=True)
class Combining:
    """How the results of a loop's elements become one per row; `strict`: an absent one is an error."""

    combine: str | None
    body: Form
    keep: Form | None
    strict: bool


@dataclass(frozen=True, slots=True)
class _Results:
    """What the elements of all rows give, after each other; those of row i stand from `bounds[i]` to `bounds[i + 1]`.

    `kept`: which elements count; None when all do.
    """

    data: Array
    state: States | None
    kept: Array | None
    bounds: Array

    def sum(self, values: Array) -> Array:
        """Return the sum per row, of the elements that count."""
        running = np.zeros(len(values) + 1, dtype=np.int64)
        np.cumsum(values if self.kept is None else values * self.kept, out=running[1:])
        return np.diff(running[self.bounds])

    def any(self, marks: Array) -> Array:
        """Return which rows have an element that counts with a mark."""
        return self.sum(marks.view(np.uint8)) > 0

    def worst(self) -> States | None:
        """Return per row the state that wins; None when all elements that count have a value."""
        if self.state is None:
            return None
        own = self.state if self.kept is None else self.state * self.kept
        return per_row(np.maximum, own, np.diff(self.bounds), 0)


def loop_step(collection: int, local: int, inside: tuple[int, ...], how: Combining) -> Step:
    """Return the step of a loop over the lists of all rows at once; `inside`: its body, or its condition and body."""
    holds = None if how.keep is None else truth(how.keep)

    def step(chunk: Chunk) -> Lane:
        counts, items, state = _elements(chunk.lane(collection), chunk.size)
        turns = chunk.inner.get(local)
        if turns is None:
            size = int(counts.sum())
            turns = chunk.inner[local] = Chunk(chunk.slots, size, chunk.rows, {local: items}, chunk, counts, local)
        found, kept = _full(turns.lane(inside[-1]), turns.size), None
        if holds is not None:
            found, kept = _kept(turns.lane(inside[0]), found, holds, strict=how.strict)
        bounds = np.concatenate(([0], np.cumsum(counts)))
        lane = _combined(_Results(found.data, found.state, kept, bounds), how)
        return Lane(lane.data, overlaid(state, lane.state), lane.counts, lane.items)

    return step


def _elements(lists: Lane, rows: int) -> tuple[Array, Lane, States | None]:
    """Return how many elements each row has, the elements, and the state of rows that have no collection."""
    state = lists.state
    if lists.counts is not None and lists.items is not None:
        too_many = lists.counts > MAX_ITEMS
        if too_many.any():
            state = np.where(too_many, DOUBT, PRESENT if state is None else state)
        counts, items = lists.counts, lists.items
    else:
        filled = np.ones(rows, dtype=bool) if state is None else np.broadcast_to(state == PRESENT, rows)
        counts = filled.astype(np.int64)
        items = Lane(np.broadcast_to(lists.data, rows)).at(np.flatnonzero(filled))
    return counts, items, None if state is None else needed(removed(state, ABSENT))


def _full(lane: Lane, size: int) -> Lane:
    """Return a lane with an entry per element, also where all are the same."""
    state = lane.state if lane.state is None else np.broadcast_to(lane.state, size)
    return Lane(np.broadcast_to(lane.data, size), state)


def _kept(keep: Lane, found: Lane, holds: Convert, *, strict: bool) -> tuple[Lane, Array]:
    """Return the results with those of unclear conditions as unclear, and which elements count."""
    size = len(found.data)
    passes = np.broadcast_to(holds(keep.data), size)
    if keep.state is None:
        return found, passes
    unclear = np.broadcast_to(keep.state, size)
    own = np.zeros(size, dtype=np.uint8) if found.state is None else found.state
    if strict:
        unclear = replaced(unclear, ABSENT, ERROR)
    state = overlaid(unclear, own)
    return Lane(found.data, state), (unclear != PRESENT) | passes


def _combined(results: _Results, how: Combining) -> Lane:
    if how.combine is None:
        return _listed(results)
    worst = results.worst()
    if how.strict and worst is not None:
        worst = replaced(worst, ABSENT, ERROR)
    if how.combine in ("AND", "OR"):
        return _verdict(results, worst, how)
    return _total(results, worst, how.combine)


def _listed(results: _Results) -> Lane:
    """Return the results as lists; a row of which an element fails has none."""
    worst, size = results.worst(), len(results.data)
    failed = None if worst is None else needed(worst * (worst >= ERROR))
    kept = np.ones(size, dtype=bool) if results.kept is None else results.kept
    if failed is not None:
        kept = kept & np.repeat(failed == PRESENT, np.diff(results.bounds))
    items = Lane(results.data, results.state)
    if kept.all():
        counts = np.diff(results.bounds)
        return Lane(counts, failed, counts, items)
    counts = np.diff(np.concatenate(([0], np.cumsum(kept)))[results.bounds])
    return Lane(counts, failed, counts, items.at(np.flatnonzero(kept)))


def _verdict(results: _Results, worst: States | None, how: Combining) -> Lane:
    holds, is_or, state = truth(how.body), how.combine == "OR", results.state
    values = results.data if holds is None else np.broadcast_to(holds(results.data), len(results.data))
    decisive = values == is_or
    if state is None or worst is None:
        settled = results.any(decisive)
        return Lane(settled if is_or else ~settled)
    decisive = decisive & (state == PRESENT)
    if not how.strict and not is_or:
        decisive = decisive | (state == ABSENT)
    settled, absent = results.any(decisive), results.any(state == ABSENT)
    unclear = removed(worst, ABSENT)
    refused = np.where((unclear < TAINTED) & absent & how.strict, ERROR, unclear)
    return Lane(settled if is_or else ~settled, needed(refused * ~(settled & (refused == UNKNOWN))))


def _total(results: _Results, worst: States | None, combine: str) -> Lane:
    state = None if worst is None else needed(removed(worst, ABSENT))
    present = np.ones(len(results.data), dtype=bool) if results.state is None else results.state == PRESENT
    if combine == "ADD":
        return Lane(results.sum(results.data if results.state is None else results.data * present), state)
    ufunc, empty = (np.minimum, 2**62) if combine == "MIN" else (np.maximum, -(2**62))
    counted = present if results.kept is None else present & results.kept
    values = chosen(counted, results.data, np.asarray(empty)).astype(np.int64, copy=False)
    nothing = ~results.any(present)
    lowest_or_highest = per_row(ufunc, values, np.diff(results.bounds), empty)
    return Lane(chosen(nothing, np.asarray(0), lowest_or_highest), marked(state, nothing, ABSENT))


def in_doubt(_chunk: Chunk) -> Lane:
    """Return the step of what only the scalar steps can do."""
    return uniform(DOUBT)
