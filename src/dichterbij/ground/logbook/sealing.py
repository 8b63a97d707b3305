"""Give lines their position, chain them, and sign the head: after that, every change shows."""

from collections.abc import Iterator
from datetime import datetime

from django.db import connections, transaction
from django.db.models import Exists, OuterRef, QuerySet

from dichterbij.ground.organisations import keys
from dichterbij.ground.organisations import queries as organisations
from dichterbij.kernel import clock

from . import tree
from .appending import DATABASE
from .domain import START, Json, Log, canonical, link
from .models import Head, Line, Position

BATCH = 5000
LATE = 10_000
"""On PostgreSQL a line can become visible after one with a higher number; look back this far for such lines."""
LOCKS = {Log.OPEN: 1_000_001, Log.CONFIDENTIAL: 1_000_002}


def seal() -> int:
    """Seal what is not yet sealed, in both logs; returns how many lines. Safe in several processes at once."""
    return sum(seal_log(log) for log in Log)


def unsealed(log: Log) -> QuerySet[Line]:
    """Return every line without a position, in order of arrival."""
    return Line.objects.filter(~Exists(Position.objects.filter(line=OuterRef("pk"))), log=log).order_by("id")


def recent(log: Log) -> QuerySet[Line]:
    """Return the unsealed lines, without looking through all that is sealed long ago."""
    newest = Position.objects.filter(log=log).order_by("-position").values_list("line_id", flat=True).first() or 0
    return unsealed(log).filter(id__gt=newest - LATE)


def message(log: str, size: int, chain_hash: bytes, root: bytes | None, sealed_at: str = "") -> bytes:
    """Return the bytes that a head signs: which log, how many lines, their chain, the root of their tree, and when.

    `sealed_at`: ISO 8601 with microseconds. The first heads signed no instant, and those of before the tree no root.
    """
    content: dict[str, Json] = {"chain": chain_hash.hex(), "log": log, "size": size, "v": 1}
    if root is not None:
        content |= {"root": root.hex(), "v": 2}
    if root is not None and sealed_at:
        content |= {"sealedAt": sealed_at, "v": 3}
    return canonical(content)


def messages(log: str, size: int, chain_hash: bytes, root: bytes | None, sealed_at: str) -> Iterator[bytes]:
    """Return the forms in which a head can have been signed, the present one first."""
    yield message(log, size, chain_hash, root, sealed_at)
    yield message(log, size, chain_hash, root)


def instant(moment: datetime) -> str:
    """Return an instant as it is signed."""
    return moment.isoformat(timespec="microseconds")


def purpose(log: str) -> str:
    """Return the purpose under which the heads of a log are signed: each log its own."""
    return f"logbook-head-{log}"


def seal_log(log: Log) -> int:
    """Seal what is not yet sealed in one log; returns how many lines."""
    total = 0
    while recent(log).exists():
        sealed = _seal_batch(log)
        total += sealed
        if sealed < BATCH:
            break
    return total


def _seal_batch(log: Log) -> int:
    with transaction.atomic(using=DATABASE):
        _one_at_a_time(log)
        last = Head.objects.filter(log=log).order_by("-size").first()
        size, chain = (last.size, bytes(last.chain_hash)) if last else (0, START)
        positions = []
        for line in recent(log).only("id", "leaf_hash")[:BATCH]:
            size, chain = size + 1, link(chain, bytes(line.leaf_hash))
            positions.append(Position(log=log, position=size, line=line, chain_hash=chain))
        if positions:
            Position.objects.bulk_create(positions)
            _sign(log, size, chain)
        return len(positions)


def _sign(log: Log, size: int, chain: bytes) -> None:
    operator, root, at = organisations.operator().oin, tree.grow(log, size), clock.now()
    signed = message(log, size, chain, root, instant(at))
    Head.objects.create(
        log=log,
        size=size,
        chain_hash=chain,
        root=root,
        sealed_at=at,
        operator=operator.value,
        public_key=keys.public_key(operator),
        signature=keys.sign(operator, signed, purpose=purpose(log)),
    )


def _one_at_a_time(log: Log) -> None:
    """Wait for another process that seals the same log; SQLite has one writer by itself."""
    connection = connections[DATABASE]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCKS[log]])
