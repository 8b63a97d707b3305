"""What a plan is about: who died, what they were to the person, and what the person told. No I/O."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from dichterbij.kernel.identifiers import Bsn

DEATH, RELATION, WHO = "overlijdensdatum", "relatie_tot_overledene", "overledene"
SAME_ADDRESS = "zelfde_adres_als_overledene"


class Relation(StrEnum):
    """What the person of a plan was to the deceased, as the vocabulary of facts has it."""

    PARTNER = "partner"
    CHILD = "kind"
    PARENT = "ouder"
    SIBLING = "broer_zus"
    OTHER = "anders"


@dataclass(frozen=True, slots=True, kw_only=True)
class Deceased:
    """Somebody who died. `bsn`: only for a relative whom the register names; else the person told us name and day."""

    name: str = field(repr=False)
    died_on: date
    relation: Relation
    bsn: Bsn | None = None

    def as_json(self) -> dict[str, str]:
        """Return the value as plain texts, to be kept sealed."""
        number = {"bsn": self.bsn.value} if self.bsn else {}
        return {"name": self.name, "died_on": self.died_on.isoformat(), "relation": self.relation.value, **number}

    @classmethod
    def from_json(cls, data: Mapping[str, str]) -> "Deceased":
        """Return what `as_json` wrote."""
        return cls(
            name=data["name"],
            died_on=date.fromisoformat(data["died_on"]),
            relation=Relation(data["relation"]),
            bsn=Bsn(data["bsn"]) if "bsn" in data else None,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a plan is about. `candidates`: relatives the register says have died; `deceased`: of whom the plan is.

    `municipality`: code of where the person lives. `answers`: facts the person gave, never over registry facts.
    """

    candidates: tuple[Deceased, ...] = ()
    deceased: Deceased | None = None
    municipality: str = ""
    answers: Mapping[str, object] = field(default_factory=dict)

    def facts(self) -> dict[str, object]:
        """Return the facts the person and the case supply to the law."""
        if self.deceased is None:
            return dict(self.answers)
        case: dict[str, object] = {DEATH: self.deceased.died_on.isoformat(), RELATION: self.deceased.relation.value}
        return {**self.answers, **case}

    def as_json(self) -> dict[str, object]:
        """Return the value as plain data, to be kept sealed."""
        return {
            "candidates": [each.as_json() for each in self.candidates],
            "deceased": self.deceased.as_json() if self.deceased else None,
            "municipality": self.municipality,
            "answers": dict(self.answers),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "About":
        """Return what `as_json` wrote."""
        return cls(
            candidates=tuple(map(Deceased.from_json, data["candidates"])),
            deceased=Deceased.from_json(data["deceased"]) if data["deceased"] else None,
            municipality=data["municipality"],
            answers=data["answers"],
        )
