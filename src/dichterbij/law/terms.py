"""The Algemene termijnenwet as a regulation that law files can call; the rule itself is `kernel.dates`."""

from typing import Final

from dichterbij.kernel.dates import term_end
from dichterbij.kernel.problems import TermNotCovered

from .builder import Builder
from .calendar_rules import day
from .errors import LawError, Place
from .graph import Declared, Kind
from .values import Value

TERMS_ACT: Final = "algemene_termijnenwet"
TERM_END: Final = "TERM_END"
OUTPUT: Final = "einddatum"
UNITS: Final = ("dagen", "weken", "maanden")
PLACE: Final = Place(TERMS_ACT, "1", "1965-04-01", "articles.1")


def built_in_term(builder: Builder, output: str, parameters: dict[str, int]) -> int:
    """Return the last day of a term that begins on the day after `begindatum`, of `dagen`, `weken` or `maanden`."""
    unit = next((name for name in UNITS if name in parameters), None)
    if output != OUTPUT or "begindatum" not in parameters or unit is None:
        detail = f"'{TERMS_ACT}' gives '{OUTPUT}' for 'begindatum' and one of {', '.join(UNITS)}"
        return builder.error(LawError("OutputNotFound", detail), PLACE)
    args = (parameters["begindatum"], parameters[unit])
    value = builder.add(Kind.OPERATION, TERM_END, args, PLACE, detail={"unit": unit, "strict": True})
    return builder.add(Kind.OUTPUT, OUTPUT, (value,), PLACE, declared=Declared(type="date"), detail={"required": False})


def last_day(start: Value, length: Value, *, unit: str) -> Value:
    """Return the last day of a term (Algemene termijnenwet, articles 1 to 4)."""
    if not isinstance(start, str) or type(length) is not int:
        raise LawError("TypeMismatch", "A term needs a date and a whole number")
    names = {"dagen": "days", "weken": "weeks", "maanden": "months"}
    try:
        return term_end(day(start), **{names[unit]: length}).isoformat()
    except TermNotCovered as problem:
        raise LawError("InvalidDate", problem.detail) from None
    except ValueError:
        raise LawError("InvalidDate", "A term is longer than nothing") from None
