"""The state pensions again in plain Python, in cents and dollars, apart from the law files."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

from dichterbij.law.cases import read_cases, same

LAWS = Path(__file__).resolve().parents[4] / "laws"
# per half year: pension alone and together, holiday pay alone and together, income support; in cents
AMOUNTS = {
    (2024, 1): (154153, 104760, 7620, 5444, 550),
    (2024, 2): (156975, 106747, 7834, 5596, None),
    (2025, 1): (158092, 108150, 10246, 7318, 0),
    (2025, 2): (161244, 110397, 10039, 7171, 0),
    (2026, 1): (163757, 112212, 10655, 7610, 0),
    (2026, 2): (166216, 113939, 10478, 7485, 0),
}
# last day of birth with a pension age in months
AGES = (
    ("1947-12-31", 780), ("1948-11-30", 781), ("1949-10-31", 782), ("1950-09-30", 783), ("1951-06-30", 786),
    ("1952-03-31", 789), ("1952-12-31", 792), ("1955-08-31", 796), ("1956-05-31", 799), ("1957-02-28", 802),
    ("1960-12-31", 804), ("1964-09-30", 807),
)  # fmt: skip
TOGETHER = {"gehuwd", "samenwonend"}
ISLANDS = {"Bonaire": (225, 231, 1525), "Sint Eustatius": (216, 223, 1534), "Saba": (225, 230, 1517)}


def later(born: date, months: int) -> date:
    """Return the day some months after a birth; the last day of a month that is too short."""
    year, month = born.year + (born.month - 1 + months) // 12, (born.month - 1 + months) % 12 + 1
    last = 28 + (month != 2) * 2 + (month in (1, 3, 5, 7, 8, 10, 12)) + (month == 2 and year % 4 == 0)
    return date(year, month, min(born.day, last))


def reached(born: str) -> date | None:
    months = next((age for last, age in AGES if born <= last), None)
    return None if months is None else later(date.fromisoformat(born), months)


def part(amount: int | None, percentage: Decimal) -> Decimal | None:
    """Return a share of an amount in cents, as euros, half a cent up."""
    if amount is None:
        return None
    return (Decimal(amount) * percentage / 100).quantize(Decimal(1), ROUND_HALF_UP) / 100


def pension(row: dict[str, Any], on: date) -> dict[str, Any]:
    percentage = Decimal(2 * int(row.get("verzekerde_jaren", 50)))
    day = reached(row.get("geboortedatum", "1950-01-01"))
    right = day is not None and day <= on and percentage > 0 and "overleden_op" not in row
    together = row["leefsituatie"] in TOGETHER
    alone, both, holiday_alone, holiday_both, support = AMOUNTS[on.year, 1 + (on.month > 6)]
    return {
        "recht": right,
        "gehuwd": together,
        "opbouw_pct": percentage,
        "bruto_maand": part(both if together else alone, percentage) if right else 0,
        "vakantiegeld_alleenstaand": part(holiday_alone, percentage),
        "vakantiegeld_gehuwd": part(holiday_both, percentage),
        "inkomensondersteuning": part(support, percentage),
    }


def age(row: dict[str, Any], expected: dict[str, Any]) -> dict[str, Any]:
    day = reached(row["geboortedatum"])
    months = next((age for last, age in AGES if row["geboortedatum"] <= last), 0)
    return {
        "leeftijd": f"{months // 12}j{months % 12}m",
        "aow_datum": day.isoformat() if day else None,
        "bereikt": day is not None and day <= date(2026, 1, 1),
        "partnertoeslag": day is not None and day < date(2015, 4, 1) if "partnertoeslag" in expected else None,
    }


def grant(row: dict[str, Any]) -> dict[str, Any]:
    had = row.get("overledene_ontving_aow", True) or "aow_einddatum_overledene" in row
    is_partner = row["relatie"] == "partner"
    minor = row["relatie"] == "kind" and later(date.fromisoformat(row["geboortedatum"]), 12 * 18) > date(2026, 6, 5)
    shared = row.get("zelfde_adres", False) and row.get("huishouden", False)
    moves = is_partner and row.get("eigen_aow", True)
    return {
        "overlijdensuitkering_maanden": int(had),
        "vanzelf": is_partner and had,
        "aanvragen": had and not is_partner and not row.get("partner_van_overledene", False) and (minor or shared),
        "naar_alleenstaand": moves,
        "nieuwe_aow": Decimal("1662.16") if moves else None,
    }


def found(row: dict[str, Any], expected: dict[str, Any], on: date) -> dict[str, Any]:
    if "relatie" in row:
        return grant(row)
    if "leefsituatie" in row:
        return pension(row, on)
    if "jaren" in row:
        return {"opbouw_pct": 100 - 2 * (50 - min(50, int(row["jaren"])))}
    return age(row, expected)


def test_a_second_formula_gives_every_outcome_of_the_state_pension() -> None:
    checked = 0
    for case in read_cases(LAWS / "nl/algemene_ouderdomswet/cases/aow_grenzen.csv"):
        row, expected, on = dict(case.input), dict(case.expected), date.fromisoformat(case.columns["date"])
        if "refused" in expected:
            assert on.year not in (2024, 2025, 2026) or AMOUNTS[on.year, 2][4] is None
            continue
        again = found(row, expected, on)
        assert all(same(again[key], value) for key, value in expected.items()), (case.id, again)
        checked += 1
    assert checked > 60


def of_islands(row: dict[str, Any], on: date) -> dict[str, Any]:
    benefit = ISLANDS[row["eiland"]][on.year - 2024] if row["eiland"] in ISLANDS else 0
    born = date.fromisoformat(row.get("kind_geboren", "2016-04-28"))
    first = later(born, 12 * 18) > on and row.get("kind_woont_op", "Bonaire") in ISLANDS
    first = first and "kind_overleden" not in row and not row.get("kind_bij_ander", False)
    count = int(row["kinderen"]) - (0 if first or not int(row["kinderen"]) else 1)
    return {"recht": count > 0 and benefit > 0, "dollar": count * benefit, "per_kind": benefit}


def of_islands_old(row: dict[str, Any], on: date) -> dict[str, Any]:
    born = date.fromisoformat(row["geboortedatum"])
    years = {1953: 62, 1954: 63, 1955: 64}.get(born.year, 60 if born.year < 1953 else 65)
    percentage = max(0, 100 - 2 * int(row.get("gemiste_jaren", 0)))
    full = ISLANDS[row["eiland"]][2] if row["eiland"] in ISLANDS else 1517
    since = later(born, 12 * years)
    right = since <= on and percentage > 0
    dollars = Decimal(full * percentage) / 100 if right else 0
    return {"leeftijd": years, "vanaf": since.isoformat(), "recht": right, "dollar": dollars}


def test_a_second_formula_gives_every_outcome_of_the_islands() -> None:
    checked = 0
    for case in (case for file in LAWS.rglob("cases/eilanden*.csv") for case in read_cases(file)):
        row, on = dict(case.input), date.fromisoformat(case.columns["date"])
        if "refused" in case.expected:
            assert on.year != 2025 or row["eiland"] == "Nederland"
            continue
        again = of_islands(row, on) if "kinderen" in row else of_islands_old(row, on)
        assert all(same(again[key], value) for key, value in case.expected.items()), (case.id, again)
        checked += 1
    assert checked > 20
