"""FOREACH on columns: the elements of all rows after each other, combined per row."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from ..loops import MAX_ITEMS
from .choosing import truth
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
    mark,
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
    """What the elements that count give, those of all rows after each other; `each`: how many a row has."""

    data: Array
    state: States
    each: Array

    def worst(self) -> States:
        """Return per row the state that wins among its elements."""
        return per_row(np.maximum, self.state, self.each, 0)

    def any(self, marks: Array) -> Array:
        """Return which rows have an element with a mark."""
        return per_row(np.maximum, marks.astype(np.uint8), self.each, 0).astype(bool)


def loop_step(collection: int, local: int, inside: tuple[int, ...], how: Combining) -> Step:
    """Return the step of a loop over the lists of all rows at once; `inside`: its body, or its condition and body."""
    holds = None if how.keep is None else truth(how.keep)

    def step(chunk: Chunk) -> Lane:
        counts, items, state = _elements(chunk.lane(collection), chunk.size)
        owner = np.repeat(np.arange(chunk.size), counts)
        turns = Chunk(chunk.slots, len(owner), chunk.rows, {local: items}, chunk, owner, local)
        found = _full(turns.lane(inside[-1]), len(owner))
        if holds is not None:
            found, kept = _kept(turns.lane(inside[0]), found, holds, strict=how.strict)
            found, owner = found.at(np.flatnonzero(kept)), owner[kept]
        own = np.zeros(len(owner), dtype=np.uint8) if found.state is None else found.state
        each = np.bincount(owner, minlength=chunk.size).astype(np.int64)
        lane = _combined(_Results(found.data, own, each), how)
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


def _kept(keep: Lane, found: Lane, holds: Callable[[Array], Array], *, strict: bool) -> tuple[Lane, Array]:
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
    worst = results.worst()
    if how.combine is None:
        failed = worst * (worst >= ERROR)
        items = Lane(results.data, needed(results.state))
        return _without(Lane(results.each, needed(failed), results.each, items), failed)
    if how.strict:
        worst = replaced(worst, ABSENT, ERROR)
    if how.combine in ("AND", "OR"):
        return _verdict(results, worst, how)
    return _total(results, worst, how.combine)


def _without(lists: Lane, failed: States) -> Lane:
    if not failed.any() or lists.counts is None or lists.items is None:
        return lists
    keep = np.repeat(failed == PRESENT, lists.counts)
    counts = np.where(failed == PRESENT, lists.counts, 0)
    return Lane(counts, lists.state, counts, lists.items.at(np.flatnonzero(keep)))


def _verdict(results: _Results, worst: States, how: Combining) -> Lane:
    holds, is_or, state = truth(how.body), how.combine == "OR", results.state
    values = results.data if holds is None else np.broadcast_to(holds(results.data), len(state))
    decisive = (state == PRESENT) & (values == is_or)
    if not how.strict and not is_or:
        decisive = decisive | (state == ABSENT)
    settled, absent = results.any(decisive), results.any(state == ABSENT)
    unclear = removed(worst, ABSENT)
    refused = np.where((unclear < TAINTED) & absent & how.strict, ERROR, unclear)
    return Lane(settled if is_or else ~settled, needed(refused * ~(settled & (refused == UNKNOWN))))


def _total(results: _Results, worst: States, combine: str) -> Lane:
    empty = {"ADD": 0, "MIN": 2**62, "MAX": -(2**62)}[combine]
    ufunc = {"ADD": np.add, "MIN": np.minimum, "MAX": np.maximum}[combine]
    values = chosen(results.state == PRESENT, results.data, np.asarray(empty))
    totals = per_row(ufunc, np.broadcast_to(values, len(results.state)), results.each, empty)
    state = removed(worst, ABSENT)
    if combine != "ADD":
        nothing = ~results.any(results.state == PRESENT)
        state = state + mark(nothing & (state == PRESENT), ABSENT)
        totals = chosen(nothing, np.asarray(0), totals)
    return Lane(totals, needed(state))


def in_doubt(_chunk: Chunk) -> Lane:
    """Return the step of what only the scalar steps can do."""
    return uniform(DOUBT)
