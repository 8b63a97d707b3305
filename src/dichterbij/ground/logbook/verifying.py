"""Check the whole logbook: bytes, chain, positions, tree, signatures. Names the first position that is wrong."""

import multiprocessing
import os
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace

import django
from django.db import connections
from django.db.models import Max

from dichterbij.ground.organisations import keys
from dichterbij.kernel.identifiers import Oin

from . import merkle
from .domain import Log
from .merkle import Peak
from .models import Head, Position
from .sealing import message, purpose, unsealed
from .spans import Checked, Mark, check, wrong_content
from .tree import BLOCK, BLOCK_LEVEL

SPAN = 100 * BLOCK
ALONE = 4 * SPAN
"""Up to so many lines one process is done before the others have started."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What verification found. `position` is the first that is wrong, None when all is well."""

    log: Log
    lines: int
    heads: int
    unsealed: int
    position: int | None = None
    what: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownHead:
    """A head that somebody kept elsewhere: the log must at least contain it."""

    log: Log
    size: int
    chain_hash: bytes


def verify(known: KnownHead | None = None) -> tuple[Finding, ...]:
    """Check both logs and return what was found in each; `known` proves that no tail was cut off."""
    return tuple(_verify_log(log, known if known and known.log is log else None) for log in Log)


def _verify_log(log: Log, known: KnownHead | None) -> Finding:
    heads = list(Head.objects.filter(log=log).order_by("size"))
    sizes = frozenset([head.size for head in heads] + ([known.size] if known else []))
    spans = _checked(log, sizes)
    count = sum(span.count for span in spans)
    good = Finding(log=log, lines=count, heads=len(heads), unsealed=0)
    wrong = min(_wrong_lines(spans) + _wrong_heads(heads, known, spans), default=None)
    if wrong:
        return replace(good, lines=wrong[0], position=wrong[0], what=wrong[1])
    if max(sizes, default=0) > count:
        return replace(good, position=count + 1, what="er ontbreken regels aan het eind")
    if count and (not heads or heads[-1].size != count):
        return replace(good, position=count, what="de laatste regels zijn niet ondertekend")
    return _wrong_waiting(good)


def _checked(log: Log, sizes: frozenset[int]) -> list[Checked]:
    last = Position.objects.filter(log=log).aggregate(last=Max("position"))["last"] or 0
    firsts = range(1, last + 1, SPAN)
    if last <= ALONE:
        return [check(log, first, first + SPAN - 1, sizes) for first in firsts]
    connections.close_all()  # each process opens its own
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(os.cpu_count(), context, initializer=django.setup) as pool:
        return list(pool.map(_check_own, [(log, first, sizes) for first in firsts]))


def _check_own(part: tuple[Log, int, frozenset[int]]) -> Checked:
    log, first, sizes = part
    return check(log, first, first + SPAN - 1, sizes)


def _wrong_lines(spans: Iterable[Checked]) -> list[tuple[int, str]]:
    return [(span.position, span.what) for span in spans if span.position is not None]


def _wrong_heads(heads: Iterable[Head], known: KnownHead | None, spans: Sequence[Checked]) -> list[tuple[int, str]]:
    """Return which signed stands do not fit the lines before them, as far as those are in order."""
    marks = {size: mark for span in spans for size, mark in span.marks.items()}
    blocks = [block for span in spans for block in span.blocks]
    roots = _roots(marks, blocks)
    found = [(head.size, _wrong_head(head, marks[head.size], roots[head.size])) for head in heads if head.size in roots]
    if known and known.size in marks and known.chain_hash != marks[known.size].chain:
        found.append((known.size, "de ketting komt niet overeen met de stand die eerder is bewaard"))
    return [(size, what) for size, what in found if what]


def _roots(marks: Mapping[int, Mark], blocks: Sequence[bytes]) -> dict[int, bytes]:
    """Return the root of the tree at each mark that all blocks before it are known of."""
    found, peaks, done = {}, list[Peak](), 0
    for size in sorted(marks):
        if size // BLOCK > len(blocks):
            break
        for block in blocks[done : size // BLOCK]:
            _push(peaks, Peak(BLOCK_LEVEL, block))
        done = size // BLOCK
        found[size] = merkle.root([*peaks, *marks[size].tail])
    return found


def _push(peaks: list[Peak], new: Peak) -> None:
    while peaks and peaks[-1].level == new.level:
        new = Peak(new.level + 1, merkle.node(peaks.pop().hash, new.hash))
    peaks.append(new)


def _wrong_head(head: Head, mark: Mark, root: bytes) -> str:
    if bytes(head.chain_hash) != mark.chain:
        return "de ketting komt niet overeen met de ondertekende stand"
    if head.root is not None and bytes(head.root) != root:
        return "de boom komt niet overeen met de ondertekende stand"
    key, signed_root = bytes(head.public_key), root if head.root is not None else None
    content = message(head.log, head.size, mark.chain, signed_root)
    signed = keys.is_signed(Oin(head.operator), content, bytes(head.signature), purpose=purpose(head.log), key=key)
    return "" if signed and _is_our_key(head, key) else "de handtekening klopt niet"


def _is_our_key(head: Head, key: bytes) -> bool:
    """A head made with a key of somebody else's is no proof, where we can compare."""
    operator = Oin(head.operator)
    return not keys.present(operator) or keys.public_key(operator) == key


def _wrong_waiting(good: Finding) -> Finding:
    waiting = 0
    for line in unsealed(good.log).iterator(chunk_size=2000):
        waiting += 1
        if wrong := wrong_content(line):
            return replace(good, unsealed=waiting, position=good.lines + waiting, what=wrong)
    return replace(good, unsealed=waiting)
