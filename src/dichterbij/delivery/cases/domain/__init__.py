"""The life of a case: its states, its terms, and what stands in an application. Pure."""

from .application import Application, Correction, Draft, Json, Value, application_from, value_from
from .case import Asked, Case, CaseLine, Happened, Helped, Judged, Objection, SecondLook, Taken, helped
from .problems import NotAJudgement, NotComplete, NotDecidable, NotNow, OwnCase, UnknownCase, UnknownDraft
from .states import AGAIN_ON_PAPER, DOUBT_GONE, ON_PAPER, OPEN_STATES, State, Step, Why, after, may_follow
from .terms import (
    OBJECTION_WEEKS,
    POST_DAYS,
    came_in_time,
    last_day_to_decide_on_objection,
    last_day_to_object,
    suspended_days,
)

__all__ = [
    "AGAIN_ON_PAPER",
    "DOUBT_GONE",
    "OBJECTION_WEEKS",
    "ON_PAPER",
    "OPEN_STATES",
    "POST_DAYS",
    "Application",
    "Asked",
    "Case",
    "CaseLine",
    "Correction",
    "Draft",
    "Happened",
    "Helped",
    "Json",
    "Judged",
    "NotAJudgement",
    "NotComplete",
    "NotDecidable",
    "NotNow",
    "Objection",
    "OwnCase",
    "SecondLook",
    "State",
    "Step",
    "Taken",
    "UnknownCase",
    "UnknownDraft",
    "Value",
    "Why",
    "after",
    "application_from",
    "came_in_time",
    "helped",
    "last_day_to_decide_on_objection",
    "last_day_to_object",
    "may_follow",
    "suspended_days",
    "value_from",
]
