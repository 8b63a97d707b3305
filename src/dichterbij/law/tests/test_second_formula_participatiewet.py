"""Social assistance of January 2026 again in plain Python, in euros and apart from the law files."""

from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

from dichterbij.law.cases import read_cases, same

LAWS = Path(__file__).resolve().parents[4] / "laws"
DAY, HOME = "2026-01-01", "0000010000000001"
YOUNG, SINGLE, COUPLE, OLD_SINGLE, OLD_COUPLE = map(Decimal, ("345.99", "1401.50", "2002.13", "1564.69", "2144.16"))
SINGLE_IN_HOME, COUPLE_IN_HOME = Decimal("443.76") + 47, Decimal("690.27") + 106  # in an institution
FOR_CHILD = Decimal("400.43")  # what a household of people under 21 gets more with a child
# of the wage does not count: from which age, which share, at most how much
EXEMPT = {"zes_maanden": (27, "0.25", "285"), "alleenstaande_ouder": (27, "0.125", "177.66"),
          "medische_urenbeperking": (18, "0.15", "180.19"), "geen": (18, "0", "0")}  # fmt: skip
RESIDENCE = {"woont_in_nederland": True, "rechtmatig_verblijf": True, "detentie": False, "buitenland": False}
KEYS = {"norm", "middelen", "bijstand", "recht", "A", "kostendelersnorm", "vermogen_ok"}


def cents(amount: Decimal) -> Decimal:
    return amount.quantize(Decimal("0.01"), ROUND_HALF_UP)


def euros(row: dict[str, Any], key: str) -> Decimal:
    return max(Decimal(0), Decimal(str(row.get(key, 0))))


def has_reached(age: int, born: str) -> bool:
    return f"{int(born[:4]) + age}{born[4:]}" <= DAY


class Household:
    """Who is in it, as far as the norm depends on it."""

    def __init__(self, row: dict[str, Any]) -> None:
        self.row, self.own = row, row.get("geboortedatum", "1985-01-01")
        apart = bool(row.get("partner_adres")) and row.get("duurzaam_gescheiden")
        self.is_couple = bool((row.get("partner") and not apart) or row.get("gezamenlijke_huishouding"))
        self.other = row.get("partner_geboren", "1985-01-01")
        self.other_has_right = row.get("verblijf_partner", True) and has_reached(18, self.other)
        lives_here = row.get("kind_adres", HOME) == HOME and not row.get("kind_overleden")
        children = row.get("kind_geboren", ["2020-01-01"] if row.get("kind_van_partner") else [])
        self.minors = [day for day in children if lives_here and not has_reached(18, day)]
        counts = not (row.get("medebewoner_studie") or row.get("medebewoner_zakelijk"))
        self.sharers = sum(counts and has_reached(27, day) for day in row.get("medebewoners_geboren", []))
        self.adults = [day for day in [self.own, *([self.other] * self.is_couple)] if has_reached(21, day)]
        self.shares = bool(self.sharers and self.adults)

    def part(self, born: str) -> Decimal:
        """Return what one of a couple of different ages, or one who shares costs, brings to the norm."""
        if not has_reached(21, born):
            return YOUNG
        if not self.sharers:
            return cents(COUPLE / 2)
        heads = len(self.adults) + self.sharers
        return cents(Decimal(40 + 30 * heads) / (100 * heads) * (OLD_COUPLE if has_reached(67, born) else COUPLE))

    def couple(self, other: str) -> Decimal:
        """Return the norm of the applicant with somebody born on a day, both with a right."""
        adults = sum(has_reached(21, born) for born in (self.own, other))
        more = FOR_CHILD if adults < 2 and self.minors else Decimal(0)
        if self.shares or adults < 2:
            return self.part(self.own) + self.part(other) + more
        return OLD_COUPLE if has_reached(67, min(self.own, other)) else COUPLE

    def norm(self) -> Decimal:
        if "norm_vastgesteld" in self.row:
            return Decimal(self.row["norm_vastgesteld"])
        if self.row.get("inrichting"):
            return COUPLE_IN_HOME if self.is_couple else SINGLE_IN_HOME
        if self.is_couple:
            if self.other_has_right:
                return self.couple(self.other)
            return self.part(self.own) if self.shares else cents(self.couple(self.own) / 2)
        if self.shares:
            return self.part(self.own)
        if not has_reached(21, self.own):
            return YOUNG
        return OLD_SINGLE if has_reached(67, self.own) else SINGLE


def wage(row: dict[str, Any], born: str, suffix: str = "") -> Decimal:
    age, share, most = EXEMPT[row.get(f"vrijlating{suffix}", "geen")]
    amount = euros(row, f"loon{suffix}")
    exempt = min(cents(amount * Decimal(share)), Decimal(most)) if has_reached(age, born) else Decimal(0)
    return amount - exempt


def means(home: Household) -> Decimal:
    """Return the income that counts: of one without a right only what lifts the two above the norm of a couple."""
    row = home.row
    pension = euros(row, "pensioen") + euros(row, "pensioen_partner")
    if has_reached(67, home.own):
        pension = max(Decimal(0), pension - (53 if home.is_couple else Decimal("26.50")))
    own = wage(row, home.own) + euros(row, "uitkering") + euros(row, "andere") + pension
    other = wage(row, home.other, "_partner")
    if home.is_couple and not home.other_has_right:
        other = min(other, max(Decimal(0), max(own, home.norm()) + other - COUPLE))
    return own + other


def assistance(row: dict[str, Any]) -> dict[str, Any]:
    """Return what the law gives for a month, in euros."""
    home = Household(row)
    most = 16000 if home.is_couple or home.minors else 8000
    house = max(Decimal(0), euros(row, "overwaarde") - 67500)
    poor = euros(row, "vermogen") + euros(row, "vermogen_partner") + house <= most
    may = has_reached(18, home.own) and all(row.get(key, value) == value for key, value in RESIDENCE.items())
    may = may and not (row.get("school") and not has_reached(27, home.own))
    left = home.norm() - means(home)
    heads = (len(home.adults) if home.is_couple else 1) + home.sharers
    return {
        "norm": home.norm(), "middelen": means(home), "recht": bool(may and poor and left > 0),
        "bijstand": left if may and poor and left > 0 else 0, "A": heads, "kostendelersnorm": home.shares,
        "vermogen_ok": poor,
    }  # fmt: skip


def test_a_second_formula_gives_every_social_assistance_of_the_half_year() -> None:
    checked = 0
    for case in read_cases(LAWS / "nl/participatiewet/cases/bijstand_grenzen.csv"):
        if case.columns["date"] != DAY or "unknown" in case.expected:
            continue
        found = assistance(dict(case.input))
        for key in KEYS & set(case.expected):
            assert same(found[key], case.expected[key]), f"{case.id} {key}: {found[key]}"
            checked += 1
    assert checked >= 100
