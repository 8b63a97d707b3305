"""The law, applied: load law files, compile them to one graph, determine an outcome, explain it.

Start at `determine.py`; for many persons at once at `columns/run.py` (NumPy, loaded only there). The room knows no
framework, reads no clock and keeps no facts. It rests on the RegelRecht format (MinBZK/regelrecht, v0.5.0 to v0.8.0);
our own files are in `laws/`, written at v0.7.1.
"""

from .depth import make_room
from .determine import Determined, Facts, Open, Outcome, Question, Refused, determine
from .errors import LawError, LawSetInvalid
from .explain import Explanation, explain
from .lawset import LawSet
from .values import SKIPPED, UNKNOWN, FactRef, Unknown, Value
from .vocabulary import FactDefinition, Vocabulary

make_room()

__all__ = [
    "SKIPPED",
    "UNKNOWN",
    "Determined",
    "Explanation",
    "FactDefinition",
    "FactRef",
    "Facts",
    "LawError",
    "LawSet",
    "LawSetInvalid",
    "Open",
    "Outcome",
    "Question",
    "Refused",
    "Unknown",
    "Value",
    "Vocabulary",
    "determine",
    "explain",
]
