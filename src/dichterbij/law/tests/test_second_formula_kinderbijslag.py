"""Child benefit again in plain Python, in euros and apart from the law files: it finds what the cases expect."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import pytest

from dichterbij.law.cases import read_cases, same

LAWS = Path(__file__).resolve().parents[4] / "laws"
FILES = sorted(LAWS.glob("nl/algemene_kinderbijslagwet/cases/*.csv"))
BASE = {
    (2024, 1): "399.27",
    (2024, 2): "402.41",
    (2025, 1): "409.21",
    (2025, 2): "416.41",
    (2026, 1): "421.53",
    (2026, 2): "426.29",
}


def years(born: date, on: date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def of_child(age: int, quarter: date) -> Decimal:
    """Return the amount at an age on the first day of a quarter (AKW article 12)."""
    share = "0.70" if age < 6 else "0.85" if age < 12 else "1"
    amount = Decimal(BASE[quarter.year, 1 if quarter.month < 7 else 2]) * Decimal(share)
    return amount.quantize(Decimal("0.01"), ROUND_HALF_UP)


def ages(given: dict[str, Any], quarter: date) -> list[int]:
    """Return the ages on the first day of the quarter of the children who count."""
    if "kinderen" in given:
        return [age for age in given["kinderen"] if age < 18]
    born = date.fromisoformat(given.get("geboortedatum", "2019-06-01"))
    age = given.get("leeftijd_eerste_dag_kwartaal", years(born, quarter))
    at_home = given.get("woont_thuis", True) and given.get("ouder_heeft_adres", True)
    lives = born <= quarter and date.fromisoformat(given.get("overleden_op", "9999-12-31")) >= quarter
    is_kept, learns = at_home or given.get("onderhouden", False), age < 16 or given.get("school", True)
    return [age] if lives and is_kept and learns and age < 18 else []


def benefit(given: dict[str, Any], on: date) -> dict[str, object]:
    """Return what the law gives over the quarter of a day, in euros."""
    quarter = date(on.year, 3 * ((on.month - 1) // 3) + 1, 1)
    found = sum((of_child(age, quarter) for age in ages(given, quarter)), Decimal(0)) * (
        2 if given.get("dubbel") else 1
    )
    found = found if given.get("verzekerd", True) else Decimal(0)
    return {"recht": found > 0, "kwartaalbedrag": found}


def earliest(given: dict[str, Any]) -> dict[str, object]:
    """Return how far back an application can go: a year before its quarter."""
    year, month = int(given["aanvraag"][:4]), int(given["aanvraag"][5:7])
    first = ("01", "04", "07", "10")[(month - 1) // 3]
    return {"vroegste_ingang": f"{year - 1}-{first}-01", "verder_terug": given.get("bijzonder_geval", False)}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_second_formula_gives_the_child_benefit_of_every_case(file: Path) -> None:
    checked = 0
    for case in read_cases(file):
        if {"refused", "unknown"} & set(case.expected):
            continue
        given: dict[str, Any] = dict(case.input)
        found = earliest(given) if "aanvraag" in given else benefit(given, date.fromisoformat(case.columns["date"]))
        for key, value in case.expected.items():
            assert same(found[key], value), f"{case.id} {key}: {found[key]}"  # type: ignore[arg-type]
        checked += 1
    assert checked
