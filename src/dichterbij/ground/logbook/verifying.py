"""Check the whole logbook: bytes, chain, positions, tree, signatures. Names the first position that is wrong."""

import multiprocessing
import os
import threading
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace

import django
from django.db import connections
from django.db.models import Max

from . import merkle, removals, tree
from .domain import START, Log
from .merkle import Peak
from .models import Head, Position
from .sealing import unsealed
from .spans import Checked, Start, check, wrong_content
from .tree import BLOCK, BLOCK_LEVEL

SPAN = 100 * BLOCK
ALONE = 2 * SPAN
"""Up to so many lines one process is done before the others have started."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What verification found. `position` is the first that is wrong, None when all is well.

    `removed`: how many lines left after their term; `clock_back`: the first position where the time went back, which
    changes nothing of what the lines say.
    """

    log: Log
    lines: int
    heads: int
    unsealed: int
    removed: int = 0
    position: int | None = None
    what: str = ""
    clock_back: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownHead:
    """A head that somebody kept elsewhere: the log must at least contain it."""

    log: Log
    size: int
    chain_hash: bytes


@dataclass(slots=True)
class _Walk:
    """How far the check came. `peaks`: the full blocks of the tree so far."""

    peaks: list[Peak]
    size: int
    wrong: tuple[int, str] | None = None
    clock_back: int | None = None


def verify(known: KnownHead | None = None) -> tuple[Finding, ...]:
    """Check both logs and return what was found in each; `known` proves that no tail was cut off."""
    return tuple(_verify_log(log, known if known and known.log is log else None) for log in Log)


def _verify_log(log: Log, known: KnownHead | None) -> Finding:
    removed = removals.last_removed(log)
    good = Finding(log=log, lines=0, heads=Head.objects.filter(log=log).count(), unsealed=0, removed=removed)
    if wrong := removals.first_wrong(log):
        return replace(good, position=wrong[0], what=wrong[1])
    walk = _walked(log, removed)
    good = replace(good, lines=walk.size - removed, clock_back=walk.clock_back)
    if wrong := walk.wrong or _wrong_known(known, walk.size) or _wrong_end(log, known, walk.size):
        return replace(good, position=wrong[0], what=wrong[1])
    return _wrong_waiting(good, walk.size)


def _walked(log: Log, removed: int) -> _Walk:
    walk = _Walk(peaks=tree.peaks(log, removed), size=removed)
    for stretch in _stretches(log, removed):
        _take(walk, stretch)
        if walk.wrong:
            break
    return walk


def _take(walk: _Walk, stretch: Checked) -> None:
    """Add a stretch: its signed stands must fit the tree so far."""
    before = walk.size // BLOCK
    blocks = iter(enumerate(stretch.blocks, start=before + 1))
    done = before
    for mark in stretch.marks:
        while done < mark.size // BLOCK:
            done, block = next(blocks)
            _push(walk.peaks, Peak(BLOCK_LEVEL, block))
        if mark.root is not None and merkle.root([*walk.peaks, *mark.tail]) != mark.root:
            walk.wrong = (mark.size, "de boom komt niet overeen met de ondertekende stand")
            return
    for _, block in blocks:
        _push(walk.peaks, Peak(BLOCK_LEVEL, block))
    walk.size += stretch.count
    walk.clock_back = walk.clock_back or stretch.clock_back
    if stretch.position is not None:
        walk.wrong = (stretch.position, stretch.what)


def _push(peaks: list[Peak], new: Peak) -> None:
    while peaks and peaks[-1].level == new.level:
        new = Peak(new.level + 1, merkle.node(peaks.pop().hash, new.hash))
    peaks.append(new)


def _stretches(log: Log, removed: int) -> Iterator[Checked]:
    """Check stretch after stretch, in order; with several processes when there is much to do."""
    last = Position.objects.filter(log=log).aggregate(last=Max("position"))["last"] or removed
    ends = [*range(removed // SPAN * SPAN + SPAN, last, SPAN), last]
    starts = [removals.start(log), *(Start(size=end) for end in ends[:-1])]
    parts = [(log, start, end) for start, end in zip(starts, ends, strict=True)]
    if last - removed <= ALONE:
        yield from map(_check, parts)
        return
    connections.close_all()  # each process opens its own
    is_single = threading.active_count() == 1
    context = multiprocessing.get_context("fork" if is_single else "spawn")
    with ProcessPoolExecutor(os.cpu_count(), context, initializer=None if is_single else django.setup) as pool:
        yield from pool.map(_check, parts)


def _check(part: tuple[Log, Start, int]) -> Checked:
    return check(*part)


def _wrong_known(known: KnownHead | None, size: int) -> tuple[int, str] | None:
    if known is None or known.size > size:
        return None
    here = _chain_at(known)
    is_same = here is None or here == known.chain_hash
    return None if is_same else (known.size, "de ketting komt niet overeen met de stand die eerder is bewaard")


def _chain_at(known: KnownHead) -> bytes | None:
    """Return the chain after so many lines; None when the lines there were removed and no stand was signed there."""
    if known.size == 0:
        return START
    for rows in (Position.objects.filter(position=known.size), Head.objects.filter(size=known.size)):
        found = rows.filter(log=known.log).values_list("chain_hash", flat=True).first()
        if found is not None:
            return bytes(found)
    return None


def _wrong_end(log: Log, known: KnownHead | None, size: int) -> tuple[int, str] | None:
    signed = Head.objects.filter(log=log).aggregate(last=Max("size"))["last"] or 0
    if max(signed, known.size if known else 0) > size:
        return size + 1, "er ontbreken regels aan het eind"
    return (size, "de laatste regels zijn niet ondertekend") if signed != size else None


def _wrong_waiting(good: Finding, size: int) -> Finding:
    waiting = 0
    for line in unsealed(good.log).iterator(chunk_size=2000):
        waiting += 1
        if wrong := wrong_content(line):
            return replace(good, unsealed=waiting, position=size + waiting, what=wrong)
    return replace(good, unsealed=waiting)
