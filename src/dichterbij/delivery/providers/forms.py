"""What travels besides the values of the contract itself: the bodies of requests, and answers of several parts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from dichterbij.delivery.cases.domain import Correction, Draft, Value
from dichterbij.delivery.messages.domain import MessageLine
from dichterbij.ground.assessment.domain import Assessment, Request


@dataclass(frozen=True, slots=True, kw_only=True)
class Questions:
    """Questions to the law, under an activity of the organisation, with facts that were given."""

    activity: str
    requests: tuple[Request, ...]
    supplied: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What the law says on each question."""

    assessments: tuple[Assessment, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDraft:
    """An application to begin."""

    product: str
    name: str
    language: str
    supplied: Mapping[str, Value] = field(default_factory=dict)
    cause: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FilledIn:
    """What the applicant filled in."""

    supplied: Mapping[str, Value] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()
    corrections: tuple[Correction, ...] = ()
    remark: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftSaid:
    """An application that is not sent yet, with what the law said of it."""

    draft: Draft
    assessment: Assessment | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCase:
    """An application to send: once per key."""

    product: str
    draft: UUID
    key: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Determined:
    """The determination that a case rests on now, if there is one."""

    assessment: Assessment | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The answer to a question of the organisation; nothing: the citizen does not know."""

    question: UUID
    given: Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounds:
    """What somebody disagrees with in a decision, and why they say so late when they do (Awb 6:4, 6:11)."""

    text: str
    late_because: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """Messages to the person, newest first."""

    messages: tuple[MessageLine, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """Whether messages also come on paper."""

    by_post: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What an organisation must write about: one of its products, or anything else."""

    product: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldAt:
    """Where to say that there is a message. `for_another`: it is of who acts for the person."""

    way: str
    address: str = field(repr=False)
    for_another: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """How a person wants to hear: on paper or not, and where they and who acts for them are told. Nothing: unknown."""

    by_post: bool = False
    told_at: tuple[ToldAt, ...] = ()
