"""Check a stretch of a log by itself, so that several processes can share the whole: bytes, columns, chain, heads."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from hashlib import sha256
from typing import Any

from django.db import connections

from dichterbij.ground.organisations import keys
from dichterbij.kernel.access import Role
from dichterbij.kernel.identifiers import Oin

from . import merkle
from .appending import DATABASE
from .domain import START, Log, leaf
from .lines import parsed
from .merkle import Peak
from .models import Head, Line, Position
from .sealing import instant, messages, purpose
from .tree import BLOCK

SAID = """{line_id} || '|' || {act} || '|' || {intent} || '|' || {at} || '|' || l.kind || '|' || l.organisation
|| '|' || l.activity || '|' || l.subject || '|' || {own} || '|' || l.items || '|' || coalesce(l.actor, '')"""
ROWS = """SELECT p.position, p.chain_hash, l.leaf_hash, l.body, l.id, {said} FROM logbook_position p
JOIN logbook_line l ON l.id = p.line_id WHERE p.log = %s AND p.position BETWEEN %s AND %s ORDER BY p.position"""
SQLITE = {
    "line_id": "l.line_id",
    "at": "substr(l.at || '.000000', 1, 26)",
    "own": "l.own_matter",
    "act": "l.act",
    "intent": "ifnull(l.intent, '')",
}
POSTGRESQL = {
    "line_id": "replace(l.line_id::text, '-', '')",
    "at": "to_char(l.at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')",
    "own": "l.own_matter::int",
    "act": "replace(l.act::text, '-', '')",
    "intent": "coalesce(replace(l.intent::text, '-', ''), '')",
}
CLOCKS_DIFFER = timedelta(minutes=5)
"""Lines of several processes can stand this far out of order without anybody having touched a clock."""
_decoded = json.JSONDecoder().raw_decode


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """Where a check begins: after so many lines, with this chain and these hashes on the block that is not full.

    `chain` None: that of the line before, which is checked elsewhere.
    """

    size: int
    chain: bytes | None = None
    tail: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A signed stand that fits the chain: what of the tree stands on the block that is not full, and the root."""

    size: int
    tail: list[Peak]
    root: bytes | None


@dataclass(slots=True, kw_only=True)
class Checked:
    """What a stretch holds. `position`: the first that is wrong; `blocks`: roots of its full blocks, in order.

    `marks`: its signed stands; `chain`: after the last good line; `clock_back`: where the time went back first.
    """

    count: int = 0
    position: int | None = None
    what: str = ""
    blocks: list[bytes] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    chain: bytes = b""
    clock_back: int | None = None


def check(log: Log, start: Start, last: int) -> Checked:
    """Check the lines after `start` up to position `last`, which ends a block or the log."""
    chain, latest = _before(log, start)
    found, leaves, heads = Checked(chain=chain), list(start.tail), _heads(log, start.size, last)
    for position, *row in _rows(log, start.size, last):
        expected = start.size + found.count + 1
        wrong, at = ("hier ontbreekt een regel", "") if position != expected else _next(found, row)
        head = heads.get(position)
        if not wrong and head is not None:
            wrong = wrong_head(head, found.chain)
        if wrong:
            found.position, found.what = expected, wrong
            return found
        found.count += 1
        leaves.append(bytes(row[1]))
        latest = at if at >= latest else _later(found, position, latest, at)
        if head is not None:
            _mark(found, head, leaves, latest)
        if len(leaves) == BLOCK:
            found.blocks.append(merkle.complete(leaves))
            leaves = []
    return found


def _next(found: Checked, row: Sequence[Any]) -> tuple[str, str]:
    """Take the next line into the chain; returns what is wrong with it, and when it was written."""
    chain_hash, leaf_hash, body, key, columns = row
    if sha256(b"\0" + body).digest() != leaf_hash:
        return "de inhoud is veranderd", ""
    found.chain = sha256(b"\1" + found.chain + leaf_hash).digest()
    if found.chain != chain_hash:
        return "de ketting klopt niet: een regel is vervangen, verplaatst of tussengevoegd", ""
    try:
        said = _decoded(str(body, "utf-8"))[0]
        at: str = said["at"]
        return ("" if _stored(said) == columns else _wrong_columns(key)), at
    except (ValueError, KeyError, TypeError):
        return "dit is geen regel", ""


def wrong_content(line: Line) -> str:
    """Say what is wrong with the bytes or the columns of a line; empty when nothing is."""
    if leaf(bytes(line.body)) != bytes(line.leaf_hash):
        return "de inhoud is veranderd"
    body = parsed(line)
    intent = str(line.intent) if line.intent else None
    names = (line.kind, line.organisation, line.activity, line.subject)
    columns = (str(line.line_id), instant(line.at), *names, line.own_matter, line.items, str(line.act), intent)
    is_same = columns == _said(body) and line.actor in (None, _actor(body["actor"]))  # None: before there was one
    return "" if is_same else "de opzoekgegevens zijn veranderd"


def wrong_head(head: Head, chain: bytes | None = None) -> str:
    """Say what is wrong with a signed stand, given the chain of the lines before it (None: they were removed)."""
    if chain is not None and bytes(head.chain_hash) != chain:
        return "de ketting komt niet overeen met de ondertekende stand"
    root = bytes(head.root) if head.root is not None else None
    forms = messages(head.log, head.size, bytes(head.chain_hash), root, instant(head.sealed_at))
    key, operator = bytes(head.public_key), Oin(head.operator)
    signature, bound = bytes(head.signature), purpose(head.log)
    signed = any(keys.is_signed(operator, form, signature, purpose=bound, key=key) for form in forms)
    return "" if signed and is_our_key(operator, key) else "de handtekening klopt niet"


@cache
def is_our_key(operator: Oin, key: bytes) -> bool:
    """Say whether a key is the operator's; what was signed with somebody else's is no proof, where we can compare."""
    return not keys.present(operator) or keys.public_key(operator) == key


def _mark(found: Checked, head: Head, leaves: list[bytes], latest: str) -> None:
    root = bytes(head.root) if head.root is not None else None
    found.marks.append(Mark(size=head.size, tail=merkle.peaks(leaves) if len(leaves) < BLOCK else [], root=root))
    _later(found, head.size, latest, instant(head.sealed_at))


def _later(found: Checked, position: int, latest: str, at: str) -> str:
    """Return the later of two instants; notes the first position where the time went back."""
    if at >= latest:
        return at
    if found.clock_back is None and datetime.fromisoformat(latest) - datetime.fromisoformat(at) > CLOCKS_DIFFER:
        found.clock_back = position
    return latest


def _wrong_columns(key: int) -> str:
    """Look once more, through the model: this database may write a value in another way."""
    return wrong_content(Line.objects.get(pk=key))


def _said(body: Mapping[str, Any]) -> tuple[Any, ...]:
    names = (body["kind"], body["organisation"], body["activity"]["id"], body["subject"])
    return (body["id"], body["at"], *names, body["ownMatter"], body["items"], body["act"], body["intent"])


def _stored(body: Mapping[str, Any]) -> str:
    """Return what a line says as `SAID` writes its columns."""
    at, own, actor = body["at"], "1" if body["ownMatter"] else "0", _actor(body["actor"])
    numbers = f"{body['id']}|{body['act']}|{body['intent'] or ''}".replace("-", "")
    names = f"{body['kind']}|{body['organisation']}|{body['activity']['id']}|{body['subject']}"
    return f"{numbers}|{at[:10]} {at[11:26]}|{names}|{own}|{body['items']}|{actor}"


def _actor(actor: Mapping[str, str]) -> str:
    return actor["party"] if actor["role"] == Role.REPRESENTATIVE else actor.get("present", "")


def _rows(log: Log, after: int, last: int) -> Iterator[Any]:
    connection = connections[DATABASE]
    said = SAID.format(**(POSTGRESQL if connection.vendor == "postgresql" else SQLITE))
    with connection.cursor() as cursor:
        cursor.execute(ROWS.format(said=said), [log.value, after + 1, last])
        while rows := cursor.fetchmany(1000):
            yield from rows


def _heads(log: Log, after: int, last: int) -> Mapping[int, Head]:
    return {head.size: head for head in Head.objects.filter(log=log, size__gt=after, size__lte=last)}


def _before(log: Log, start: Start) -> tuple[bytes, str]:
    """Return the chain so far, and when the last line before was written, as far as that is known."""
    if start.chain is not None:
        return start.chain, ""
    row = Position.objects.filter(log=log, position=start.size).values_list("chain_hash", "line__at").first()
    return (bytes(row[0]), instant(row[1])) if row else (START, "")
