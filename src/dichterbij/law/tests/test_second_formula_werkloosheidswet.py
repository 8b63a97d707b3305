"""The unemployment benefit again in plain Python, in euros and apart from the law files."""

from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

from dichterbij.law.cases import read_cases, same

LAWS = Path(__file__).resolve().parents[4] / "laws"
HIGHEST_DAILY_WAGE = {
    "2024-01-01": "274.44", "2024-07-01": "282.95", "2025-01-01": "290.67",
    "2025-07-01": "297.82", "2026-01-01": "304.25", "2026-07-01": "309.91",
}  # fmt: skip
EXCLUDING = ("ziek", "detentie", "opzegtermijn")


def cents(amount: Decimal) -> Decimal:
    return amount.quantize(Decimal("0.01"), ROUND_HALF_UP)


def duration(row: dict[str, Any]) -> Decimal:
    """Return the months of benefit: the years are laid in a row, the oldest first; each is worth a month or half."""
    if row.get("jaren", 5) < 4:
        return Decimal(3)
    new = int(Decimal(str(row.get("vanaf_2016", 10))).to_integral_value(ROUND_FLOOR))
    years = ["old"] * int(row.get("tot_2016", 0)) + ["new"] * new
    worth = [Decimal("0.5") if age == "new" and place >= 10 else Decimal(1) for place, age in enumerate(years)]
    return min(Decimal(24), max(Decimal(3), sum(worth, Decimal(0))))


def benefit(row: dict[str, Any], day: str) -> dict[str, Any]:
    """Return what the law gives, in euros."""
    highest = Decimal(HIGHEST_DAILY_WAGE[max(start for start in HIGHEST_DAILY_WAGE if start <= day)])
    earned = cents(max(Decimal(0), Decimal(str(row.get("jaarloon", 52200)))) / 261)
    daily = min(earned, highest)
    monthly = cents(daily * Decimal("21.75"))
    counted = max(Decimal(0), Decimal(str(row.get("werk", 0)))) * (daily / earned if earned else 1)
    share = Decimal("0.75") if row.get("gehad", 0) < 2 else Decimal("0.70")
    other = max(Decimal(0), Decimal(str(row.get("ander", 0))))
    before, now = Decimal(str(row.get("uren_voor", 40))), Decimal(str(row.get("uren_na", 0)))
    lost = before - now >= 5 or (now < before and 2 * now <= before)
    excluded = any(row.get(key) for key in EXCLUDING) or not row.get("in_nederland", True)
    excluded = excluded or row.get("geboortedatum", "1986-01-01") <= "1959-01-01"
    jobless = lost and row.get("beschikbaar", True)
    too_much = counted * 8 > monthly * 7
    entitled = jobless and row.get("weken", 36) >= 26 and not excluded and not too_much
    entitled = entitled and row.get("gehad", 0) < duration(row)
    return {
        "werkloos": jobless, "wekeneis": row.get("weken", 36) >= 26, "uitgesloten": excluded, "duur": duration(row),
        "dagloon": daily, "maandloon": monthly, "telt_mee": counted, "te_veel": too_much, "recht": entitled,
        "ww": max(Decimal(0), cents((monthly - counted) * share - other)) if entitled else 0,
        "weigert": row.get("verwijtbaar", False),
    }  # fmt: skip


def test_a_second_formula_gives_every_unemployment_benefit() -> None:
    checked = 0
    for case in read_cases(LAWS / "nl/werkloosheidswet/cases/ww_grenzen.csv"):
        if "refused" in case.expected:
            continue
        found = benefit(dict(case.input), case.columns["date"])
        for key, value in case.expected.items():
            assert same(found[key], value), f"{case.id} {key}: {found[key]}"
        checked += 1
    assert checked >= 65
