"""An objection to a decision, from its receipt to what was decided on it. Pure."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID


class Ruling(StrEnum):
    """What is decided on an objection (Awb 7:11)."""

    FOUNDED = "founded"  # another decision takes the place of the first
    UNFOUNDED = "unfounded"  # the decision stays as it is
    INADMISSIBLE = "inadmissible"  # it came too late without a good reason (Awb 6:11)


class Hearing(StrEnum):
    """How somebody was given the chance to tell their story before the ruling (Awb 7:2), or why not (Awb 7:3)."""

    HEARD = "heard"
    DECLINED = "declined"  # they said not to want it
    SILENT = "silent"  # they were invited, did not come and said nothing
    CLEAR = "clear"  # clearly too late or without ground, or they get all they asked


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruled:
    """What was decided on an objection. `report`: of the hearing, or why there was none (Awb 7:7, 7:12)."""

    ruling: Ruling
    grounds: str = field(repr=False)
    hearing: Hearing
    report: str = field(repr=False)
    on: date
    appeal_until: date
    message: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Objection:
    """An objection to a decision (Awb 6:4). `late_because`: why it came after the last day, empty when it was in time.

    `decide_by`: the last day to decide on it, without an advisory committee (Awb 7:10). `hear_on`: the day for which
    the person was invited to tell their story. `ruled` None: it still has to be decided on.
    """

    id: UUID
    reference: str
    received_on: date
    decide_by: date
    is_late: bool
    text: str = field(repr=False)
    late_because: str = field(repr=False)
    hear_on: date | None = None
    is_adjourned: bool = False
    ruled: Ruled | None = None

    @property
    def is_open(self) -> bool:
        """Say whether it still has to be decided on."""
        return self.ruled is None
