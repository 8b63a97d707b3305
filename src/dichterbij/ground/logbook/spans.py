"""Check a stretch of a log by itself, so that several processes can share the whole: bytes, columns, chain, tree."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.db import connections

from . import merkle
from .appending import DATABASE
from .domain import START, Log, leaf, link
from .lines import parsed
from .merkle import Peak
from .models import Line, Position
from .tree import BLOCK

ROWS = """SELECT p.position, p.chain_hash, l.leaf_hash, l.body, l.id, l.line_id, {at}, l.kind, l.organisation,
l.activity, l.subject, {own}, l.items, l.act, l.intent FROM logbook_position p JOIN logbook_line l ON l.id = p.line_id
WHERE p.log = %s AND p.position BETWEEN %s AND %s ORDER BY p.position"""
AS_TEXT = {"at": "l.at || ''", "own": "l.own_matter + 0"}
AS_IS = {"at": "l.at", "own": "l.own_matter"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """The log after so many lines: its chain, and what of the tree stands on the block that is not full."""

    chain: bytes
    tail: list[Peak]


@dataclass(slots=True, kw_only=True)
class Checked:
    """What a stretch holds. `position`: the first that is wrong; `blocks`: roots of its full blocks, in order."""

    count: int = 0
    position: int | None = None
    what: str = ""
    blocks: list[bytes] = field(default_factory=list)
    marks: dict[int, Mark] = field(default_factory=dict)


def check(log: Log, first: int, last: int, sizes: frozenset[int]) -> Checked:
    """Check the positions from `first` (one more than a multiple of a block) to `last`; marks the log at `sizes`."""
    found, leaves = Checked(), list[bytes]()
    chain = _chain_before(log, first)
    for position, chain_hash, leaf_hash, body, key, *columns in _rows(log, first, last):
        expected, hash_ = first + found.count, bytes(leaf_hash)
        wrong = "hier ontbreekt een regel" if position != expected else _wrong(bytes(body), hash_, key, columns)
        if not wrong and bytes(chain_hash) != link(chain, hash_):
            wrong = "de ketting klopt niet: een regel is vervangen, verplaatst of tussengevoegd"
        if wrong:
            found.position, found.what = expected, wrong
            return found
        chain = bytes(chain_hash)
        found.count += 1
        leaves.append(hash_)
        if len(leaves) == BLOCK:
            found.blocks.append(merkle.complete(leaves))
            leaves = []
        if position in sizes:
            found.marks[position] = Mark(chain=chain, tail=merkle.peaks(leaves))
    return found


def wrong_content(line: Line) -> str:
    """Say what is wrong with the bytes or the columns of a line; empty when nothing is."""
    if leaf(bytes(line.body)) != bytes(line.leaf_hash):
        return "de inhoud is veranderd"
    body = parsed(line)
    at = line.at.isoformat(timespec="microseconds")
    intent = str(line.intent) if line.intent else None
    names = (line.kind, line.organisation, line.activity, line.subject)
    columns = (str(line.line_id), at, *names, line.own_matter, line.items, str(line.act), intent)
    return "" if columns == _said(body) else "de opzoekgegevens zijn veranderd"


def _wrong(body: bytes, leaf_hash: bytes, key: int, columns: list[Any]) -> str:
    if leaf(body) != leaf_hash:
        return "de inhoud is veranderd"
    if tuple(columns) == _stored(json.loads(body)):
        return ""
    return wrong_content(Line.objects.get(pk=key))  # the database writes a value in another way, or it was changed


def _said(body: Mapping[str, Any]) -> tuple[Any, ...]:
    names = (body["kind"], body["organisation"], body["activity"]["id"], body["subject"])
    return (body["id"], body["at"], *names, body["ownMatter"], body["items"], body["act"], body["intent"])


def _stored(body: Mapping[str, Any]) -> tuple[Any, ...]:
    """Return what a line says as this database writes its columns."""
    number, at, kind, organisation, activity, subject, own, items, act, intent = _said(body)
    names = (kind, organisation, activity, subject, own, items)
    if _is_postgresql():
        return (UUID(number), datetime.fromisoformat(at), *names, UUID(act), UUID(intent) if intent else None)
    written = f"{at[:10]} {at[11:26]}".removesuffix(".000000")
    return (_plain(number), written, *names, _plain(act), _plain(intent) if intent else None)


@cache
def _is_postgresql() -> bool:
    return connections[DATABASE].vendor == "postgresql"


def _plain(number: str) -> str:
    return number.replace("-", "")


def _rows(log: Log, first: int, last: int) -> Iterator[Any]:
    form = AS_IS if _is_postgresql() else AS_TEXT
    with connections[DATABASE].cursor() as cursor:
        cursor.execute(ROWS.format(**form), [log.value, first, last])
        while rows := cursor.fetchmany(1000):
            yield from rows


def _chain_before(log: Log, first: int) -> bytes:
    before = Position.objects.filter(log=log, position=first - 1).values_list("chain_hash", flat=True).first()
    return START if before is None else bytes(before)
