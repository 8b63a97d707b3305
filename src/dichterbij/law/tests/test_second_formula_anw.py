"""The survivor's benefit again in plain Python, in euros and apart from the law files."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

from dichterbij.law.cases import read_cases, same

LAWS = Path(__file__).resolve().parents[4] / "laws"
DIED = "2025-12-15"
# per half year: full benefit, holiday pay, benefit with a care relation, reference minimum wage
AMOUNTS = {
    "2024-01-01": ("1493.51", "96.51", "939.41", "2069.40"),
    "2026-01-01": ("1668.49", "128.18", None, "2294.40"),
    "2026-07-01": ("1676.53", "127.25", None, "2337.00"),
}


def years(born: str, on: str) -> int:
    first, last = date.fromisoformat(born), date.fromisoformat(on)
    return last.year - first.year - ((last.month, last.day) < (first.month, first.day))


def is_pensioner(row: dict[str, Any]) -> bool:
    return bool(row.get("geboortedatum", "1980-01-01") <= "1959-01-01")


def right(row: dict[str, Any]) -> dict[str, Any]:
    has_child = bool(row.get("kind", row.get("ongehuwd_kind_onder_18", False)))
    minor = years(row.get("kind_geboren", "2015-06-01"), DIED) < 18
    own = row.get("kind_op_adres", False) or not row.get("kind_in_huishouden_ander", False)
    unfit = int(row.get("ao_pct", 0)) >= 45 and int(row.get("ao_maanden", 3)) >= 3
    wed = row.get("getrouwd_op", "2010-01-01")
    excluded = bool(wed and years(wed, DIED) < 1 and row.get("overlijden_te_verwachten", False))
    allowed = row.get("relatie", "partner") == "partner" and row.get("partner_verzekerd", True)
    return {
        "recht": allowed and not is_pensioner(row) and not excluded and ((has_child and minor and own) or unfit),
        "uitgesloten": excluded,
        "halfwezenuitkering": row.get("datum_overlijden", DIED) < "2013-07-01",
    }


def amount(row: dict[str, Any], on: str) -> dict[str, Any]:
    full, holiday, caring, minimum = AMOUNTS[on]
    wage, benefit = Decimal(str(row.get("inkomen_uit_arbeid_maand", 0))), Decimal(str(row.get("uitkering_maand", 0)))
    free = Decimal(minimum) / 2
    exempt = min(wage, free + max(Decimal(0), wage - free) / 3).quantize(Decimal("0.01"), ROUND_HALF_UP)
    deducted = wage - exempt + benefit
    return {
        "vrijgesteld": exempt,
        "korting": deducted,
        "bedrag": max(Decimal(0), Decimal(full) - deducted),
        "volledig": Decimal(full),
        "verzorging": Decimal(caring) if caring else None,
        "vakantiegeld": Decimal(holiday),
    }


def orphan(row: dict[str, Any], on: str) -> dict[str, Any]:
    age = years(row["wees_geboren"], on)
    alone = row.get("ouders", "beiden overleden") in ("beiden overleden", "geen in register", "een in register")
    young = age < 16 or (age < 21 and row.get("studeert", False))
    return {"wezenuitkering": alone and young, "percentage": 32 if age < 10 else 48 if age < 16 else 64}


def found(row: dict[str, Any], expected: dict[str, Any], on: str) -> dict[str, Any]:
    if "wees_geboren" in row:
        return orphan(row, on)
    if "eindigt" in expected:
        return {"eindigt": bool(row.get("nieuwe_partner")) or row.get("samenwonend") is True or is_pensioner(row)}
    return right(row) if expected.keys() & {"recht", "uitgesloten", "halfwezenuitkering"} else amount(row, on)


def test_a_second_formula_gives_every_outcome_of_the_survivors_benefit() -> None:
    checked = 0
    for case in read_cases(LAWS / "nl/algemene_nabestaandenwet/cases/anw_grenzen.csv"):
        row, expected, on = dict(case.input), dict(case.expected), case.columns["date"]
        if "refused" in expected:
            assert on not in AMOUNTS or AMOUNTS[on][2] is None
            continue
        again = found(row, expected, on)
        assert all(same(again[key], value) for key, value in expected.items()), (case.id, again)
        checked += 1
    assert checked > 40
