"""What a municipality or water board decides: its own rules, or the answer that we do not know them; never others'."""

from datetime import date
from pathlib import Path

import pytest

from dichterbij.kernel.periods import Period
from dichterbij.law import Facts, LawSet, Open, Outcome, Question, Refused, determine, explain

from .laws_of_test import shipped

LAWS = Path(__file__).resolve().parents[4] / "laws"
ALLOWANCE = ("participatiewet_artikel_36", "heeft_recht_op_individuele_inkomenstoeslag")
TOWN_TAX = ("gemeentewet", "heeft_recht_op_kwijtschelding")
WATER_TAX = ("waterschapswet", "heeft_recht_op_kwijtschelding")
JUNE = Period.day(date(2026, 6, 15))


@pytest.fixture(scope="module")
def laws() -> LawSet:
    return shipped()


def answer(laws: LawSet, asked: tuple[str, str], territory: str, on: Period = JUNE) -> Outcome:
    law, output = asked
    question = Question(law=law, outputs=(output,), subject="p1", period=on, decided_on=JUNE.first, territory=territory)
    return determine(laws, question, Facts(subject="p1", persons={"p1": {}}))


@pytest.mark.parametrize(
    ("asked", "territory"),
    [
        (ALLOWANCE, "GM0599"),
        (ALLOWANCE, "GM0150"),
        (ALLOWANCE, "GM0363"),
        (TOWN_TAX, "GM1892"),
        (WATER_TAX, "GM0453 WS0155"),
        (WATER_TAX, "WS0155"),
    ],
)
def test_a_place_with_rules_answers_by_its_own(laws: LawSet, asked: tuple[str, str], territory: str) -> None:
    assert isinstance(answer(laws, asked, territory), Open)


@pytest.mark.parametrize(
    ("asked", "territory"),
    [(ALLOWANCE, "GM0344"), (ALLOWANCE, "NL"), (TOWN_TAX, "GM0599"), (TOWN_TAX, "NL"), (WATER_TAX, "GM0453 WS0372"),
     (WATER_TAX, "GM0453")],
)  # fmt: skip
def test_a_place_without_rules_says_whom_to_call(laws: LawSet, asked: tuple[str, str], territory: str) -> None:
    outcome = answer(laws, asked, territory)
    assert isinstance(outcome, Refused)
    assert outcome.code == "no_local_rules"
    told = {language: explain(outcome, laws, language).outcome for language in ("nl", "en", "pap")}
    assert "Bel uw gemeente" in told["nl"]
    assert "Call your municipality" in told["en"]
    assert "Yama bo munisipio" in told["pap"]


def test_a_place_whose_rules_are_of_another_year_does_not_answer_with_those(laws: LawSet) -> None:
    outcome = answer(laws, TOWN_TAX, "GM1892", Period.day(date(2025, 6, 1)))
    assert isinstance(outcome, Refused)
    assert outcome.code == "no_amounts_for_period"
