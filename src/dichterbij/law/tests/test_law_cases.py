"""Our own worked examples pass, and a second formula, written apart from the law files, finds the same amounts."""

import csv
import json
from collections.abc import Iterator
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest

from dichterbij.law import LawSet
from dichterbij.law.cases import read_cases, run_file, same
from dichterbij.law.cases_mapping import CaseMapping

from .laws_of_test import shipped

LAWS = Path(__file__).resolve().parents[4] / "laws"
CASES = sorted(LAWS.rglob("cases/*.csv"))


@pytest.fixture(scope="module")
def laws() -> LawSet:
    return shipped()


@pytest.fixture(scope="module")
def mapping() -> CaseMapping:
    return CaseMapping.load([LAWS])


@pytest.mark.parametrize("file", CASES, ids=lambda file: file.stem)
def test_every_case_beside_a_law_passes(file: Path, laws: LawSet, mapping: CaseMapping) -> None:
    report = run_file(file, laws, mapping, frozenset())
    assert report.failures == []
    assert report.passed == sum(1 for _ in read_cases(file))


@pytest.mark.parametrize("file", CASES, ids=lambda file: file.stem)
def test_every_case_names_where_it_comes_from(file: Path) -> None:
    with file.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            assert row["origin"] and row["confidence"] and row["note"], row["id"]


def rows(path: str) -> Iterator[tuple[str, dict[str, object], dict[str, object]]]:
    with (LAWS / path).open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            yield row["id"], json.loads(row["input"]), json.loads(row["expected"])


# -- zorgtoeslag, again in plain Python, in euros --------------------------------------------------------------

STANDARD = {2024: 1987, 2025: 2112, 2026: 2119}
THRESHOLD = {2024: 26819, 2025: 28406, 2026: 29736}
SHARE = {2024: ("1.879", "4.256", "13.67"), 2025: ("1.896", "4.273", "13.7"), 2026: ("1.912", "4.289", "13.73")}


def rounded(amount: Decimal, to: str) -> Decimal:
    return amount.quantize(Decimal(to), rounding=ROUND_HALF_UP)


def allowance(year: int, income: Decimal, *, partner: bool, partner_insured: bool = True) -> Decimal:
    """Return the entitlement over a year before rounding to whole euros (Wzt article 2)."""
    alone, together, above = map(Decimal, SHARE[year])
    share = together if partner else alone
    own = (share * THRESHOLD[year] + above * max(Decimal(0), income - THRESHOLD[year])) / 100
    entitled = max(Decimal(0), STANDARD[year] * (2 if partner else 1) - rounded(own, "0.01"))
    return entitled / 2 if partner and not partner_insured else entitled


def granted(entitled: Decimal) -> Decimal:
    whole = rounded(entitled, "1")
    return whole if whole >= 24 else Decimal(0)


def test_a_second_formula_gives_the_amounts_of_the_zorgtoeslag_cases() -> None:
    checked = 0
    files = ("zorgtoeslag_officieel", "zorgtoeslag_grenzen")
    for id_, given, expected in (row for name in files for row in rows(f"nl/wet_op_de_zorgtoeslag/cases/{name}.csv")):
        refused = {"verzekerd", "rechtmatig_verblijf", "verblijf_partner", "geboortedatum", "samenwonend_met_partner"}
        if "toeslagpartner" not in given or refused & set(given):
            continue
        if "vermogen" in given and expected["recht"] is False:
            continue
        if "refused" in expected or "unknown" in expected:
            continue
        income = Decimal(str(given["toetsingsinkomen"])) + Decimal(str(given.get("inkomen_partner", 0)))
        entitled = allowance(
            int(str(given.get("jaar") or str(given["maand"])[:4])), income, partner=bool(given["toeslagpartner"]),
            partner_insured=given.get("partner_verzekerd", True) is True,
        )  # fmt: skip
        found = {
            "aanspraak": rounded(entitled, "0.01"),
            "jaar_afgerond": granted(entitled),
            "maandbedrag": granted(entitled) // 12,
        }
        assert all(same(found[key], expected[key]) for key in set(found) & set(expected)), id_
        checked += 1
    assert checked >= 30


# -- supplementary grant, again in plain Python, in euros ------------------------------------------------------

HIGHEST = {("mbo", "uitwonend"): "466.40", ("mbo", "thuiswonend"): "438.08", ("hbo", "uitwonend"): "491.08"}
FREE = {
    "mbo": {"samen": "23152.70", "apart": "29333.26", "dubbel": "46305.40"},
    "hbo": {"samen": "20750.30", "apart": "26289.28", "dubbel": "41500.60"},
}
RATE = {"mbo": Decimal("0.26"), "hbo": Decimal("0.136")}


def contribution(kind: str, free: str, income: Decimal) -> Decimal:
    return (income - Decimal(FREE[kind][free])) * RATE[kind] / 12


def test_a_second_formula_gives_the_amounts_of_the_supplementary_grant() -> None:
    checked = 0
    for id_, given, expected in rows("nl/wet_studiefinanciering_2000/cases/wsf2000_grenzen.csv"):
        kind, home = str(given["opleiding"]), str(given.get("woonsituatie", "uitwonend"))
        if "aanvullende_beurs" not in expected or "geboortedatum" in given or "augustus" in id_:
            continue
        if "ouderinkomen_samen" in given:
            half = Decimal(str(given["ouderinkomen_samen"])) / 2
            total = 2 * contribution(kind, "samen", half)
        elif "inkomen_andere_ouder" in given:
            free, incomes = str(given["ouders"]), (given["inkomen_ouder"], given["inkomen_andere_ouder"])
            total = sum((contribution(kind, free, Decimal(str(income))) for income in incomes), Decimal(0))
        elif "inkomen_ouder" in given:
            total = contribution(kind, "dubbel", Decimal(str(given["inkomen_ouder"])))
        else:
            total = Decimal(0)
        grant = max(Decimal(0), Decimal(HIGHEST[kind, home]) - max(Decimal(0), rounded(total, "0.01")))
        assert same(grant, expected["aanvullende_beurs"]), id_
        checked += 1
    assert checked >= 7


def test_the_income_limit_follows_from_the_formula_and_is_the_published_one() -> None:
    published = {(2024, False): 37496, (2024, True): 47368, (2025, False): 39719, (2025, True): 50206,
                 (2026, False): 40857, (2026, True): 51142}  # fmt: skip
    for (year, partner), limit in published.items():
        assert granted(allowance(year, Decimal(limit), partner=partner)) == 24
        assert granted(allowance(year, Decimal(limit + 1), partner=partner)) == 0


def test_the_age_table_of_the_state_pension_has_no_gap(laws: LawSet) -> None:
    from dichterbij.kernel.periods import Period
    from dichterbij.law import Determined, Facts, Question, determine

    question = Question(law="algemene_ouderdomswet", outputs=("aow_leeftijd_bereikt_op",), subject="p1",
                        period=Period.day(date(2026, 6, 1)), decided_on=date(2026, 6, 1))  # fmt: skip
    expected = {
        "1947-12-31": "2012-12-31", "1948-01-01": "2013-02-01", "1951-07-01": "2017-04-01", "1952-12-31": "2018-12-31",
        "1955-08-31": "2021-12-31", "1957-02-28": "2023-12-28", "1957-03-01": "2024-03-01", "1960-12-31": "2027-12-31",
        "1961-01-01": "2028-04-01", "1964-09-30": "2031-12-30", "1964-10-01": None,
    }  # fmt: skip
    for born, reached in expected.items():
        outcome = determine(laws, question, Facts(subject="p1", persons={"p1": {"geboortedatum": born}}))
        assert isinstance(outcome, Determined)
        assert outcome.outputs["aow_leeftijd_bereikt_op"] == reached, born


def test_a_law_that_looks_at_children_asks_for_their_birthdays(laws: LawSet) -> None:
    from dichterbij.kernel.periods import Period
    from dichterbij.law import Facts, Open, Question, determine

    question = Question(law="burgerlijk_wetboek_boek_4", outputs=("moet_verklaren_voor_kind",), subject="p1",
                        period=Period.day(date(2026, 6, 15)), decided_on=date(2026, 6, 15))  # fmt: skip
    parent = {"kinderen": ["p2", "p3"], "relatie_tot_overledene": "partner", "overlijdensdatum": "2026-06-10"}
    facts, asked = Facts(subject="p1", persons={"p1": parent}), []
    while isinstance(outcome := determine(laws, question, facts), Open) and outcome.asks:
        asked += outcome.asks
        facts = facts.with_answers(dict.fromkeys(outcome.asks, "2001-01-01"))
    assert sorted({(ref.person, ref.fact) for ref in asked}) == [("p2", "geboortedatum"), ("p3", "geboortedatum")]
    assert outcome.outputs == {"moet_verklaren_voor_kind": False}
