"""The sealed form of a determination: what people read, and what is needed to determine it again."""

import json
from dataclasses import dataclass
from uuid import UUID

from dichterbij.ground.organisations import keys
from dichterbij.kernel.identifiers import Oin
from dichterbij.law import UNKNOWN, Determined, Facts, Outcome, Refused
from dichterbij.law.receipt import written as written_fact
from dichterbij.law.values import Given

from .domain import Assessment
from .structure import restored, written

PURPOSE = "determination"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """An assessment with the facts and the salt (hexadecimal; empty while open) that its receipt replays with."""

    assessment: Assessment
    facts: Facts
    salt: str


def seal(assessment: Assessment, outcome: Outcome) -> bytes:
    """Return the sealed bytes of an assessment, bound to its id and organisation."""
    content = {"assessment": written(assessment), "facts": _facts(outcome), "salt": _salt(outcome)}
    plain = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    return keys.seal(assessment.organisation, plain, purpose=_purpose(assessment.id))


def unseal(organisation: Oin, number: UUID, sealed: bytes) -> Kept:
    """Return what was sealed; raises `SealBroken`."""
    content = json.loads(keys.open_sealed(organisation, sealed, purpose=_purpose(number)))
    persons: dict[str, dict[str, Given]] = {
        person: {name: UNKNOWN if text == "unknown" else json.loads(text) for name, text in facts.items()}
        for person, facts in content["facts"]["persons"].items()
    }
    return Kept(
        assessment=restored(Assessment, content["assessment"]),
        facts=Facts(subject=content["facts"]["subject"], persons=persons),
        salt=content["salt"],
    )


def _purpose(number: UUID) -> str:
    return f"{PURPOSE}-{number}"


def _facts(outcome: Outcome) -> dict[str, object]:
    if isinstance(outcome, Refused):
        return {"subject": outcome.question.subject, "persons": {}}
    persons = {
        person: {name: written_fact(given) for name, given in facts.items()}
        for person, facts in outcome.facts.persons.items()
    }
    return {"subject": outcome.facts.subject, "persons": persons}


def _salt(outcome: Outcome) -> str:
    return outcome.salt.hex() if isinstance(outcome, Determined) else ""
