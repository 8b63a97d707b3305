"""The Awb goes along with every decision of every law: the duty to give reasons, and the exact last day to object."""

from datetime import date, timedelta

import pytest

from dichterbij.kernel.periods import Period
from dichterbij.law import Determined, Facts, LawError, Question, determine
from dichterbij.law.determine import tape_for

from .laws_of_test import shipped

LAWS = shipped()
TODAY = date(2026, 6, 15)
BY_STAGE = {
    "BEHANDELING": {"beslistermijn_weken", "laatste_dag_beslissing"},
    "BESLUIT": {"motivering_verplicht", "bezwaartermijn_weken"},
    "BEKENDMAKING": {"eerste_dag_bezwaar", "laatste_dag_bezwaar"},
}


def decisions() -> list[tuple[str, str, str]]:
    """Return law, where it applies and an output of every article that gives a decision."""
    found = []
    for law in LAWS.laws:
        try:
            version = LAWS.version(law, TODAY)
        except LawError:
            continue
        territory = (version.territory or ("NL",))[0]
        for article in version.articles:
            if article.legal_character == "BESCHIKKING":
                found.append((law, territory, article.output_names[0]))
    return found


def question(law: str, territory: str, output: str, stage: str) -> Question:
    return Question(law=law, outputs=(output,), subject="p1", period=Period.month(2026, 6), decided_on=TODAY,
                    territory=territory, stage=stage)  # fmt: skip


@pytest.mark.parametrize(("law", "territory", "output"), decisions())
def test_every_decision_carries_its_reasons_and_its_terms(law: str, territory: str, output: str) -> None:
    for stage, added in BY_STAGE.items():
        assert added <= set(tape_for(LAWS, question(law, territory, output, stage)).graph.outputs)


LAST_DAYS = {"2026-04-13": "2026-05-26", "2026-11-13": "2026-12-28", "2026-06-15": "2026-07-27"}


@pytest.mark.parametrize(("made_known", "last"), LAST_DAYS.items())
def test_a_decision_that_was_made_known_says_its_exact_last_day_to_object(made_known: str, last: str) -> None:
    asked = question("wet_op_de_omzetbelasting_1968", "NL", "kor_van_toepassing", "BEKENDMAKING")
    known = {
        "onderneming_in_nederland": True,
        "omzet_per_jaar": 100,
        "kor_aangemeld": True,
        "bekendmaking_datum": made_known,
    }
    outcome = determine(LAWS, asked, Facts(subject="p1", persons={"p1": known}))
    assert isinstance(outcome, Determined)
    first = (date.fromisoformat(made_known) + timedelta(days=1)).isoformat()
    assert (outcome.outputs["eerste_dag_bezwaar"], outcome.outputs["laatste_dag_bezwaar"]) == (first, last)
