"""The rent allowance again in plain Python, in euros and apart from the law files: it finds what the cases expect."""

from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import pytest

from dichterbij.law.cases import read_cases, same

D = Decimal
LAWS = Path(__file__).resolve().parents[4] / "laws"
FILES = sorted(LAWS.glob("nl/wet_op_de_huurtoeslag/cases/huurtoeslag_[go]*.csv"))  # of 2024 there is no formula
# highest rent, full up to, 65 % up to (one or two, three or more), assets of one, exempt income of a child, young until
LIMITS = {
    2025: ("900.07", "477.20", "682.96", "731.93", 37395, 6042, 23),
    2026: ("932.93", "498.20", "713.02", "764.14", 38479, 6218, 21),
}
ONE, MORE = ("202.52", 23425, "0.27"), ("200.71", 31500, "0.22")


def to_cents(amount: Decimal, mode: str = ROUND_HALF_UP) -> Decimal:
    return amount.quantize(D("0.01"), mode)


def positive(amount: Decimal) -> Decimal:
    return max(D(0), amount)


def years(born: date, on: date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


class Household:
    """Who lives in the home of a case: partner, one other or a number of others; amounts in euros."""

    def __init__(self, given: dict[str, Any], on: date) -> None:
        self.given, self.on = given, on
        self.other = str(given.get("medebewoner", ""))
        self.partner = bool(given.get("toeslagpartner")) or given.get("situatie") == "partners"
        self.has_other = self.other in ("huisgenoot", "kind", "kind van partner")
        self.has_child = self.other in ("kind", "kind van partner")
        self.size = 1 + self.partner + self.has_other + int(given.get("huishoudgrootte", 1)) - 1

    def euros(self, key: str, default: object = 0) -> Decimal:
        return D(str(self.given.get(key, default)))

    def born(self, key: str) -> date:
        return date.fromisoformat(self.given.get(key, "1980-01-01"))

    @property
    def income(self) -> Decimal:
        own = self.euros("rekeninkomen", self.given.get("toetsingsinkomen", 20000)) + self.euros("inkomen_partner")
        other = self.euros("inkomen_medebewoner") if self.has_other else D(0)
        if self.has_child and years(self.born("geboren_medebewoner"), self.on) < 23:
            other = positive(other - LIMITS[self.on.year][5])
        return own + other

    @property
    def is_poor(self) -> bool:
        most = LIMITS[self.on.year][4]
        own = self.euros("vermogen") + self.euros("vermogen_partner")
        other = self.euros("vermogen_medebewoner") if self.has_other else D(0)
        return own <= most * (2 if self.partner else 1) and other <= most

    @property
    def is_young(self) -> bool:
        limit = LIMITS[self.on.year][6]
        people = [self.born("geboren")]
        people += [self.born("geboren_partner")] if self.partner else []
        people += [self.born("geboren_medebewoner")] if self.has_other else []
        everybody = self.given.get("iedereen_jonger_dan_21") or all(years(one, self.on) < limit for one in people)
        return bool(everybody) and not self.has_child and not self.given.get("handicap")

    @property
    def may_ask(self) -> bool:
        given = self.given
        home = given.get("huurwoning", True) and (given.get("zelfstandige_woning", True) or given.get("uitzondering"))
        adult = years(self.born("geboren"), self.on) >= 18 or given.get("uitzondering_jonge_huurder")
        return bool(home and adult and self.is_legal and given.get("ingeschreven", True))

    @property
    def is_legal(self) -> bool:
        other = self.given.get("verblijf_medebewoner", True) or not self.has_other
        return bool(self.given.get("rechtmatig_verblijf", True) and other)


def basic_rent_2025(income: Decimal) -> Decimal:
    year = positive(income)
    norm = to_cents(D("0.000000438698") * year * year + D("0.000446392665") * year, ROUND_CEILING)
    return max(D("199.05"), norm - D("37.14"))


def allowance(home: Household) -> dict[str, object]:
    """Return what the law gives, in euros per month."""
    highest, full, two, three, *_ = (D(str(limit)) for limit in LIMITS[home.on.year])
    most = full if home.is_young else highest
    cap, has_right = (two if home.size <= 2 else three), home.may_ask and home.is_poor
    if home.on.year == 2025:
        asked = home.euros("kale_huur", 600) + min(D(48), home.euros("servicekosten"))
        has_right = has_right and (asked <= most or bool(home.given.get("huurtoeslag_vorige_maand")))
        basic, less = basic_rent_2025(home.income), D(0)
    else:
        asked = home.euros("kale_huur", 600)
        basis, limit, rate = ONE if home.size == 1 else MORE
        basic, less = D(basis), positive(home.income - limit) * D(rate) / 12
    rent = min(asked, most)
    part_a = positive(min(rent, full) - basic)
    part_b = D("0.65") * positive(min(rent, cap) - max(full, basic))
    part_c = D("0.40") * positive(rent - max(cap, basic))
    month = positive(part_a + part_b + part_c - less).quantize(D(1), ROUND_FLOOR)
    has_right = has_right and month * 12 >= 24
    return {
        "recht": has_right,
        "vermogenstoets": home.is_poor,
        "verblijf": home.is_legal,
        "aftoppingsgrens": cap,
        "aantal_bewoners": home.size,
        "rekeninkomen": home.income,
        "rekenhuur": rent,
        "basishuur": basic,
        "deel_a": to_cents(part_a),
        "deel_b": to_cents(part_b),
        "deel_c": to_cents(part_c),
        "correctie": to_cents(less),
        "maandbedrag": month if has_right else 0,
    }


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_second_formula_gives_the_rent_allowance_of_every_case(file: Path) -> None:
    checked = 0
    for case in read_cases(file):
        if "refused" in case.expected:
            continue
        found = allowance(Household(dict(case.input), date.fromisoformat(case.columns["date"])))
        for key, value in case.expected.items():
            assert same(found[key], value), f"{case.id} {key}: {found[key]}"  # type: ignore[arg-type]
        checked += 1
    assert checked
