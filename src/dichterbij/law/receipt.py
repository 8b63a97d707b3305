"""The receipt of a determination: which files, which facts, which outcome. It replays byte for byte.

Personal inputs stand in it as hashes salted with 128 random bits. The salt stays with the determination, so a
guess about someone's facts cannot be checked against a receipt alone.
"""

import hashlib
import hmac
from datetime import date
from typing import TYPE_CHECKING, Final, cast

from dichterbij.kernel.periods import Period

from .errors import LawError
from .lawset import LawSet
from .values import UNKNOWN, FactRef, Given, Value
from .vocabulary import plain
from .written import Json, as_json, canonical

if TYPE_CHECKING:
    from .determine import Determined, Facts, Question

ENGINE: Final = "dichterbij"
ENGINE_VERSION: Final = "1"
RECEIPT_VERSION: Final = 1


def receipt_of(result: "Determined") -> dict[str, Json]:
    """Return the receipt of a determination."""
    question, graph = result.question, result.graph
    return {
        "receipt_version": RECEIPT_VERSION,
        "provenance": {"engine": ENGINE, "engine_version": ENGINE_VERSION, "law_set": result.laws.hash},
        "scope": {
            "territory": question.territory,
            "loaded_regulations": [
                {"id": law.id, "valid_from": law.valid_from, "valid_to": law.valid_to, "hash": law.sha256}
                for law in graph.laws
            ],
        },
        "execution": {
            "law": question.law,
            "period": str(question.period),
            "decided_on": question.decided_on.isoformat(),
            "stage": question.stage,
            "inputs": [_input(ref, result) for ref in result.facts_used],
            **_given(question.given),
        },
        "results": {
            "requested_outputs": list(question.outputs),
            "outputs": {name: as_json(value) for name, value in result.outputs.items()},
            "output_provenance": {name: _provenance(result, name) for name in result.outputs},
        },
    }


def _given(given: tuple[tuple[str, Value], ...]) -> dict[str, Json]:
    """Return the parameters that were passed by name; nothing when there were none, as in older receipts."""
    return {"given": {name: as_json(value) for name, value in given}} if given else {}


def _input(ref: FactRef, result: "Determined") -> dict[str, Json]:
    given = result.facts.persons[ref.person][ref.fact]
    return {
        "person": "subject" if ref.person == result.question.subject else _hash(result.salt, "person", ref.person),
        "fact": ref.fact,
        "hash": _hash(result.salt, ref.person, ref.fact, written(given)),
    }


def written(given: Given) -> str:
    """Return a supplied value in one fixed form."""
    return "unknown" if given is UNKNOWN else canonical(as_json(plain(given))).decode()


def _hash(salt: bytes, *parts: str) -> str:
    return hmac.new(salt, canonical(list(parts)), hashlib.sha256).hexdigest()


def _provenance(result: "Determined", name: str) -> dict[str, Json]:
    found = result.graph.provenance[name]
    return {"kind": found.kind, "law": found.place.law, "article": found.place.article}


def replay(laws: LawSet, receipt: dict[str, Json], facts: "Facts", salt: bytes) -> "Determined":
    """Determine again what a receipt says; raises ReceiptMismatch when a file it used, or one byte of it, differs.

    Files that were added or changed since and that it did not use do not matter.
    """
    from .determine import Determined, determine

    _check_files(laws, receipt)
    again = determine(laws, question_of(receipt, facts.subject), facts, salt=salt)
    if not isinstance(again, Determined) or _without_law_set(again.receipt()) != _without_law_set(receipt):
        raise LawError("ReceiptMismatch", "The determination does not give this receipt")
    return again


def question_of(receipt: dict[str, Json], subject: str) -> "Question":
    """Return the question that a receipt answers; `subject`: whom it is about in the facts that belong to it."""
    from .determine import Question

    execution, results = _part(receipt, "execution"), _part(receipt, "results")
    return Question(
        law=str(execution["law"]),
        outputs=tuple(map(str, cast(list[Json], results["requested_outputs"]))),
        subject=subject,
        period=Period.parse(str(execution["period"])),
        decided_on=date.fromisoformat(str(execution["decided_on"])),
        territory=str(_part(receipt, "scope")["territory"]),
        stage=str(execution["stage"]),
        given=tuple(sorted((name, plain(cast(Given, value))) for name, value in _part(execution, "given").items()))
        if "given" in execution
        else (),
    )


def _check_files(laws: LawSet, receipt: dict[str, Json]) -> None:
    """Raise ReceiptMismatch with the files that the receipt rests on and that are not here as they were."""
    here = {version.sha256 for versions in laws.laws.values() for version in versions}
    used = cast(list[dict[str, Json]], _part(receipt, "scope").get("loaded_regulations") or [])
    gone = [f"{each.get('id')} {each.get('valid_from')}" for each in used if each.get("hash") not in here]
    if gone:
        raise LawError("ReceiptMismatch", f"These law files have changed since: {', '.join(gone)}")


def _without_law_set(receipt: dict[str, Json]) -> bytes:
    """Return a receipt without the hash of all files: files that a determination does not use do not change it."""
    provenance = {key: value for key, value in _part(receipt, "provenance").items() if key != "law_set"}
    return canonical({**receipt, "provenance": provenance})


def _part(receipt: dict[str, Json], key: str) -> dict[str, Json]:
    part = receipt.get(key)
    if not isinstance(part, dict):
        raise LawError("ReceiptMismatch", f"The receipt has no '{key}'")
    return part
