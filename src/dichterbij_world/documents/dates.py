"""Days as the population register writes them: an object that says how much of the day is known."""

from datetime import date
from typing import Any

MONTHS = [
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
]


def brp_date(day: date) -> dict[str, Any]:
    """Return a fully known day.

    >>> brp_date(date(2002, 2, 11))["langFormaat"]
    '11 februari 2002'
    """
    long = f"{day.day} {MONTHS[day.month - 1]} {day.year}"
    return {"type": "Datum", "datum": day.isoformat(), "langFormaat": long}


def partial_date(year: int = 0, month: int = 0, day: int = 0) -> dict[str, Any]:
    """Return a day of which the last parts may be unknown (0).

    >>> partial_date(1950, 4), partial_date()
    ({'type': 'JaarMaandDatum', 'jaar': 1950, 'maand': 4, 'langFormaat': 'april 1950'}, {'type': 'DatumOnbekend', \
'onbekend': True, 'langFormaat': 'onbekend'})
    """
    if year and month and day:
        return brp_date(date(year, month, day))
    if year and month:
        return {"type": "JaarMaandDatum", "jaar": year, "maand": month, "langFormaat": f"{MONTHS[month - 1]} {year}"}
    if year:
        return {"type": "JaarDatum", "jaar": year, "langFormaat": str(year)}
    return {"type": "DatumOnbekend", "onbekend": True, "langFormaat": "onbekend"}
