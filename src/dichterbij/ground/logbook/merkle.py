"""A tree of hashes over the lines of a log, so that one line can be proved without showing the others (RFC 6962, 2.1).

A leaf is the hash of a line's bytes (`domain.leaf`); a node is the hash of what stands below it. Pure.
"""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

EMPTY = hashlib.sha256(b"").digest()

Subtree = Callable[[int, int], bytes]
"""Returns the root of so many leaves (second) from a leaf on (first, counted from zero)."""


@dataclass(frozen=True, slots=True)
class Peak:
    """The root of a complete subtree of 2 to the power `level` leaves."""

    level: int
    hash: bytes


def node(left: bytes, right: bytes) -> bytes:
    """Return the hash of two subtrees that stand beside each other."""
    return hashlib.sha256(b"\1" + left + right).digest()


def complete(hashes: Sequence[bytes]) -> bytes:
    """Return the root of a complete subtree: as many hashes as a power of two."""
    level = list(hashes)
    while len(level) > 1:
        level = [node(left, right) for left, right in zip(level[::2], level[1::2], strict=True)]
    return level[0]


def peaks(hashes: Sequence[bytes]) -> list[Peak]:
    """Return the complete subtrees that any number of leaves consists of, the largest first."""
    found, start = [], 0
    for level in range(len(hashes).bit_length() - 1, -1, -1):
        if len(hashes) >> level & 1:
            found.append(Peak(level, complete(hashes[start : start + (1 << level)])))
            start += 1 << level
    return found


def root(found: Iterable[Peak]) -> bytes:
    """Return the root of the tree that these subtrees make together."""
    total: bytes | None = None
    for peak in reversed(list(found)):
        total = peak.hash if total is None else node(peak.hash, total)
    return EMPTY if total is None else total


def path(index: int, size: int, subtree: Subtree) -> tuple[bytes, ...]:
    """Return what must be known beside a leaf (counted from zero) to compute the root of `size` leaves."""
    return tuple(_path(index, 0, size, subtree))


def _path(index: int, start: int, size: int, subtree: Subtree) -> list[bytes]:
    if size == 1:
        return []
    half = 1 << (size - 1).bit_length() - 1
    if index < half:
        return [*_path(index, start, half, subtree), subtree(start + half, size - half)]
    return [*_path(index - half, start + half, size - half, subtree), subtree(start, half)]


def root_of(leaf: bytes, index: int, size: int, beside: Sequence[bytes]) -> bytes | None:
    """Return the root that a leaf and what stands beside it lead to; None when the number of hashes is wrong.

    Source: RFC 9162, 2.1.3.2.
    """
    if not 0 <= index < size:
        return None
    first, last, found = index, size - 1, leaf
    for each in beside:
        if last == 0:
            return None
        if first & 1 or first == last:
            found = node(each, found)
            while not first & 1 and first:
                first, last = first >> 1, last >> 1
        else:
            found = node(found, each)
        first, last = first >> 1, last >> 1
    return found if last == 0 else None


def consistency(first: int, second: int, subtree: Subtree) -> tuple[bytes, ...]:
    """Return what shows that the tree of `second` leaves begins with that of `first` (1 or more, at most `second`).

    Source: RFC 9162, 2.1.4.1.
    """
    return tuple(_consistency(first, 0, second, subtree, is_known=True))


def _consistency(first: int, start: int, size: int, subtree: Subtree, *, is_known: bool) -> list[bytes]:
    if first == size:
        return [] if is_known else [subtree(start, size)]
    half = 1 << (size - 1).bit_length() - 1
    if first <= half:
        return [*_consistency(first, start, half, subtree, is_known=is_known), subtree(start + half, size - half)]
    right = _consistency(first - half, start + half, size - half, subtree, is_known=False)
    return [*right, subtree(start, half)]


def is_consistent(first: int, second: int, roots: tuple[bytes, bytes], between: Sequence[bytes]) -> bool:
    """Say whether the tree of `second` leaves begins with that of `first`, both known by their roots.

    Source: RFC 9162, 2.1.4.2.
    """
    if not 0 < first <= second:
        return False
    if first == second:
        return roots[0] == roots[1] and not between
    path = [roots[0], *between] if first & (first - 1) == 0 else list(between)
    return bool(path) and _leads_to(first - 1, second - 1, path, roots)


def _leads_to(first: int, last: int, path: Sequence[bytes], roots: tuple[bytes, bytes]) -> bool:
    while first & 1:
        first, last = first >> 1, last >> 1
    old = new = path[0]
    for each in path[1:]:
        if last == 0:
            return False
        if first & 1 or first == last:
            old, new = node(each, old), node(each, new)
            while not first & 1 and first:
                first, last = first >> 1, last >> 1
        else:
            new = node(new, each)
        first, last = first >> 1, last >> 1
    return last == 0 and (old, new) == roots
