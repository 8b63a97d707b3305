"""The Algemene termijnenwet as a regulation that law files can call; the rule itself is `kernel.dates`.

`einddatum`: the last day of a term of `dagen`, `weken` or `maanden` that begins on the day after `begindatum`.
`werkdag`: the so-many-th working day (`werkdagen`) after `begindatum`.
"""

from collections.abc import Mapping
from typing import Final

from dichterbij.kernel.dates import COVERED_FROM, COVERED_UNTIL, term_end, working_days_after
from dichterbij.kernel.problems import TermNotCovered

from .builder import Builder
from .calendar_rules import day
from .errors import LawError, Place
from .graph import Declared, Kind
from .operations import Operation
from .values import Value

TERMS_ACT: Final = "algemene_termijnenwet"
TERM_END: Final = "TERM_END"
PLACE: Final = Place(TERMS_ACT, "1", "1965-04-01", "articles.1")
UNITS: Final = {"einddatum": ("dagen", "weken", "maanden"), "werkdag": ("werkdagen",)}
_LENGTHS: Final = {"dagen": "days", "weken": "weeks", "maanden": "months"}


def built_in_term(builder: Builder, output: str, parameters: Mapping[str, int]) -> int:
    """Return the node of an output of the Algemene termijnenwet."""
    unit = next((name for name in UNITS.get(output, ()) if name in parameters), None)
    if unit is None or "begindatum" not in parameters:
        detail = f"'{TERMS_ACT}' gives einddatum (begindatum, dagen|weken|maanden) and werkdag (begindatum, werkdagen)"
        return builder.error(LawError("OutputNotFound", detail), PLACE)
    args = (parameters["begindatum"], parameters[unit])
    value = builder.add(Kind.OPERATION, TERM_END, args, PLACE, detail={"unit": unit, "strict": True})
    declared = Declared(type="date")
    return builder.add(Kind.OUTPUT, output, (value,), PLACE, declared=declared, detail={"required": False})


def last_day(start: Value, length: Value, *, unit: str) -> Value:
    """Return the last day of a term, or a working day (Algemene termijnenwet, articles 1 to 4)."""
    if not isinstance(start, str) or type(length) is not int or length <= 0:
        raise LawError("TypeMismatch", "A term needs a date and a whole number above zero")
    first = day(start)
    try:
        if unit == "werkdagen":
            _check_covered(start)
            return working_days_after(first, length).isoformat()
        return term_end(first, **{_LENGTHS[unit]: length}).isoformat()
    except TermNotCovered as problem:
        raise LawError("TermNotCovered", problem.detail) from None
    except (ValueError, OverflowError):
        raise LawError("InvalidDate", "The date lies outside the calendar") from None


def _check_covered(start: str) -> None:
    if not COVERED_FROM <= day(start) <= COVERED_UNTIL:
        raise TermNotCovered


TERM: Final = Operation(TERM_END, last_day, result="date", fixed=("unit",), column="days.last_day")
