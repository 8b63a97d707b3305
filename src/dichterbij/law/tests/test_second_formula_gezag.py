"""Authority and representation again in plain Python, as a list of the people who have a say."""

from datetime import date
from pathlib import Path
from typing import Any

from dichterbij.law.cases import read_cases, same

LAWS = Path(__file__).resolve().parents[4] / "laws"
ENTRIES = {"moeder": "1", "vader": "2", "moeder en ander": "1D", "vader en ander": "2D", "voogd": "D"}
NOT_SEEN = ("beide_ouders_opnieuw_getrouwd", "begin_onbekend", "dag_erkenning_onbekend", "ouder_1_zonder_nummer")
GUARDIANS = {"voogdij_instelling": "gecertificeerde instelling", "voogd": "voogd", "gezag_met_niet_ouder": "voogd"}


def entry(row: dict[str, Any]) -> str:
    """Return who an entry or ruling names: 1 the mother, 2 the other parent, D somebody else."""
    if row.get("voogdij_instelling") or row.get("voogd"):
        return "D"
    if row.get("gezag_met_niet_ouder"):
        return "1D"
    if row.get("aantekening_gezagsregister"):
        return "12"
    ruled = ENTRIES.get(row.get("rechterlijke_uitspraak", ""), "1" if row.get("meerderjarigverklaring") else "")
    return str(row.get("indicatie", ruled))


def married(row: dict[str, Any]) -> bool:
    return bool(row.get("ouders_gehuwd_bij_geboorte") or row.get("gescheiden"))


def by_law(row: dict[str, Any]) -> str | None:
    """Return whom the law itself gives authority; None when the register cannot tell."""
    abroad = row.get("geboren_buiten_nl") and row.get("geen_nederlandse_akte", True)
    if abroad or any(row.get(key) for key in NOT_SEEN):
        return None
    recognised = row.get("erkenning", "2020-06-01" if not married(row) else None)
    if row.get("ouder_2_zonder_nummer") and recognised:
        return None
    if married(row):
        return "12"
    if row.get("geslacht_ouder_1", "V") != "V":
        return None
    if recognised is None or recognised < "2023-01-01":
        return "1"
    return None if recognised == row.get("geboortedatum") and recognised < "2023-10-01" else "12"


def able(row: dict[str, Any], who: str, least: int, on: str) -> bool:
    """Say whether a parent can have authority: alive, old enough, not under guardianship."""
    parent = {"1": "moeder", "2": "vader"}[who]
    died = row.get("overleden") == parent or row.get("beide_ouders_overleden") or row.get(f"{parent}_overleden")
    died = died or row.get(f"overlijden_{parent}", "9999") <= on
    age = row.get("leeftijd_moeder" if who == "1" else "leeftijd_andere_ouder", 35)
    return not died and int(age) >= least and not row.get(f"{parent}_onder_curatele")


def authority(row: dict[str, Any], on: date) -> dict[str, Any]:
    born = date.fromisoformat(row.get("geboortedatum", "2020-06-01"))
    birthday = date(born.year + 18, born.month, min(born.day, 28) if born.month == 2 else born.day)
    if birthday <= on:
        return {"gezag": [], "soort": "meerderjarig", "instelling": False}
    named = entry(row) or by_law(row)
    unseen = {who for who in "12" if row.get(f"ouder_{who}_zonder_nummer")}
    if named is None or (entry(row) and unseen & set(named)):
        return {"gezag": [], "soort": "gezag niet te bepalen; desk review", "instelling": False}
    parents = [who for who in named if who in "12" and able(row, who, 16 if entry(row) and who == "1" else 18, str(on))]
    other = "erkenner" if "erkenning" in row else "vader/duomoeder"
    people = [{"1": "moeder", "2": other}[who] for who in parents]
    someone = next((name for key, name in GUARDIANS.items() if row.get(key)), "")
    someone = someone or ("voogd" if str(row.get("rechterlijke_uitspraak", "")).endswith("ander") else "")
    kinds = {0: "tijdelijk geen gezag", 1: "eenhoofdig ouderlijk gezag", 2: "gezamenlijk ouderlijk gezag"}
    kind = ("gezamenlijk gezag" if parents else "voogdij") if "D" in named else kinds[len(parents)]
    has_institution = someone == GUARDIANS["voogdij_instelling"]
    return {"gezag": people + [someone] * bool(someone), "soort": kind, "instelling": has_institution}


def treatment(age: int) -> str:
    return "ouders met gezag" if age < 12 else "kind en ouders met gezag samen" if age < 16 else "kind zelf"


def mandate(row: dict[str, Any], on: str) -> dict[str, Any]:
    runs = row.get("einddatum", "9999") >= on
    may = runs and row["machtiging"] == "actief" and not row.get("overleden") and not row.get("curatele")
    return {"mag": f"gemachtigde voor dienst {row.get('dienst')}" if may else "niet", "loopt": runs}


def acts(row: dict[str, Any]) -> dict[str, Any]:
    has = {"curatele": bool(row.get("curatele") or row.get("curator_bekend")), "bewind": bool(row.get("bewind"))}
    has["mentor"] = bool(row.get("mentorschap"))
    age, about = int(row.get("leeftijd", 45)), row["handeling"]
    if age < 18:
        who = "betrokkene" if age >= 16 and row.get("handlichting") else "ouders met gezag"
    elif has["curatele"]:
        who = "curator"
    elif about == "geldzaken":
        who = "bewindvoerder" if has["bewind"] else "betrokkene"
    else:
        who = "mentor" if about == "zorgbeslissing" and has["mentor"] else "betrokkene"
    return {"mag": who, **has}


def found(row: dict[str, Any], on: str) -> dict[str, Any]:
    if "machtiging" in row:
        return mandate(row, on)
    if row.get("handeling") == "WGBO behandeling":
        return {"mag": treatment(int(row["kind_leeftijd"]))}
    return acts(row) if "handeling" in row else authority(row, date.fromisoformat(on))


def test_a_second_reading_finds_who_has_a_say() -> None:
    cases = [case for file in LAWS.rglob("cases/gezag_*.csv") for case in read_cases(file)]
    assert len(cases) > 50
    for case in cases:
        again = found(dict(case.input), case.columns["date"])
        for key, value in case.expected.items():
            mine = tuple(again[key]) if isinstance(again[key], list) else again[key]
            assert same(mine, value), (case.id, again)
