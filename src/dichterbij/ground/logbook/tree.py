"""The tree of hashes over the sealed lines of a log: grown when lines are sealed, asked when one is proved."""

from . import merkle
from .domain import Log
from .merkle import Peak
from .models import Node, Position

BLOCK_LEVEL = 8
"""Subtrees of 2 to the power 8 lines and more are kept; smaller ones are computed from the lines in a millisecond."""
BLOCK = 1 << BLOCK_LEVEL


def grow(log: Log, size: int) -> bytes:
    """Keep every complete subtree of the first `size` lines that was not kept yet; returns the root of all of them.

    Runs in the transaction that seals.
    """
    newest = Node.objects.filter(log=log, level=BLOCK_LEVEL).order_by("-number").values_list("number", flat=True)
    first = newest[0] + 1 if newest else 0
    for number in range(first, size // BLOCK):
        _keep(log, BLOCK_LEVEL, number, merkle.complete(_leaves(log, number * BLOCK, BLOCK)))
    return subtree(log, 0, size)


def path(log: Log, index: int, size: int) -> tuple[bytes, ...]:
    """Return what stands beside a line (counted from zero) in the tree of the first `size` lines."""
    block = index // BLOCK * BLOCK
    own = _leaves(log, block, min(BLOCK, size - block))

    def beside(start: int, count: int) -> bytes:
        if block <= start and start + count <= block + len(own):
            return merkle.root(merkle.peaks(own[start - block : start - block + count]))
        return subtree(log, start, count)

    return merkle.path(index, size, beside)


def subtree(log: Log, start: int, size: int) -> bytes:
    """Return the root of so many lines from a line on; `start` is a multiple of the largest complete part."""
    found, done = [], start
    whole = size // BLOCK
    for level in range(whole.bit_length() - 1, -1, -1):
        if whole >> level & 1:
            found.append(_kept(log, BLOCK_LEVEL + level, done))
            done += BLOCK << level
    return merkle.root([*found, *merkle.peaks(_leaves(log, done, start + size - done))])


def _keep(log: Log, level: int, number: int, value: bytes) -> None:
    """Keep a node, and the one above it when this one completes that."""
    Node.objects.create(log=log, level=level, number=number, hash=value)
    if number & 1:
        left = Node.objects.get(log=log, level=level, number=number - 1)
        _keep(log, level + 1, number >> 1, merkle.node(bytes(left.hash), value))


def _kept(log: Log, level: int, start: int) -> Peak:
    return Peak(level, bytes(Node.objects.get(log=log, level=level, number=start >> level).hash))


def _leaves(log: Log, start: int, count: int) -> list[bytes]:
    """Return the hashes of lines, from a line on (counted from zero)."""
    rows = Position.objects.filter(log=log, position__gt=start, position__lte=start + count).order_by("position")
    return [bytes(value) for value in rows.values_list("line__leaf_hash", flat=True)]
