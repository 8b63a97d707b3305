"""Income per month, hours and work history at UWV (polisadministratie). Amounts are euro cents per month."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from ..domain import RawValue
from .by_number import ByNumber, Field, Read
from .source import source

Rows = list[Mapping[str, Any]]
_AVERAGE_MONTHS, _REFERENCE_MONTHS, _WEEKS, _HOURS_WEEKS = 36, 12, 36, 26
_ENOUGH_HOURS = 208
_KINDS = ("loon", "uitkering", "pensioen")
_ILLNESS = frozenset({"ZW", "WIA", "WAO", "WAZ", "Wajong"})


def make(url: str, token: str) -> ByNumber:
    """Return the adapter for an address and credential."""
    return ByNumber(source("uwv", url, token), "/polisadministratie", FIELDS)


def _overlaps(row: Mapping[str, Any], first: date, last: date) -> bool:
    return bool(row["ingangsdatum"] <= last.isoformat() and row["einddatum"] >= first.isoformat())


def _month_end(on: date) -> date:
    return (on.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def _of_month(rows: Rows, on: date, kind: str, key: str) -> int:
    first = on.replace(day=1)
    return sum(row[key] for row in rows if row["soort"] == kind and _overlaps(row, first, _month_end(on)))


def _this_month(kind: str, key: str) -> Read:
    """Return a way to read the income of one kind in the month; no row while somebody works and nothing came in yet."""

    def read(rows: Rows, on: date) -> RawValue | None:
        first = on.replace(day=1)
        own = [row for row in rows if row["soort"] == kind]
        is_awaited = any(row.get("lopend") and row["einddatum"] < first.isoformat() for row in own)
        if is_awaited and not any(_overlaps(row, first, _month_end(on)) for row in own):
            return None
        return RawValue(value=_of_month(rows, on, kind, key), valid_from=first)

    return read


def _months_before(on: date, count: int) -> Iterator[date]:
    """Yield the first days of as many whole months before the month of a day."""
    month = on.replace(day=1)
    for _ in range(count):
        month = (month - timedelta(days=1)).replace(day=1)
        yield month


def _average(rows: Rows, on: date) -> RawValue:
    months = _months_before(on, _AVERAGE_MONTHS)
    total = sum(_of_month(rows, month, kind, "nettoPerMaand") for month in months for kind in _KINDS)
    return RawValue(value=total // _AVERAGE_MONTHS, valid_from=on.replace(day=1))


def _reference_wage(rows: Rows, on: date) -> RawValue:
    """Return the gross wage of the year that ends with the second month before this one (WW 1b)."""
    _, *months = _months_before(on, _REFERENCE_MONTHS + 1)
    return RawValue(value=sum(_of_month(rows, month, "loon", "brutoPerMaand") for month in months))


def _weeks(on: date, count: int) -> Iterator[tuple[date, date]]:
    monday = on - timedelta(days=on.weekday())
    for number in range(1, count + 1):
        first = monday - timedelta(weeks=number)
        yield first, first + timedelta(days=6)


def _works_in(row: Mapping[str, Any], first: date, last: date) -> bool:
    """Say whether somebody worked in a week; running work counts up to today, though its wage comes later."""
    runs = bool(row.get("lopend")) and row["ingangsdatum"] <= last.isoformat()
    return row["soort"] == "loon" and (runs or _overlaps(row, first, last))


def _worked_weeks(rows: Rows, on: date) -> RawValue:
    return RawValue(value=sum(any(_works_in(row, *week) for row in rows) for week in _weeks(on, _WEEKS)))


def _average_hours(rows: Rows, on: date) -> RawValue:
    hours = [
        max((row["urenPerWeek"] for row in rows if _works_in(row, *week)), default=0)
        for week in _weeks(on, _HOURS_WEEKS)
    ]
    return RawValue(value=sum(hours) // _HOURS_WEEKS)


def _years_enough(history: Mapping[str, Any], on: date) -> Iterator[int]:
    for row in history["urenPerJaar"]:
        if row["uren"] >= _ENOUGH_HOURS and row["jaar"] < on.year:
            yield row["jaar"]


def _of_last_five(history: Mapping[str, Any], on: date) -> RawValue:
    known = {year for year in _years_enough(history, on) if year >= on.year - 5}
    first_known = min((row["jaar"] for row in history["urenPerJaar"]), default=on.year)
    earlier = max(0, min(first_known - (on.year - 5), history["jaren2016Tot2022"]))
    return RawValue(value=len(known) + earlier)


def _until_2016(history: Mapping[str, Any], _on: date) -> RawValue:
    return RawValue(value=history["jarenTot2016"])


def _since_2016(history: Mapping[str, Any], on: date) -> RawValue:
    return RawValue(value=history["jaren2016Tot2022"] + len(set(_years_enough(history, on))))


def _has_illness_benefit(rows: Rows, on: date) -> RawValue:
    day = on.isoformat()
    return RawValue(
        value=any(row["wet"] in _ILLNESS and row["ingangsdatum"] <= day <= row.get("einddatum", day) for row in rows)
    )


_INCOME = "inkomstenverhoudingen"
FIELDS = {
    "inkomsten.nettoLoon": Field(_INCOME, _this_month("loon", "nettoPerMaand")),
    "inkomsten.brutoLoon": Field(_INCOME, _this_month("loon", "brutoPerMaand")),
    "inkomsten.nettoUitkering": Field(_INCOME, _this_month("uitkering", "nettoPerMaand")),
    "inkomsten.nettoPensioen": Field(_INCOME, _this_month("pensioen", "nettoPerMaand")),
    "inkomsten.gemiddeldNetto36Maanden": Field(_INCOME, _average),
    "dienstverband.gemiddeldeUrenPerWeek": Field(_INCOME, _average_hours),
    "dienstverband.gewerkteWekenVan36": Field(_INCOME, _worked_weeks),
    "dienstverband.loonReferteperiode": Field(_INCOME, _reference_wage),
    "arbeidsverleden.jarenVanLaatsteVijf": Field("arbeidsverleden", _of_last_five),
    "arbeidsverleden.jarenTot2016": Field("arbeidsverleden", _until_2016),
    "arbeidsverleden.jarenVanaf2016": Field("arbeidsverleden", _since_2016),
    "uitkeringen.ziekteOfArbeidsongeschiktheid": Field("uitkeringen", _has_illness_benefit),
}
