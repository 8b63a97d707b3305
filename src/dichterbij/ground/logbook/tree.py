"""The tree of hashes over the sealed lines of a log: grown when lines are sealed, asked when one is proved."""

from dichterbij.kernel.problems import Problem

from . import merkle
from .domain import Log
from .merkle import Peak
from .models import Node, Position, Removal

BLOCK_LEVEL = 8
"""Subtrees of 2 to the power 8 lines and more are kept; smaller ones are computed from the lines in a millisecond."""
BLOCK = 1 << BLOCK_LEVEL


class Removed(Problem):
    """What is asked rests on lines that were removed when their term had passed."""

    code = "lines-removed"
    title = "Deze regels zijn na afloop van hun bewaartermijn verwijderd"
    status = 410


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
    done = start + size // BLOCK * BLOCK
    rest = merkle.peaks(_leaves(log, done, start + size - done))
    return merkle.root([*peaks(log, size, start), *rest])


def peaks(log: Log, size: int, start: int = 0) -> list[Peak]:
    """Return the kept subtrees that the full blocks of so many lines consist of, the largest first."""
    found, done, whole = [], start, size // BLOCK
    for level in range(whole.bit_length() - 1, -1, -1):
        if whole >> level & 1:
            found.append(_kept(log, BLOCK_LEVEL + level, done))
            done += BLOCK << level
    return found


def _keep(log: Log, level: int, number: int, value: bytes) -> None:
    """Keep a node, and the one above it when this one completes that."""
    Node.objects.create(log=log, level=level, number=number, hash=value)
    if number & 1:
        left = Node.objects.get(log=log, level=level, number=number - 1)
        _keep(log, level + 1, number >> 1, merkle.node(bytes(left.hash), value))


def _kept(log: Log, level: int, start: int) -> Peak:
    return Peak(level, bytes(Node.objects.get(log=log, level=level, number=start >> level).hash))


def tail(log: Log, size: int) -> list[bytes]:
    """Return the hashes of the lines that, after so many lines, stand on the block that is not full."""
    return _leaves(log, size // BLOCK * BLOCK, size % BLOCK)


def _leaves(log: Log, start: int, count: int) -> list[bytes]:
    """Return the hashes of lines, from a line on (counted from zero); raises `Removed` when they are not kept."""
    rows = Position.objects.filter(log=log, position__gt=start, position__lte=start + count).order_by("position")
    found = [bytes(value) for value in rows.values_list("line__leaf_hash", flat=True)]
    if len(found) < count:
        found = _kept_leaves(log, start, count - len(found)) + found
    return found


def _kept_leaves(log: Log, start: int, count: int) -> list[bytes]:
    """Return hashes of removed lines that share a block with lines that stayed."""
    removal = Removal.objects.filter(log=log, last__gte=start + count).order_by("last").first()
    first = removal.last // BLOCK * BLOCK if removal else 0
    if removal is None or start < first:
        raise Removed
    hashes = [bytes(removal.tail)[place : place + 32] for place in range(0, len(bytes(removal.tail)), 32)]
    return hashes[start - first : start - first + count]
