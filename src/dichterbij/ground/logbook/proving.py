"""Prove one line to somebody who trusts nobody: the line, its place in the tree, and the signed stand it belongs to.

A proof is a JSON file. Who has it needs no database and no key of ours: the hash of the line and the hashes beside it
lead to the root, and the root is under the signature of the operator. It shows no other line. A second kind of proof
shows that a later signed stand only added to an earlier one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from dichterbij.ground.organisations import keys
from dichterbij.kernel.access import Access, Role
from dichterbij.kernel.identifiers import Oin
from dichterbij.kernel.problems import Problem

from . import merkle, tree
from .domain import Json, Log, leaf
from .lines import parsed
from .models import Head, Line, Position
from .queries import visible_to
from .sealing import instant, messages, purpose, seal_log

NOT_A_PROOF = (KeyError, TypeError, ValueError, AttributeError, OverflowError)
LARGEST = 2**63 - 1
"""The largest number a database compares with."""


class UnknownLine(Problem):
    """There is no such line about this person."""

    code = "unknown-line"
    title = "Deze regel is er niet"
    status = 404


class UnknownStand(Problem):
    """No stand was signed after so many lines, or it signed no tree yet."""

    code = "unknown-stand"
    title = "Deze ondertekende stand is er niet"
    status = 404


class NotSealedYet(Problem):
    """A line has no place under a signature yet; that takes about a second."""

    code = "not-sealed-yet"
    title = "Deze regel is nog niet ondertekend"
    status = 409


class ProofWrong(Problem):
    """A file does not prove what it says."""

    code = "proof-wrong"
    title = "Dit bewijs klopt niet"
    status = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Proven:
    """What a proof shows: the line (None where its text is kept back), its place, and who signed when."""

    line: str | None
    position: int
    size: int
    operator: Oin
    sealed_at: str


def proof(access: Access, line: UUID) -> dict[str, Json]:
    """Return the proof of a line that the person of the access may open; raises `UnknownLine`.

    A line that still waits is signed now. The text of what a worker did is kept back, because it holds their
    reference; the hash proves that it is there.
    """
    row = visible_to(access.subject.number).filter(line_id=line, own_matter=True).first()
    if row is None:
        raise UnknownLine
    if not Position.objects.filter(line=row).exists():
        seal_log(Log(row.log))
    return made(row, with_text=parsed(row)["actor"]["role"] != Role.STAFF)


def made(row: Line, *, with_text: bool = True) -> dict[str, Json]:
    """Return the proof of a line against the first signed stand that holds it; raises `NotSealedYet`."""
    place = Position.objects.filter(line=row).values_list("position", flat=True).first()
    heads = Head.objects.filter(log=row.log, size__gte=place or 0, root__isnull=False).order_by("size")
    head = heads.first() if place else None
    if place is None or head is None:
        raise NotSealedYet
    beside: list[Json] = [each.hex() for each in tree.path(Log(row.log), place - 1, head.size)]
    return {
        "v": 1,
        "log": row.log,
        "line": bytes(row.body).decode() if with_text else None,
        "leaf": bytes(row.leaf_hash).hex(),
        "position": place,
        "path": beside,
        **stand(head),
    }


def stand(head: Head) -> dict[str, Json]:
    """Return a signed stand as it is published."""
    return {
        "size": head.size,
        "chain": bytes(head.chain_hash).hex(),
        "root": bytes(head.root).hex() if head.root is not None else None,
        "sealedAt": instant(head.sealed_at),
        "operator": head.operator,
        "publicKey": bytes(head.public_key).hex(),
        "signature": bytes(head.signature).hex(),
    }


def stands(*, before: int | None, limit: int) -> list[Json]:
    """Return signed stands of the open log, newest first; `before`: only those of fewer lines."""
    found = Head.objects.filter(log=Log.OPEN, **({} if before is None else {"size__lt": min(before, LARGEST)}))
    return [stand(head) for head in found.order_by("-size")[:limit]]


def consistency(log: Log, first: int, second: int) -> dict[str, Json]:
    """Return the proof that the stand of `second` lines begins with that of `first`: nothing changed, only added.

    Raises `UnknownStand`, and `tree.Removed` when it rests on lines that were removed after their term.
    """
    heads = {head.size: head for head in Head.objects.filter(log=log, size__in=(first, second), root__isnull=False)}
    if not 0 < first <= second or {first, second} - set(heads):
        raise UnknownStand

    def subtree(start: int, size: int) -> bytes:
        return tree.subtree(log, start, size)

    between: list[Json] = [each.hex() for each in merkle.consistency(first, second, subtree)]
    return {"v": 1, "log": log.value, "first": stand(heads[first]), "second": stand(heads[second]), "path": between}


def check(content: Mapping[str, Any]) -> Proven:
    """Return what a proof of a line shows, from its content alone; raises `ProofWrong` with what is wrong."""
    try:
        return _checked(content)
    except NOT_A_PROOF:
        raise ProofWrong("Dit bestand is geen bewijs van een regel.") from None


def check_consistency(content: Mapping[str, Any]) -> tuple[int, int]:
    """Return the two sizes of which a proof shows that the later began as the earlier; raises `ProofWrong`."""
    try:
        return _checked_consistency(content)
    except NOT_A_PROOF:
        raise ProofWrong("Dit bestand is geen bewijs van twee standen.") from None


def _checked_consistency(content: Mapping[str, Any]) -> tuple[int, int]:
    stands = [{"log": content["log"], **content[name]} for name in ("first", "second")]
    for each in stands:
        ensure_signed(each)
    if stands[0]["operator"] != stands[1]["operator"] or stands[0]["publicKey"] != stands[1]["publicKey"]:
        raise ProofWrong("De twee standen zijn niet van dezelfde ondertekenaar.")
    first, second = (int(each["size"]) for each in stands)
    roots = (bytes.fromhex(stands[0]["root"]), bytes.fromhex(stands[1]["root"]))
    if not merkle.is_consistent(first, second, roots, [bytes.fromhex(each) for each in content["path"]]):
        raise ProofWrong("De latere stand begint niet met de regels van de eerdere.")
    return first, second


def _checked(content: Mapping[str, Any]) -> Proven:
    line, hash_, root = content["line"], bytes.fromhex(content["leaf"]), bytes.fromhex(content["root"])
    if line is not None and leaf(line.encode()) != hash_:
        raise ProofWrong("De regel is veranderd.")
    beside = [bytes.fromhex(each) for each in content["path"]]
    if merkle.root_of(hash_, int(content["position"]) - 1, int(content["size"]), beside) != root:
        raise ProofWrong("De regel hoort niet bij deze ondertekende stand.")
    ensure_signed(content)
    return Proven(
        line=line,
        position=int(content["position"]),
        size=int(content["size"]),
        operator=Oin(content["operator"]),
        sealed_at=str(content["sealedAt"]),
    )


def ensure_signed(content: Mapping[str, Any]) -> None:
    """Raise `ProofWrong` unless the signed stand in a file is under the signature of its operator."""
    log, operator, key = str(Log(content["log"])), Oin(content["operator"]), bytes.fromhex(content["publicKey"])
    root = bytes.fromhex(content["root"]) if content["root"] is not None else None
    forms = messages(log, int(content["size"]), bytes.fromhex(content["chain"]), root, str(content["sealedAt"]))
    signature = bytes.fromhex(content["signature"])
    if not any(keys.is_signed(operator, form, signature, purpose=purpose(log), key=key) for form in forms):
        raise ProofWrong("De handtekening klopt niet.")
    if keys.present(operator) and keys.public_key(operator) != key:
        raise ProofWrong("De handtekening is met een andere sleutel gezet.")
