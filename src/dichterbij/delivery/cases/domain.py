"""The life of a case: its states, its terms, and what stands in an application. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import TypeAlias
from uuid import UUID

from dichterbij.kernel.access import Access, Role
from dichterbij.kernel.dates import term_end
from dichterbij.kernel.identifiers import Oin
from dichterbij.kernel.problems import Problem

Value: TypeAlias = str | int | bool | None
"""A fact as somebody gave it: text (dates as `YYYY-MM-DD`), a number (amounts in euro cents), yes or no, or nothing."""

Json: TypeAlias = str | int | bool | list["Json"] | dict[str, "Json"] | None
"""How an application is written down."""

POST_DAYS = 7
"""Awb 6:9, second paragraph: what was posted in time may come in one week after the term."""

ON_PAPER, AGAIN_ON_PAPER = "paper", "paper-again"
"""The note of a step that came in on paper; again: what was applied for already."""

OBJECTION_WEEKS = 6
"""Awb 6:7: the term to object is six weeks; 6:8: it begins on the day after the decision was made known."""


class State(StrEnum):
    """Where a case is."""

    SUBMITTED = "submitted"
    IN_HANDLING = "in_handling"
    WAITING_FOR_CITIZEN = "waiting_for_citizen"
    DECIDED = "decided"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"

    @property
    def is_open(self) -> bool:
        """Say whether the organisation still has to decide."""
        return self in OPEN_STATES


OPEN_STATES = (State.SUBMITTED, State.IN_HANDLING, State.WAITING_FOR_CITIZEN)


class Step(StrEnum):
    """What can happen to a case."""

    SUBMIT = "submit"
    TAKE = "take"
    ASK = "ask"
    ANSWER = "answer"
    LET_GO = "let_go"  # the last day for an answer passed
    EXTEND = "extend"  # the site was down on a last day of the citizen, which moved; the state stays
    REOPEN = "reopen"  # what it rested on turned out to be wrong
    OBJECT = "object"  # the citizen does not agree with the decision; the state stays
    DOUBT = "doubt"  # the citizen says that a datum it rests on is not right
    UNDO = "undo"  # the citizen takes back what a worker did with them
    DECIDE = "decide"
    PUBLISH = "publish"
    WITHDRAW = "withdraw"


_NEXT: Mapping[tuple[State, Step], State] = {
    (State.SUBMITTED, Step.TAKE): State.IN_HANDLING,
    (State.SUBMITTED, Step.ASK): State.WAITING_FOR_CITIZEN,
    (State.IN_HANDLING, Step.ASK): State.WAITING_FOR_CITIZEN,
    (State.WAITING_FOR_CITIZEN, Step.ANSWER): State.IN_HANDLING,
    (State.WAITING_FOR_CITIZEN, Step.LET_GO): State.IN_HANDLING,
    **{(state, Step.REOPEN): State.IN_HANDLING for state in (*OPEN_STATES, State.DECIDED, State.PUBLISHED)},
    **{(state, Step.DECIDE): State.DECIDED for state in (State.SUBMITTED, State.IN_HANDLING, State.DECIDED)},
    (State.DECIDED, Step.PUBLISH): State.PUBLISHED,
    **{(state, Step.WITHDRAW): State.WITHDRAWN for state in OPEN_STATES},
    **{(state, Step.DOUBT): state for state in OPEN_STATES},
}


class Why(StrEnum):
    """Why a decision is looked at again. `DEATH`: the event it rested on did not happen."""

    DEATH = "death"
    LAW = "law"
    DATUM = "datum"


class NotNow(Problem):
    """This cannot be done with a case in this state."""

    code = "not-now"
    title = "Dat kan nu niet met deze aanvraag"
    status = 409


class UnknownCase(Problem):
    """There is no such case for this person at this organisation."""

    code = "unknown-case"
    title = "Deze aanvraag is er niet"
    status = 404


class UnknownDraft(Problem):
    """There is no such draft for this person: never made, used, or kept for its thirty days."""

    code = "unknown-draft"
    title = "Deze aanvraag staat niet meer voor u klaar"
    status = 404


class NotComplete(Problem):
    """Something is still missing before the application can go."""

    code = "not-complete"
    title = "Er ontbreekt nog iets"
    status = 409


class NotDecidable(Problem):
    """The law does not give an answer yet; `missing` names the facts it needs."""

    code = "not-decidable"
    title = "De wet geeft nog geen uitkomst"
    status = 409

    def __init__(self, detail: str, missing: tuple[str, ...] = ()) -> None:
        super().__init__(detail)
        self.missing = missing


class OwnCase(Problem):
    """Nobody handles or decides their own case (Awb 2:4)."""

    code = "own-case"
    title = "U kunt niet over uw eigen aanvraag beslissen"
    status = 403


class NotAJudgement(Problem):
    """A worker may only add the facts that the product leaves to a judgement, with a reason."""

    code = "not-a-judgement"
    title = "Dit is geen oordeel dat u kunt geven"
    status = 400


def after(state: State, step: Step) -> State:
    """Return the state of a case after a step; raises `NotNow`.

    >>> after(State.IN_HANDLING, Step.ASK)
    <State.WAITING_FOR_CITIZEN: 'waiting_for_citizen'>
    """
    if (state, step) not in _NEXT:
        raise NotNow
    return _NEXT[state, step]


def may_follow(state: State, step: Step) -> bool:
    """Say whether a step can be taken in a state."""
    return (state, step) in _NEXT


def last_day_to_decide_on_objection(object_until: date, received_on: date) -> date:
    """Return the last day to decide on an objection: six weeks after the term to object is over (Awb 7:10).

    >>> last_day_to_decide_on_objection(date(2026, 7, 27), date(2026, 6, 20))
    datetime.date(2026, 9, 7)
    """
    return term_end(max(object_until, received_on), weeks=OBJECTION_WEEKS)


def came_in_time(object_until: date, received_on: date, posted_on: date | None = None) -> bool:
    """Say whether an objection was in time: received by the last day, or posted by then and received within a week.

    Source: Awb 6:9.

    >>> came_in_time(date(2026, 7, 27), date(2026, 7, 31), posted_on=date(2026, 7, 27))
    True
    """
    if received_on <= object_until:
        return True
    return posted_on is not None and posted_on <= object_until and (received_on - object_until).days <= POST_DAYS


def suspended_days(asked_on: date, ended_on: date) -> int:
    """Return for how many days a question stopped the term (Awb 4:15): from the day after it, up to the answer."""
    return max(0, (ended_on - asked_on).days)


def last_day_to_object(published_on: date) -> date:
    """Return the last day to object to a decision that was made known on a day.

    >>> last_day_to_object(date(2026, 6, 15))
    datetime.date(2026, 7, 27)
    """
    return term_end(published_on, weeks=OBJECTION_WEEKS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What somebody says about a fact that is not right. It never changes what the registry says.

    `person`: whose fact it is, by the ids of the assessment (`p1` is the applicant). `since`: the day on which the
    keeper of the source was asked to correct it, if it was.
    """

    person: str
    fact: str
    says: str = field(repr=False)
    since: date | None = None

    def as_json(self) -> dict[str, Json]:
        """Return the correction as plain data."""
        since = {"since": self.since.isoformat()} if self.since else {}
        return {"person": self.person, "fact": self.fact, "says": self.says, **since}


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """What is asked, as the applicant gave it. `supplied`: facts by name; `assessment`: what the law said then.

    `unknown`: facts of which the applicant said not to know them; nobody asks them again on the way. `caused`: the
    supplied facts that came with the event the application was begun for; when it was no event, they are no facts.
    `sent_by`: the name of who sent it for the applicant, `sent_as`: on what ground; empty when they sent it themself.
    `received_on`: the day on which it came in on paper, None when it did not; `on_paper`: the facts that stood on it.
    """

    name: str = field(repr=False)
    supplied: Mapping[str, Value] = field(default_factory=dict, repr=False)
    unknown: tuple[str, ...] = ()
    caused: tuple[str, ...] = ()
    corrections: tuple[Correction, ...] = ()
    remark: str = field(default="", repr=False)
    assessment: UUID | None = None
    sent_by: str = field(default="", repr=False)
    sent_as: str = ""
    received_on: date | None = None
    on_paper: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Json]:
        """Return the application as plain data."""
        return {
            "name": self.name,
            "supplied": dict(self.supplied),
            "unknown": [*self.unknown],
            "caused": [*self.caused],
            "corrections": [each.as_json() for each in self.corrections],
            "remark": self.remark,
            "assessment": str(self.assessment) if self.assessment else None,
            "sent_by": self.sent_by,
            "sent_as": self.sent_as,
            **({"received_on": self.received_on.isoformat()} if self.received_on else {}),
            **({"on_paper": [*self.on_paper]} if self.on_paper else {}),
        }


def value_from(data: Json) -> Value:
    """Return a fact that was written down; raises TypeError for what is no fact."""
    if isinstance(data, list | dict):
        raise TypeError("a fact is a text, a number, yes or no, or nothing")
    return data


def application_from(data: Mapping[str, Json]) -> Application:
    """Return the application that `as_json` wrote."""
    supplied, assessment = data["supplied"], data["assessment"]
    if not isinstance(supplied, dict):
        raise TypeError("an application was written in another form")
    return Application(
        name=str(data["name"]),
        supplied={name: value_from(given) for name, given in supplied.items()},
        unknown=tuple(map(str, _list(data.get("unknown", [])))),
        caused=tuple(map(str, _list(data.get("caused", [])))),
        corrections=tuple(_correction_from(each) for each in _list(data["corrections"]) if isinstance(each, dict)),
        remark=str(data.get("remark", "")),
        assessment=UUID(str(assessment)) if assessment else None,
        sent_by=str(data.get("sent_by", "")),
        sent_as=str(data.get("sent_as", "")),
        received_on=date.fromisoformat(str(data["received_on"])) if data.get("received_on") else None,
        on_paper=tuple(map(str, _list(data.get("on_paper", [])))),
    )


def _correction_from(data: Mapping[str, Json]) -> Correction:
    since = data.get("since")
    return Correction(
        person=str(data["person"]),
        fact=str(data["fact"]),
        says=str(data["says"]),
        since=date.fromisoformat(str(since)) if since else None,
    )


def _list(data: Json) -> list[Json]:
    if not isinstance(data, list):
        raise TypeError("an application was written in another form")
    return data


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A fact that a worker established, with the reason that the citizen will read."""

    fact: str
    value: Value
    reason: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An application that is not sent yet. `key` makes sending it twice the same as sending it once.

    `cause`: the registered event it was begun for; empty when there was none.
    """

    id: UUID
    organisation: Oin
    product: str
    key: UUID
    channel: str
    language: str
    cause: str
    application: Application
    kept_until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question of the organisation to the citizen, and the answer. `fact`: which fact it supplies, if it is one.

    `is_open`: it waits for an answer; a question whose last day passed is closed without one.
    """

    id: UUID
    text: str = field(repr=False)
    fact: str
    asked_at: datetime
    answer_by: date
    answered_at: datetime | None
    is_open: bool
    answer: Value = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A decision: what it rests on, how it came about, and since when it is known."""

    id: UUID
    assessment: UUID
    is_granted: bool
    decided_at: datetime
    is_automatic: bool
    judged: tuple[Judged, ...]
    published_on: date | None
    object_until: date | None
    message: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Objection:
    """An objection to a decision (Awb 6:4). `late_because`: why it came after the last day, empty when it was in time.

    `decide_by`: the last day to decide on it, without an advisory committee (Awb 7:10).
    """

    id: UUID
    reference: str
    received_on: date
    decide_by: date
    is_late: bool
    text: str = field(repr=False)
    late_because: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondLook:
    """Work: a decision that would be another one now, by a corrected law file or a corrected datum (`about`)."""

    id: UUID
    why: Why
    about: str
    found_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Helped:
    """That a worker did something with and for the person: of which organisation, how, and in which talk.

    `how`: `counter` or `call`, as the channel of an application is called.
    """

    organisation: Oin
    how: str
    talk: UUID


def helped(access: Access) -> Helped | None:
    """Return in which talk a worker does something with and for the person; None for any other act."""
    ground, _colon, talk = access.on_behalf_of.partition(":")
    if ground != "desk":
        return None
    how, _colon, number = talk.partition(":")
    return Helped(organisation=access.actor.organisation, how=how, talk=UUID(number))


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """One step of a case as its people see it: staff without a name. `number` tells steps apart."""

    step: Step
    at: datetime
    by: Role
    note: str = ""
    number: int = 0
    helped: Helped | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseLine:
    """A case in a list."""

    id: UUID
    organisation: Oin
    reference: str
    product: str
    state: State
    received_on: date
    decide_by: date
    channel: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A case with everything that belongs to it. `finished_on`: the day it was decided and made known, or withdrawn.

    `cause_gone_on`: the day on which the event it was begun for turned out not to have happened. `term_from`: the day
    from which the term to decide runs. `replaces_of`: the day of the decision that was made known before this one.
    `is_doubted`: the decision would be another one now.
    """

    line: CaseLine
    party: UUID = field(repr=False)
    application: Application
    language: str
    suspended_days: int
    term_from: date
    waiting_since: date | None
    finished_on: date | None
    cause_gone_on: date | None
    history: tuple[Happened, ...]
    questions: tuple[Asked, ...]
    decision: Taken | None
    objection: Objection | None = None
    replaces_of: date | None = None
    is_doubted: bool = False

    @property
    def open_question(self) -> Asked | None:
        """Return the question that waits for an answer."""
        return next((each for each in self.questions if each.is_open), None)

    @property
    def has_made_known(self) -> bool:
        """Say whether the decision in force was made known to the citizen."""
        return self.decision is not None and self.decision.published_on is not None

    @property
    def has_paper(self) -> bool:
        """Say whether something of it came in on paper."""
        return any(each.note in (ON_PAPER, AGAIN_ON_PAPER) for each in self.history)

    def was_on_time(self) -> bool | None:
        """Say whether the decision came within its term; None while there is none."""
        if self.decision is None or self.decision.published_on is None:
            return None
        return self.decision.published_on <= self.line.decide_by
