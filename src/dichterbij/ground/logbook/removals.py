"""What was removed after its term: the signed notes that stay, and where the log begins since then."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Max

from dichterbij.ground.organisations import keys
from dichterbij.kernel.identifiers import Oin

from . import keeping, tree
from .domain import Json, Log, canonical
from .models import Head, Node, Removal
from .sealing import instant
from .spans import Start, is_our_key, wrong_head


def last_removed(log: Log) -> int:
    """Return the position of the last line that was removed; 0 when none was."""
    found: int | None = Removal.objects.filter(log=log).aggregate(last=Max("last"))["last"]
    return found or 0


def start(log: Log) -> Start:
    """Return where the lines that are here begin."""
    head = Head.objects.filter(log=log, size=last_removed(log)).first()
    if head is None:
        return Start(size=0)
    return Start(size=head.size, chain=bytes(head.chain_hash), tail=tuple(tree.tail(log, head.size)))


def message(note: Removal) -> bytes:
    """Return the bytes that a note of removal signs."""
    content: dict[str, Json] = {
        "ground": note.ground,
        "keepYears": note.keep_years,
        "last": note.last,
        "log": note.log,
        "removedAt": instant(note.removed_at),
        "tail": bytes(note.tail).hex(),
        "v": 1,
    }
    return canonical(content)


def purpose(log: str) -> str:
    """Return the purpose under which notes of removal are signed."""
    return f"logbook-removal-{log}"


def first_wrong(log: Log) -> tuple[int, str] | None:
    """Return the first stand or note of what was removed that is not in order, and what is wrong with it."""
    removed = last_removed(log)
    heads = Head.objects.filter(log=log, size__lte=removed).order_by("size")
    found = ((head.size, wrong_head(head)) for head in heads.iterator(chunk_size=1000))
    wrong = next(((size, what) for size, what in found if what), None)
    return wrong or next(_wrong_notes(log), None)


def _wrong_notes(log: Log) -> Iterator[tuple[int, str]]:
    for note in Removal.objects.filter(log=log).order_by("last"):
        head = Head.objects.filter(log=log, size=note.last).first()
        if head is None or not _is_signed(note):
            yield note.last, "niemand heeft getekend voor het verwijderen van deze regels"
        elif _too_soon(log, note):
            yield note.last, "deze regels zijn te vroeg verwijderd"
        elif head.root is not None and _root(log, note.last) != bytes(head.root):
            yield note.last, "de boom komt niet overeen met de ondertekende stand"


def youngest_head(log: Log, size: int) -> datetime:
    """Return when the last line up to a position was signed for, by the latest of all clocks."""
    youngest: datetime = Head.objects.filter(log=log, size__lte=size).aggregate(at=Max("sealed_at"))["at"]
    return youngest


def _too_soon(log: Log, note: Removal) -> bool:
    return keeping.years_after(youngest_head(log, note.last), note.keep_years) > note.removed_at


def _is_signed(note: Removal) -> bool:
    operator, key = Oin(note.operator), bytes(note.public_key)
    signed = keys.is_signed(operator, message(note), bytes(note.signature), purpose=purpose(note.log), key=key)
    return signed and is_our_key(operator, key)


def _root(log: Log, size: int) -> bytes | None:
    try:
        return tree.subtree(log, 0, size)
    except (Node.DoesNotExist, tree.Removed):
        return None
