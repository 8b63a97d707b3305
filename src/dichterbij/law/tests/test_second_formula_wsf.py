"""Basic and supplementary grant again in plain Python, in euros and apart from the law files."""

from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

from dichterbij.law.cases import read_cases, same

LAWS = Path(__file__).resolve().parents[4] / "laws"
BASIC = {"mbo": ("107.26", "350.03"), "ho": ("130.21", "324.52")}
HIGHEST = {"mbo": ("438.08", "466.40"), "ho": ("491.08", "491.08")}
# free amount of a parent: together, apart, the other does not count; and the share of what is above it
FREE = {"mbo": ("23152.70", "29333.26", "46305.40", "0.26"), "ho": ("20750.30", "26289.28", "41500.60", "0.136")}


def contribution(kind: str, row: dict[str, Any]) -> Decimal:
    """Return what the parents are held to give per month, in cents; below zero counts as nothing."""
    together, apart, double, share = map(Decimal, FREE[kind])
    free = {"samen": together, "apart": apart}.get(row["ouders"], double)
    incomes = [row["inkomen_ouder"], *([row["inkomen_andere_ouder"]] if "inkomen_andere_ouder" in row else [])]
    total = sum(((Decimal(str(income)) - free) * share / 12 for income in incomes), Decimal(0))
    return max(Decimal(0), total.quantize(Decimal("0.01"), ROUND_HALF_UP))


def grants(row: dict[str, Any]) -> dict[str, Any]:
    kind = "mbo" if row["opleiding"].startswith("mbo") else "ho"
    away = row.get("woonsituatie", "uitwonend") == "uitwonend"
    began = row.get("eerste_maand", "2026-07-01")
    young = int(began[:4]) - int(row.get("geboortedatum", "2002-03-01")[:4]) < 30
    right = young and row["opleiding"] != "mbo bbl"
    extra = max(Decimal(0), Decimal(HIGHEST[kind][away]) - contribution(kind, row)) if right else Decimal(0)
    return {
        "recht": right,
        "recht_aanvullend": extra > 0,
        "basisbeurs": Decimal(BASIC[kind][away]) if right else 0,
        "aanvullende_beurs": extra,
        "vorm": "gift" if row["opleiding"] == "mbo niveau 2" else "prestatiebeurs",
    }


def test_a_second_formula_gives_every_grant() -> None:
    cases = list(read_cases(LAWS / "nl/wet_studiefinanciering_2000/cases/wsf2000_beurzen.csv"))
    assert len(cases) > 10
    for case in cases:
        again = grants(dict(case.input))
        assert all(same(again[key], value) for key, value in case.expected.items()), (case.id, again)
