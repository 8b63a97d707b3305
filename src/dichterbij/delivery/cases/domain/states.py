"""Where a case is, and what can happen to it from there. Pure."""

from collections.abc import Mapping
from enum import StrEnum

from .problems import NotNow

ON_PAPER, AGAIN_ON_PAPER = "paper", "paper-again"
"""The note of a step that came in on paper; again: what was applied for already."""

DOUBT_GONE = "doubt"
"""The note of an undoing: what was taken back is that a datum is not right."""


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
    MOVE = "move"  # another unit of the organisation has it from now on; the state stays
    ASK = "ask"
    ANSWER = "answer"
    LET_GO = "let_go"  # the last day for an answer passed
    EXTEND = "extend"  # the site was down on a last day of the citizen, which moved; the state stays
    REOPEN = "reopen"  # what it rested on turned out to be wrong
    INVITE = "invite"  # the citizen was invited to tell their story about an objection; the state stays
    ADJOURN = "adjourn"  # deciding on the objection was put off once; the state stays
    RULE = "rule"  # the objection was decided on; the state stays
    DEFAULT = "default"  # the citizen holds the organisation to a term that passed; the state stays
    OBJECT = "object"  # the citizen does not agree with the decision; the state stays
    DOUBT = "doubt"  # the citizen says that a datum it rests on is not right
    UNDO = "undo"  # the citizen takes back what a worker did with them, or a doubt
    DECIDE = "decide"
    COSIGN = "cosign"  # a second worker agrees with the decision; the state stays
    SEND_BACK = "send_back"  # a second worker does not
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
    (State.DECIDED, Step.COSIGN): State.DECIDED,
    (State.DECIDED, Step.SEND_BACK): State.IN_HANDLING,
    (State.DECIDED, Step.PUBLISH): State.PUBLISHED,
    **{(state, Step.MOVE): state for state in (*OPEN_STATES, State.DECIDED, State.PUBLISHED)},
    **{(state, Step.WITHDRAW): State.WITHDRAWN for state in OPEN_STATES},
    **{(state, Step.DEFAULT): state for state in (*OPEN_STATES, State.DECIDED, State.PUBLISHED)},
    **{(state, Step.DOUBT): state for state in OPEN_STATES},
}


class Cosign(StrEnum):
    """Where a decision is that a second worker looks at. Other decisions have none."""

    ASKED = "asked"
    GIVEN = "given"
    SENT_BACK = "sent_back"


class Why(StrEnum):
    """Why a decision is looked at again. `DEATH`: the event it rested on did not happen."""

    DEATH = "death"
    LAW = "law"
    DATUM = "datum"


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
