"""The terms again in plain Python: days counted on a calendar whose holidays are written out here."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

from dichterbij.law.cases import read_cases, same

LAWS = Path(__file__).resolve().parents[4] / "laws"
# holidays and equated days on which one of the terms below could end
FREE = {
    "2026-01-01", "2026-01-02", "2026-04-27", "2026-05-14", "2026-05-15", "2026-05-25",
}  # fmt: skip


def ends(start: str, **length: int) -> str:
    """Return the last day of a term that begins the day after `start`; it never ends on a day off."""
    day = date.fromisoformat(start) + timedelta(**length)
    while not is_working_day(day):
        day += timedelta(days=1)
    return day.isoformat()


def is_working_day(day: date) -> bool:
    return day.weekday() < 5 and day.isoformat() not in FREE


def working_days(start: str, count: int, least: int = 0) -> str:
    """Return the day by which so many working days have passed, and at least so many days."""
    first = day = date.fromisoformat(start)
    while count > 0 or (day - first).days < least:
        day += timedelta(days=1)
        count -= is_working_day(day)
    return day.isoformat()


def before(start: str, **length: int) -> str:
    return (date.fromisoformat(start) - timedelta(**length)).isoformat()


def penalty(days: int) -> int:
    return sum(23 if day < 14 else 35 if day < 28 else 45 for day in range(min(days, 42)))


def objection(row: dict[str, Any]) -> dict[str, Any]:
    last = ends(row["bekendmaking"], weeks=6)
    posted = row.get("gepost", "9999") <= last and row["ontvangen"] <= ends(last, weeks=1)
    in_time = row["ontvangen"] <= last or posted
    return {"op_tijd": in_time, "behandeld": in_time or row.get("verschoonbaar", False)}


def found(row: dict[str, Any]) -> dict[str, Any]:
    if "dagen_te_laat_na_2_weken_ingebrekestelling" in row:
        return {"dwangsom": penalty(int(row["dagen_te_laat_na_2_weken_ingebrekestelling"]))}
    if "bekendmaking" in row:
        return objection(row)
    day, months = row["datum"], int(row.get("verwacht_verblijf_maanden", 0))
    match row["soort"]:
        case "bekendmaking besluit":
            return {"eerste_dag": before(day, days=-1), "laatste_dag": ends(day, weeks=6)}
        case "ontvangst aanvraag":
            return {"beslissen_uiterlijk": ends(before(day, days=-int(row.get("opgeschorte_dagen", 0))), weeks=8)}
        case "einde bezwaartermijn":
            weeks = 12 if row.get("adviescommissie") else 6
            later = {"na_verdaging_uiterlijk": ends(day, weeks=weeks + 6), "weken": weeks}
            return {"beslissen_uiterlijk": ends(day, weeks=weeks), **later}
        case "adreswijziging":
            return {"vroegste_aangifte": before(day, weeks=4), "uiterste_aangifte": ends(day, days=5)}
        case "aanvang verblijf":
            return {"aangifteplicht": months >= 4, "uiterste_aangifte": ends(day, days=5)}
        case "ontvangst Woo-verzoek":
            return {"beslissen_uiterlijk": ends(day, weeks=4), "na_verdaging_uiterlijk": ends(day, weeks=6)}
        case "overlijden":
            return {"niet_eerder_dan_uren": 36, "uiterlijk": working_days(day, 6)}
        case "geboorte":
            return {"uiterste_aangifte": max(working_days(day, 2, least=3), ends(day, days=3))}
        case "vertrek":
            return {"aangifteplicht": months >= 8, "vroegste_aangifte": before(day, days=5)}
        case _:
            return {"uiterlijk": ends(day, weeks=4)}


def test_counting_on_the_calendar_gives_every_last_day() -> None:
    cases = [case for file in LAWS.rglob("cases/termijnen_*.csv") for case in read_cases(file)]
    assert len(cases) > 25
    for case in cases:
        again = found(dict(case.input))
        assert all(same(again[key], value) for key, value in case.expected.items()), (case.id, again)
