"""The right to vote again in plain Python: one line per election."""

from pathlib import Path
from typing import Any

from dichterbij.law.cases import read_cases

LAWS = Path(__file__).resolve().parents[4] / "laws"
UNION = {"NL", "DE", "PL", "BE", "FR", "ES"}
ELSEWHERE = {"Aruba", "Curaçao", "Sint Maarten"}


def is_adult(row: dict[str, Any], on: str) -> bool:
    """Say whether somebody is eighteen; who was born on 29 February has a birthday on the 28th."""
    if "geboortedatum" not in row:
        return int(row.get("leeftijd", 46)) >= 18
    year, day = row["geboortedatum"][:4], row["geboortedatum"][5:].replace("02-29", "02-28")
    return f"{int(year) + 18}-{day}" <= on


def may_vote(row: dict[str, Any], on: str) -> bool:
    dutch, union = row["nationaliteit"] == "NL", row["nationaliteit"] in UNION
    lawful, place = row.get("rechtmatig_verblijf", True), row.get("woonplaats")
    away = place in ELSEWHERE and row.get("jaren_ingezetene_nl", 0) < 10 and not row.get("openbare_dienst", False)
    here = all(row.get(f"ingezetene_{area}", True) for area in ("gemeente", "provincie", "waterschap"))
    long = lawful and row.get("jaren_rechtmatig", 0) >= 5
    by_election = {
        "TK": dutch and not away,
        "EP": dutch or (union and row.get("ingezetene_nl", True)),
        "PS": dutch and here,
        "gemeenteraad": here and (union or long),
        "waterschap": here and (union or lawful),
    }
    excluded = row.get("ontzet_uit_kiesrecht", False) or "overleden_op" in row
    return bool(is_adult(row, on) and not excluded and by_election[row["verkiezing"]])


def test_a_second_reading_finds_who_may_vote() -> None:
    cases = list(read_cases(LAWS / "nl/kieswet/cases/kieswet_grenzen.csv"))
    assert len(cases) > 25
    for case in cases:
        assert may_vote(dict(case.input), case.columns["date"]) is case.expected["stemrecht"], case.id
