"""Municipal schemes for low incomes again in plain Python, in euros and apart from the law files."""

from collections.abc import Callable, Iterator
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import pytest

from dichterbij.law.cases import Case, read_cases, same

LAWS = Path(__file__).resolve().parents[4] / "laws"
Row = dict[str, Any]
# social assistance per half-year: one person, two; the same from pension age
NORMS = {
    "2024-01": ("1283.83", "1834.04", "1425.76", "1933.98"), "2024-07": ("1308.45", "1869.21", "1456.85", "1976.64"),
    "2025-01": ("1345.45", "1922.07", "1501.07", "2053.48"), "2025-07": ("1369.06", "1955.80", "1530.21", "2094.98"),
    "2026-01": ("1401.50", "2002.13", "1564.69", "2144.16"), "2026-07": ("1419.46", "2027.79", "1587.34", "2176.10"),
}  # fmt: skip
ASSETS = {"2024": 7575, "2025": 7770, "2026": 8000}
INCOME = ("loon", "uitkering", "pensioen", "andere", "loon_partner", "uitkering_partner")
# income allowance: alone, single parent, couple, couple with a child from twelve; the most of the norm on average
ALLOWANCE = {
    ("Rotterdam", "2025"): (200, 300, 300, 300, 400), ("Rotterdam", "2026"): (200, 300, 300, 300, 400),
    ("Amsterdam", "2025"): (350, 450, 450, 500, 800), ("Amsterdam", "2026"): (350, 450, 450, 500, 800),
    ("Tilburg", "2024"): (501, 644, 644, 715, 955), ("Tilburg", "2025"): (525, 675, 675, 750, 990),
    ("Alphen aan den Rijn", "2024"): (550, 642, 734, 734, 825), ("Velsen", "2024"): (506, 632, 632, 695, 695),
    ("Alphen aan den Rijn", "2026"): (601, 701, 801, 801, 901),
}  # fmt: skip
PASS = {"alleen": 26664, "ouder": 32715, "paar": 36350}
PASS_OF_CHILD = {"alleen": 37750, "ouder": 37750, "paar": 41950}


def cents(amount: Decimal) -> Decimal:
    return amount.quantize(Decimal("0.01"), ROUND_HALF_UP)


def euros(row: Row, *keys: str) -> Decimal:
    return sum((max(Decimal(0), Decimal(str(row.get(key, 0)))) for key in keys), Decimal(0))


def reached(age: int, born: str, day: str) -> bool:
    return f"{int(born[:4]) + age}{born[4:]}" <= day


def norm(row: Row, day: str) -> Decimal:
    couple, old = bool(row.get("partner")), reached(67, row.get("geboortedatum", "1985-01-01"), day)
    half = f"{day[:4]}-{'01' if day[5:7] < '07' else '07'}"
    sharers = sum(reached(27, born, day) for born in row.get("medebewoners_geboren", []))
    if sharers:
        heads = 1 + couple + sharers
        return cents(Decimal(40 + 30 * heads) / (100 * heads) * Decimal(NORMS[half][1 + 2 * old])) * (1 + couple)
    return Decimal(NORMS[half][couple + 2 * old])


def pension_credit(row: Row, day: str) -> Row:
    limit = cents(norm({**row, "geboortedatum": "1950-01-01", "medebewoners_geboren": []}, day) * Decimal("1.045"))
    on_time = reached(67, row.get("geboortedatum", "1950-01-01"), "2025-03-01")
    low = euros(row, *INCOME) <= limit
    return {
        "grens": limit,
        "peildag": on_time,
        "laag": low,
        "recht": on_time and low,
        "bedrag": 450 * (on_time and low),
    }


def tilburg(row: Row, day: str) -> Row:
    low, high = cents(norm(row, day) * Decimal("1.14")), cents(norm(row, day) * Decimal("1.2"))
    income, couple = euros(row, *INCOME), bool(row.get("partner"))
    poor = income <= low or (income <= high and row.get("gemeente_vindt_laag", False))
    poor = poor and euros(row, "vermogen") <= ASSETS[day[:4]] * (1 + couple)
    right = poor and reached(18, row.get("geboortedatum", "1985-01-01"), day)
    children = sum(not reached(18, born, day) for born in row.get("medebewoners_geboren", []))
    heads = 1 + couple + children
    return {"grens": low, "hoogste": high, "recht": right, "zorg": right, "kinderen": children, "personen": heads,
            "budget": 147 * heads * right}  # fmt: skip


def amsterdam(row: Row, day: str) -> Row:
    children = [child for [child] in row.get("kinderen", [])]
    home = [c for c in children if "kind_adres" not in row and not reached(18, c["geboren"], day)]
    kind = "paar" if row.get("partner") else "ouder" if home else "alleen"
    few = euros(row, "vermogen", "vermogen_partner") <= (7575 if kind == "alleen" else 15150)
    other = bool(row.get("schuldregeling") or row.get("voedselbank"))
    may = reached(18, row.get("geboortedatum", "1985-01-01"), day)
    may = may and not row.get("opleiding") and not row.get("middelbare_school")
    income = euros(row, "inkomen", "inkomen_partner")
    for_children = may and (other or (few and income <= PASS_OF_CHILD[kind]))
    return {"stadspas": may and (other or (few and income <= PASS[kind])), "grens": PASS[kind],
            "grens_kind": PASS_OF_CHILD[kind], "vermogen_ok": few, "kinderen": len(home) * for_children,
            "laptops": sum(gets_laptop(c, row, day) for c in home) * for_children}  # fmt: skip


def gets_laptop(child: Row, row: Row, day: str) -> bool:
    if child["school"] == "basisschool":
        return reached(10, child["geboren"], day) and not reached(13, child["geboren"], day)
    last = row.get("vorige_laptop")
    return child["school"] == "middelbare_school" and (last is None or reached(4, last, day))


def allowance(row: Row, day: str) -> Row:
    """Return the amount of the income allowance for who has a right to it."""
    born = [*row.get("kind_geboren", []), row.get("partner_kind_geboren", "1900-01-01")]
    born = [each for each in born if not reached(18, each, day)]
    older = any(reached(12, each, day) for each in born)
    amounts = ALLOWANCE[row["gemeente"], day[:4]]
    couple = bool(row.get("partner")) and row.get("verblijf_partner", True)
    if not couple:
        return {"bedrag": amounts[2 if older else 1 if born else 0]}
    with_child = born if row["gemeente"] == "Rotterdam" else older
    return {"bedrag": amounts[4 if with_child else 3]}


def known(path: str) -> Iterator[Case]:
    return (case for case in read_cases(LAWS / path) if not {"refused", "unknown"} & set(case.expected))


@pytest.mark.parametrize(
    ("path", "formula", "rows"),
    [
        ("gemeente/GM0599/aow_tegoed/cases/aow_tegoed.csv", pension_credit, 18),
        ("gemeente/GM0855/meedoenregeling/cases/meedoen_tilburg.csv", tilburg, 26),
        ("gemeente/GM0855/zorgverzekering_minima/cases/zorgverzekering_tilburg.csv", tilburg, 8),
        ("gemeente/GM0363/stadspas/cases/stadspas_amsterdam.csv", amsterdam, 38),
    ],
)
def test_a_second_formula_gives_every_scheme(path: str, formula: Callable[[Row, str], Row], rows: int) -> None:
    cases = list(known(path))
    for case in cases:
        found = formula(dict(case.input), case.columns["date"])
        for key, value in case.expected.items():
            assert same(found[key], value), f"{case.id} {key}: {found[key]}"
    assert len(cases) >= rows


def test_a_second_formula_gives_every_amount_of_the_income_allowance() -> None:
    checked = 0
    for case in known("nl/participatiewet_artikel_36/cases/inkomenstoeslag_grenzen.csv"):
        amount = case.expected.get("bedrag")
        if amount in (None, "0") or case.input["gemeente"] == "Deventer":
            continue
        found = allowance(dict(case.input), case.columns["date"])["bedrag"]
        assert same(found, amount), f"{case.id}: {found}"
        checked += 1
    assert checked >= 45


def test_a_second_formula_gives_every_income_limit_of_the_income_allowance() -> None:
    shares = {
        "Rotterdam": ("1.05", "0"),
        "Amsterdam": ("1.05", "5"),
        "Tilburg": ("1", "0"),
        "Alphen aan den Rijn": ("1.1", "0"),
    }
    checked = 0
    for case in known("nl/participatiewet_artikel_36/cases/inkomenstoeslag_grenzen.csv"):
        row, day = dict(case.input), case.columns["date"]
        if not {"gemiddeld_inkomen", "maandinkomen"} & set(row) or "vast" not in case.expected:
            continue
        share, margin = map(Decimal, shares[row["gemeente"]])
        low = euros(row, "gemiddeld_inkomen", "gemiddeld_inkomen_partner") <= norm(row, day) * share + margin
        if row["gemeente"] == "Rotterdam":
            low = low and euros(row, "maandinkomen", "maandinkomen_partner") <= norm(row, day) * Decimal("1.3")
        assert low == case.expected["vast"], case.id
        checked += 1
    assert checked >= 14
