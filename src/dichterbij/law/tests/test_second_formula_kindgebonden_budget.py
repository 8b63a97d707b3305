"""The child budget again in plain Python, in euros and apart from the law files: it finds what the cases expect."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import pytest

from dichterbij.law.cases import read_cases, same

# per child, more from 12 and from 16, single parent, threshold alone and together, rate, assets alone and together
AMOUNTS = {
    2024: (2436, 694, 924, 3480, 26819, 35850, "0.0675", 140213, 177301),
    2025: (2511, 703, 936, 3389, 28406, 37545, "0.0710", 141896, 179429),
    2026: (2580, 724, 964, 3416, 29736, 39141, "0.0760", 146011, 184633),
}
LAWS = Path(__file__).resolve().parents[4] / "laws"
FILES = sorted(LAWS.glob("nl/wet_op_het_kindgebonden_budget/cases/*.csv"))


def months_since(born: date, month: date) -> int:
    """Return the number of months between the month of birth and a month."""
    return 12 * (month.year - born.year) + month.month - born.month


def of_child(born: date, on: date) -> int:
    """Return the yearly amount of a child in the month of a day."""
    child, more_12, more_16, *_ = AMOUNTS[on.year]
    months = months_since(born, on)
    if not 1 <= months <= 18 * 12:
        return 0
    return child + (more_16 if months > 16 * 12 else more_12 if months > 12 * 12 else 0)


def budget(on: date, born: list[date], income: Decimal, assets: Decimal, *, partner: bool) -> dict[str, object]:
    """Return what article 2 gives, in euros."""
    *_, single, alone, together, rate, most_alone, most_together = AMOUNTS[on.year]
    children = sum(of_child(day, on) for day in born)
    highest = children + (single if children and not partner else 0)
    less = Decimal(rate) * max(Decimal(0), income - (together if partner else alone))
    is_poor = assets <= (most_together if partner else most_alone)
    entitled = max(Decimal(0), highest - less) if children and is_poor else Decimal(0)
    year = entitled.quantize(Decimal(1), ROUND_HALF_UP)
    year = year if year >= 24 else Decimal(0)
    return {
        "recht": year > 0,
        "maximum": highest,
        "vermindering": less.quantize(Decimal("0.01"), ROUND_HALF_UP),
        "jaar": entitled.quantize(Decimal("0.01"), ROUND_HALF_UP),
        "jaar_afgerond": year,
        "maandbedrag": int(entitled // 12) if year else 0,
    }


def half_a_year_past(age: int, on: date) -> date:
    return date(on.year - age - (on.month <= 6), (on.month - 7) % 12 + 1, 1)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_second_formula_gives_the_child_budget_of_every_case(file: Path) -> None:
    checked = 0
    for case in read_cases(file):
        given: dict[str, Any] = dict(case.input)
        on = date.fromisoformat(case.columns["date"])
        if "refused" in case.expected or given.get("rechtmatig_verblijf") is False:
            continue
        born = [date.fromisoformat(day) for day in given.get("geboren", ["2019-06-01"])]
        if "kinderen" in given:
            born = [half_a_year_past(age, on) for age in given["kinderen"]]
        income = Decimal(str(given.get("toetsingsinkomen", 20000))) + Decimal(str(given.get("inkomen_partner", 0)))
        assets = Decimal(str(given.get("vermogen", 0)))
        born = born if given.get("kinderbijslag", True) else []
        found = budget(on, born, income, assets, partner=bool(given.get("toeslagpartner")))
        for key, value in case.expected.items():
            assert same(found[key], value), f"{case.id} {key}: {found[key]}"  # type: ignore[arg-type]
        checked += 1
    assert checked
