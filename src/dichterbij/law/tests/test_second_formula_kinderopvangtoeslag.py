"""The childcare allowance again in plain Python, apart from the law files: it finds what the cases expect."""

from datetime import date
from decimal import ROUND_FLOOR, Decimal
from pathlib import Path
from typing import Any

import pytest

from dichterbij.law.cases import read_cases, same

D = Decimal
LAWS = Path(__file__).resolve().parents[4] / "laws"
FILES = sorted(LAWS.glob("nl/wet_kinderopvang/cases/*.csv"))
MOST = {"dagopvang": D("11.23"), "bso": D("9.98"), "gastouder": D("8.49")}
# income up to and including, percentage for the first child and for the next (table of 2026)
BANDS = """
    56412 96 96; 58184 95.5 95.6; 59957 94.8 95.6; 61895 93.9 95.6; 65695 92.4 95.6; 69492 91.6 95.2;
    73292 90.5 94.6; 77094 88.2 94.2; 80891 85.9 93.9; 84693 83.7 93.2; 88491 81.2 92.7; 92291 78.9 92.2;
    96091 76.7 91.5; 99889 74.3 90.9; 103694 72.1 90.5; 107492 69.6 90.2; 111290 67.3 89.5; 115090 65.1 89.1;
    118963 62.7 88.6; 122857 60.6 87.9; 126747 58.5 87.4; 130638 56.4 87.0; 134527 54.2 86.7; 138420 52.3 86.0;
    142312 50.4 85.4; 146205 48.5 85.0; 150092 46.5 84.4; 153982 44.5 84.0; 157877 42.5 83.3; 161766 40.5 82.7;
    165657 38.5 81.7; 169547 36.5 81.4; 173440 36.5 80.6; 177335 36.5 79.7; 181223 36.5 79.1; 185114 36.5 78.2;
    189002 36.5 77.7; 192896 36.5 76.9; 196789 36.5 76.2; 200681 36.5 75.5; 204571 36.5 74.5; 208458 36.5 74.0;
    212353 36.5 73.3; 216242 36.5 72.5; 220134 36.5 71.8; 224026 36.5 71.2; 227915 36.5 70.4; 231807 36.5 69.6;
    235697 36.5 69.1; - 36.5 68.2
"""
TABLE = [band.split() for band in BANDS.split(";")]


def percentages(income: Decimal) -> tuple[Decimal, Decimal]:
    first, following = next((first, rest) for top, first, rest in TABLE if top == "-" or income <= D(top))
    return D(first), D(following)


def of_child(care: list[dict[str, Any]]) -> tuple[Decimal, Decimal]:
    """Return the hours of a child and the costs that count; at most 230 hours, the dearest kinds first."""
    hours, costs, left = D(0), D(0), D(230)
    for kind, most in MOST.items():
        for found in care:
            if found["soort"] == kind:
                counted = min(left, D(str(found["uren_maand"])))
                costs += counted * min(most, D(str(found["uurtarief"])))
                left -= counted
                hours += D(str(found["uren_maand"]))
    return hours, costs


def is_active(given: dict[str, Any], on: date) -> bool:
    """Say whether the parent works, studies or did so until shortly."""
    lost = given.get("laatste_werkdag")
    months = 12 * on.year + on.month - (12 * int(lost[:4]) + int(lost[5:7])) if lost else 99
    other = ("ondernemingen", "opleiding", "inburgering", "traject_naar_werk")
    return bool(given.get("werkt", True)) or any(given.get(key) for key in other) or months <= 3


def allowance(given: dict[str, Any], on: date) -> dict[str, object]:
    """Return what the law gives, in euros per month."""
    children = given.get("kinderen", [[{"soort": "dagopvang", "uren_maand": 100, "uurtarief": 10}]])
    children = children[1:] if given.get("lrk_eerst_genoemde_kind") is False else children
    found = sorted((of_child(care) for care in children), reverse=True)
    costs = sum((cost for _, cost in found), D(0)) if given.get("lrk", True) else D(0)
    first_child = found[0][1] if found and costs else D(0)
    income = D(str(given.get("toetsingsinkomen", 30000))) + D(str(given.get("inkomen_partner", 0)))
    first, following = percentages(income)
    month = ((first_child * first + (costs - first_child) * following) / 100).quantize(D(1), ROUND_FLOOR)
    partner = given.get("toeslagpartner", True)
    helps = not partner or given.get("partner_werkt", True) or given.get("partner_uitzondering", False)
    has_right = bool(helps and is_active(given, on) and given.get("rechtmatig_verblijf", True) and month * 12 >= 24)
    return {
        "recht": has_right,
        "kosten_eerste_kind": first_child,
        "kosten_volgende_kinderen": costs - first_child,
        "maandbedrag": month if has_right else 0,
    }


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_second_formula_gives_the_childcare_allowance_of_every_case(file: Path) -> None:
    checked = 0
    for case in read_cases(file):
        if "refused" in case.expected:
            continue
        found = allowance(dict(case.input), date.fromisoformat(case.columns["date"]))
        for key, value in case.expected.items():
            assert same(found[key], value), f"{case.id} {key}: {found[key]}"  # type: ignore[arg-type]
        checked += 1
    assert checked
