"""Check the whole logbook: bytes, chain, positions, signatures. Names the first position that is wrong."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from dichterbij.ground.organisations import keys
from dichterbij.kernel.identifiers import Oin

from .domain import START, Log, leaf, link
from .lines import parsed
from .models import Head, Line, Position
from .sealing import message, purpose, unsealed


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
    heads = {head.size: head for head in Head.objects.filter(log=log)}
    chain, count = START, 0
    for row in _positions(log):
        count += 1
        wrong = _wrong_line(row, count, chain)
        chain = bytes(row.chain_hash)
        wrong = wrong or _wrong_head(heads.get(count), chain) or _wrong_known(known, count, chain)
        if wrong:
            return Finding(log=log, lines=count, heads=len(heads), unsealed=0, position=count, what=wrong)
    missing = max([*heads, known.size if known else 0], default=0)
    if missing > count:
        what = "er ontbreken regels aan het eind"
        return Finding(log=log, lines=count, heads=len(heads), unsealed=0, position=count + 1, what=what)
    if count and count not in heads:
        what = "de laatste regels zijn niet ondertekend"
        return Finding(log=log, lines=count, heads=len(heads), unsealed=0, position=count, what=what)
    return _wrong_waiting(log, Finding(log=log, lines=count, heads=len(heads), unsealed=0))


def _positions(log: Log) -> Iterator[Position]:
    return Position.objects.filter(log=log).select_related("line").order_by("position").iterator(chunk_size=2000)


def _wrong_line(row: Position, expected: int, chain: bytes) -> str:
    if row.position != expected:
        return "hier ontbreekt een regel"
    if wrong := _wrong_content(row.line):
        return wrong
    if bytes(row.chain_hash) != link(chain, bytes(row.line.leaf_hash)):
        return "de ketting klopt niet: een regel is vervangen, verplaatst of tussengevoegd"
    return ""


def _wrong_content(line: Line) -> str:
    if leaf(bytes(line.body)) != bytes(line.leaf_hash):
        return "de inhoud is veranderd"
    return "" if _columns(line) == _said(parsed(line)) else "de opzoekgegevens zijn veranderd"


def _columns(line: Line) -> tuple[Any, ...]:
    at = line.at.isoformat(timespec="microseconds")
    intent = str(line.intent) if line.intent else None
    names = (line.kind, line.organisation, line.activity, line.subject)
    return (str(line.line_id), at, *names, line.own_matter, line.items, str(line.act), intent)


def _said(body: Any) -> tuple[Any, ...]:
    names = (body["kind"], body["organisation"], body["activity"]["id"], body["subject"])
    return (body["id"], body["at"], *names, body["ownMatter"], body["items"], body["act"], body["intent"])


def _wrong_head(head: Head | None, chain: bytes) -> str:
    if head is None:
        return ""
    if bytes(head.chain_hash) != chain:
        return "de ketting komt niet overeen met de ondertekende stand"
    content = message(head.log, head.size, chain)
    key = bytes(head.public_key)
    signed = keys.is_signed(Oin(head.operator), content, bytes(head.signature), purpose=purpose(head.log), key=key)
    return "" if signed and _is_our_key(head, key) else "de handtekening klopt niet"


def _is_our_key(head: Head, key: bytes) -> bool:
    """A head made with a key of somebody else's is no proof, where we can compare."""
    operator = Oin(head.operator)
    return not keys.present(operator) or keys.public_key(operator) == key


def _wrong_known(known: KnownHead | None, count: int, chain: bytes) -> str:
    if known and known.size == count and known.chain_hash != chain:
        return "de ketting komt niet overeen met de stand die eerder is bewaard"
    return ""


def _wrong_waiting(log: Log, good: Finding) -> Finding:
    waiting = 0
    for line in unsealed(log).iterator(chunk_size=2000):
        waiting += 1
        if wrong := _wrong_content(line):
            position = good.lines + waiting
            return Finding(log=log, lines=good.lines, heads=good.heads, unsealed=waiting, position=position, what=wrong)
    return Finding(log=log, lines=good.lines, heads=good.heads, unsealed=waiting)
