"""The law, applied: load law files, compile them to one graph, determine an outcome, explain it.

Start at `determine.py`. The room knows no framework, reads no clock and keeps nothing. It rests on the
RegelRecht format (MinBZK/regelrecht, v0.5.0 to v0.8.0); our own files are in `laws/`, written at v0.7.1.
"""

from .determine import Determined, Facts, Open, Question, Refused
from .errors import LawError
from .values import UNKNOWN, FactRef, Unknown, Value

__all__ = [
    "UNKNOWN",
    "Determined",
    "FactRef",
    "Facts",
    "LawError",
    "Open",
    "Question",
    "Refused",
    "Unknown",
    "Value",
]
