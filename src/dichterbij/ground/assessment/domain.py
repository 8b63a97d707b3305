"""What is asked of the law for a person, and what came out: outcome, facts with their source, open questions."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from dichterbij.kernel.identifiers import Bsn, Oin
from dichterbij.kernel.periods import Period
from dichterbij.kernel.problems import Problem
from dichterbij.law import Value
from dichterbij.law.explain import Explanation

LANGUAGES = ("nl", "en", "pap")
SUBJECT = "p1"
"""How the person the question is about is called in facts and receipts."""

COMPANY = "company"
"""Whose a fact is that a register knows by the number of a company (`of` in `laws/facts.yaml`)."""

Supplied = Mapping[str, str | int | bool | date | Bsn | None]
"""Facts that a person, a worker or the case gives, by name, or by person and name (`p2.naam`).

The deceased may be given by number; it is not kept.
"""


class State(StrEnum):
    """How far the law could answer."""

    DETERMINED = "determined"
    OPEN = "open"
    REFUSED = "refused"


class Origin(StrEnum):
    """Who supplied a fact, or may supply it."""

    REGISTER = "register"
    APPLICANT = "applicant"
    CASE = "case"
    JUDGEMENT = "judgement"
    CHANNEL = "channel"


class UnknownAssessment(Problem):
    """There is no such assessment of this person at this organisation."""

    code = "unknown-assessment"
    title = "Deze berekening is er niet"
    status = 404


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What to ask: outputs of a law over a period, decided on a day. The person follows from the access."""

    law: str
    outputs: tuple[str, ...]
    period: Period
    decided_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class UsedFact:
    """A fact the outcome rests on. `value_text` None: hidden with its first day, it is somebody else's.

    `about`: whose it is, in words (`uw partner`), empty for the person themself. `source`: the registry, or who gave
    it. `organisation`: who keeps that registry, None for what a person gave. `fingerprint` changes with the value.
    """

    person: str
    fact: str
    about: str
    label: str
    value_text: str | None = field(repr=False)
    source: str
    origin: Origin
    registry: str
    organisation: Oin | None
    valid_from: date | None
    read_at: datetime | None
    in_investigation: bool
    fingerprint: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A fact that is still missing, with the words to ask for it.

    `values`: the closed set of answers with their words, if there is one.
    """

    person: str
    fact: str
    about: str
    label: str
    question: str
    help: str
    type: str
    values: tuple[tuple[str, str], ...]
    origin: Origin


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceDown:
    """A registry that did not answer, since when. What rests on it is missing, not absent."""

    registry: str
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Why the law gives no answer here, and who does help."""

    code: str
    detail: str
    who_helps: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Everything a person reads of an assessment, in one language."""

    facts: tuple[UsedFact, ...]
    questions: tuple[Question, ...]
    explanation: Explanation


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """One answer of the law for one person at one organisation, as it was on `assessed_at`; it never changes.

    `outputs`: what could be determined (all of it, or a part while open). `law_set`: hash of all law files; `receipt`:
    proof of a determination, None while open or refused.
    """

    id: UUID
    organisation: Oin
    state: State
    request: Request
    territory: str
    outputs: Mapping[str, Value] = field(repr=False)
    words: Mapping[str, Words] = field(repr=False)
    unavailable: tuple[SourceDown, ...]
    refusal: Refusal | None
    law_set: str
    receipt: Mapping[str, object] | None = field(repr=False)
    assessed_at: datetime

    @property
    def facts(self) -> tuple[UsedFact, ...]:
        """Return the facts that were used, in Dutch words."""
        return self.words["nl"].facts

    @property
    def questions(self) -> tuple[Question, ...]:
        """Return the facts that are missing, in Dutch words."""
        return self.words["nl"].questions

    def facts_in(self, language: str) -> tuple[UsedFact, ...]:
        """Return the facts that were used, in the words of a language."""
        return self.words[language].facts

    def questions_in(self, language: str) -> tuple[Question, ...]:
        """Return the facts that are missing, in the words of a language."""
        return self.words[language].questions

    def explanation(self, language: str) -> Explanation:
        """Return why the outcome is what it is, or why the law gives no answer here."""
        return self.words[language].explanation
