"""A request to correct a datum, or a question about how data were used. Pure."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from dichterbij.kernel.identifiers import Oin
from dichterbij.kernel.problems import Problem

ANSWER_WEEKS = 4
"""Wet BRP 2.58: four weeks. The GDPR, article 12(3), gives other registries a month; nobody waits longer here."""


class UnknownCorrection(Problem):
    """There is no such request of this person at this organisation."""

    code = "unknown-correction"
    title = "Dit verzoek is er niet"
    status = 404


class UnknownDatum(Problem):
    """Nobody keeps such a datum."""

    code = "unknown-datum"
    title = "Dit gegeven kennen we niet"
    status = 404


USE = "logboek"
"""The source of what a person asks about a line of the log: how their data were used."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Datum:
    """What is not right: the key of a source, and the fact or field in it.

    Of a use of data: `logboek`, and the organisation, day and act, with dots between (`use_of`).
    """

    source: str
    name: str

    @property
    def is_use(self) -> bool:
        """Say whether it is about how data were used, and not about a value."""
        return self.source == USE


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """That an organisation used data of a person, on a day, in an act."""

    organisation: Oin
    on: date
    act: UUID


def use_of(datum: Datum) -> Use:
    """Return which use of data a question is about; raises `UnknownDatum` for a name that says none."""
    try:
        organisation, day, act = datum.name.split(".")
        return Use(organisation=Oin(organisation), on=date.fromisoformat(day), act=UUID(act))
    except (ValueError, Problem):
        raise UnknownDatum from None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the keeper of the source found: whether it was corrected, and why."""

    is_corrected: bool
    text: str = field(repr=False)
    on: date
    object_until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionRequest:
    """A request as the person and the keeper see it. `says`: what is not right, in the person's words.

    `sent_by`: the name of who asks for the person, `sent_as`: on what ground; empty when they ask it themself.
    `talk`: with a worker, in which talk.
    """

    id: UUID
    organisation: Oin
    party: UUID = field(repr=False)
    datum: Datum
    reference: str
    received_on: date
    answer_by: date
    language: str
    name: str = field(repr=False)
    says: str = field(repr=False)
    sent_by: str = field(default="", repr=False)
    sent_as: str = ""
    talk: UUID | None = None
    answer: Answer | None
