"""An outcome is told in words: the result, what decided it, every step, why not, what is missing."""

import re
from datetime import date
from pathlib import Path

import pytest

from dichterbij.kernel.periods import Period
from dichterbij.law import Determined, FactRef, Facts, LawSet, Question, determine, explain
from dichterbij.law.changes import nearest_changes
from dichterbij.law.explain import Explanation
from dichterbij.law.labels import plain
from dichterbij.law.what_if import curve

from .laws_of_test import VOCABULARY, facts, law, question, shipped

LAWS = Path(__file__).resolve().parents[4] / "laws"
HEALTH = "wet_op_de_zorgtoeslag"
STUDY = "wet_studiefinanciering_2000"
ALONE = {
    "geboortedatum": "1980-01-01", "partner": None, "samenwonende": None, "verzekerd_zvw": True,
    "toetsingsinkomen": 3_100_000, "rendementsgrondslag": 0, "rechtmatig_verblijf": True,
}  # fmt: skip
STUDENT = {
    "geboortedatum": "2002-03-01", "ouder_1": "mother", "ouder_2": "father", "ouders_buiten_beschouwing": None,
    "onderwijssoort": "mbo_bol", "onderwijsvorm": "voltijd", "onderwijsniveau": 4, "woonsituatie": "thuiswonend",
    "gelijkgesteld_met_nederlander": True, "eerste_maand_studiefinanciering": "2024-09-01",
}  # fmt: skip
FAMILY = {
    "p1": STUDENT,
    "mother": {"datum_overlijden": "2026-06-08", "partner": None},
    "father": {"datum_overlijden": None, "partner": None, "toetsingsinkomen_peiljaar": 5_123_400},
}


@pytest.fixture(scope="module")
def laws() -> LawSet:
    return shipped()


def told(laws: LawSet, law: str, persons: dict, language: str = "nl", on: str = "2026-07", outputs=()) -> Explanation:
    period = Period.parse(on)
    question = Question(law=law, outputs=outputs, subject="p1", period=period, decided_on=period.first)
    return explain(determine(laws, question, Facts(subject="p1", persons=persons)), laws, language)


def test_the_outcome_is_told_with_the_facts_that_decided_it(laws: LawSet) -> None:
    found = told(laws, HEALTH, {"p1": ALONE})
    assert found.outcome == (
        "U hebt recht op zorgtoeslag. Dienst Toeslagen geeft u €\xa01.377,00 voor het hele jaar. "
        "Dat is €\xa0114,00 per maand."
    )
    assert [line.ref.fact for line in found.deciding] == ["toetsingsinkomen", "partner", "rendementsgrondslag"]
    assert found.deciding[0].value_text == "€\xa031.000,00"
    assert found.deciding[0].source == "Belastingdienst"


def test_each_step_names_its_article_and_official_address(laws: LawSet) -> None:
    found = told(laws, HEALTH, {"p1": ALONE})
    steps = {step.label: step for step in found.steps}
    premium = steps["Deel van de premie dat u zelf kunt betalen"]
    assert (premium.value_text, premium.article, premium.law_name) == ("€\xa0742,10", "2", "Wet op de zorgtoeslag")
    assert premium.url == "https://wetten.overheid.nl/BWBR0018451/2026-01-01#Artikel2"
    assert steps["Standaardpremie"].law_name.endswith("premies 2026")
    assert all(step.url.startswith("https://") for step in found.steps)


def test_a_no_says_how_far_the_assets_are_above_the_limit(laws: LawSet) -> None:
    found = told(laws, HEALTH, {"p1": {**ALONE, "rendementsgrondslag": 14_601_101}})
    assert found.outcome == "U hebt geen recht op zorgtoeslag."
    assert found.why_not == ("Uw vermogen is te hoog. Dat is €\xa00,01 boven de grens van €\xa0146.011,00.",)
    assert found.deciding[0].ref.fact in ("partner", "rendementsgrondslag")


def test_a_no_says_with_which_income_it_would_be_a_yes(laws: LawSet) -> None:
    found = told(laws, HEALTH, {"p1": {**ALONE, "toetsingsinkomen": 4_500_000}})
    assert found.why_not[0] == "Het inkomen is te hoog voor deze toeslag."
    assert "€\xa040.857,00" in found.why_not[1]


def test_a_no_says_from_which_day_it_changes(laws: LawSet) -> None:
    found = told(laws, HEALTH, {"p1": {**ALONE, "geboortedatum": "2008-07-02"}})
    assert found.why_not == ("U bent nog geen 18, of pas deze maand 18 geworden. Dat verandert op 1 augustus 2026.",)


def test_of_two_outputs_that_fail_for_the_same_reason_the_one_with_words_tells_it_once(laws: LawSet) -> None:
    person = {"geboortedatum": "2009-01-01", "is_nederlander": True, "verkiezing": "tweede_kamer"}
    found = told(laws, "kieswet", {"p1": person}, on="2026-06")
    assert found.why_not == ("U bent nog geen 18 jaar op de dag van de stemming. Dat is 1 onder de grens van 18.",)


def test_a_missing_fact_becomes_a_question_with_its_ground_and_source(laws: LawSet) -> None:
    found = told(laws, HEALTH, {"p1": {}})
    assert [line.ref.person for line in found.missing] == ["p1"] * len(found.missing)
    line = next(line for line in found.missing if line.ref.fact == "verzekerd_zvw")
    assert line.question == "Hebt u een Nederlandse zorgverzekering?"
    assert (line.law_name, line.article) == ("Zorgverzekeringswet", "1")
    assert line.source == "Referentiebestand Verzekerden Zvw"
    assert found.outcome.startswith("Wij kunnen nog geen uitkomst geven.")


def test_the_income_of_a_parent_is_named_and_never_shown(laws: LawSet) -> None:
    for language in ("nl", "en", "pap"):
        found = told(laws, STUDY, FAMILY, language)
        text = repr(found)
        assert not re.search(r"51[.,]?234", text)
        hidden = [line for line in found.facts if line.ref.fact == "toetsingsinkomen_peiljaar"]
        assert [(line.shown, line.ref.person) for line in hidden] == [(False, "father")]
        assert "father" not in text.replace("person='father'", "")


def test_what_is_computed_from_a_parents_income_is_not_shown_either(laws: LawSet) -> None:
    found = told(laws, STUDY, FAMILY)
    steps = {step.label: step.value_text for step in found.steps}
    assert steps["Bijdrage van uw ouders per maand"] == "Gebruikt, niet getoond"
    assert steps["Dubbele vrije voet, mbo"] == "€\xa046.305,40"
    assert steps["Aanvullende beurs per maand"] == "€\xa0331,29"


def test_a_letter_needs_only_what_was_asked_and_the_amounts_that_may_be_shown(laws: LawSet) -> None:
    found = told(laws, STUDY, FAMILY)
    main = {step.label: step.value_text for step in found.steps if step.is_main}
    assert "Aanvullende beurs per maand" in main
    assert "Dubbele vrije voet, mbo" in main
    assert "Gebruikt, niet getoond" not in main.values()
    assert 2 < len(main) < len(found.steps) / 2


def test_incomes_of_partners_who_claim_together_are_shown(laws: LawSet) -> None:
    partner = {**ALONE, "partner": "p1", "toetsingsinkomen": 1_200_000}
    found = told(laws, HEALTH, {"p1": {**ALONE, "partner": "p2"}, "p2": partner})
    lines = {line.ref: line.value_text for line in found.facts}
    assert [value for ref, value in lines.items() if ref.person == "p2" and ref.fact == "toetsingsinkomen"] == [
        "€\xa012.000,00"
    ]


def test_amounts_with_one_source_are_told_to_be_provisional(laws: LawSet) -> None:
    assert "niet helemaal zeker" in told(laws, STUDY, FAMILY).provisional[0]
    assert told(laws, HEALTH, {"p1": ALONE}).provisional == ()


def test_a_provisional_law_is_named_in_the_language_of_the_sentence(laws: LawSet) -> None:
    assert told(laws, STUDY, FAMILY).provisional[0].startswith("Normbedragen studiefinanciering")
    assert told(laws, STUDY, FAMILY, "en").provisional[0].startswith("Student finance amounts")


def test_a_refusal_says_what_is_lacking_and_who_helps(laws: LawSet) -> None:
    found = told(laws, HEALTH, {"p1": ALONE}, on="2027-01")
    assert found.outcome == "Voor deze periode kennen wij geen bedragen."
    question = Question(law=HEALTH, outputs=(), subject="p1", period=Period.parse("2026-06"),
                        decided_on=date(2026, 6, 1), territory="BQ-BO")  # fmt: skip
    refused = determine(laws, question, Facts(subject="p1", persons={"p1": {}}))
    assert "Het Zorgverzekeringskantoor helpt u." in explain(refused, laws, "nl").outcome
    assert "Zorgverzekeringskantoor ta yuda bo." in explain(refused, laws, "pap").outcome


def test_three_languages_tell_the_same_outcome_in_other_words(laws: LawSet) -> None:
    outcomes = {language: told(laws, HEALTH, {"p1": ALONE}, language).outcome for language in ("nl", "en", "pap")}
    assert len(set(outcomes.values())) == 3
    assert outcomes["en"].startswith("You have a right to healthcare allowance.")
    assert outcomes["pap"].startswith("Bo tin derecho riba supsidio pa seguro di salú.")


@pytest.mark.parametrize("language", ["nl", "en", "pap"])
def test_no_sentence_is_longer_than_twenty_words(laws: LawSet, language: str) -> None:
    richer = {**ALONE, "toetsingsinkomen": 4_500_000}
    found = [told(laws, HEALTH, {"p1": richer}, language), told(laws, STUDY, FAMILY, language)]
    for explanation in found:
        for text in (explanation.outcome, *explanation.why_not, *(line.question for line in explanation.missing)):
            for sentence in re.split(r"(?<=[.?!])\s", text):
                assert len(sentence.split()) <= 20, sentence


def test_a_partner_is_told_as_a_relation_and_never_by_id(laws: LawSet) -> None:
    person = {**ALONE, "partner": "999990019", "verzekerd_zvw": True, "rendementsgrondslag": 99_999_999_00}
    found = told(laws, HEALTH, {"p1": person, "999990019": {"rechtmatig_verblijf": True, "rendementsgrondslag": 0}})
    assert "uw partner" in [line.value_text for line in found.facts if line.ref.fact == "partner"]
    shown = [*(line.value_text for line in found.facts), *(step.value_text for step in found.steps), found.outcome]
    assert not any("999990019" in text for text in (*shown, *found.why_not))


NEW_LAW = """
$schema: https://raw.githubusercontent.com/MinBZK/regelrecht/refs/tags/schema-v0.7.1/schema/v0.7.1/schema.json
$id: wet_op_de_verhuisbijdrage
regulatory_layer: WET
publication_date: '2026-05-01'
valid_from: '2026-01-01'
valid_to: '2026-12-31'
bwb_id: BWBR0099999
url: https://wetten.overheid.nl/BWBR0099999/2026-01-01
name: Wet op de verhuisbijdrage
articles:
  - number: '4'
    text: 'Samenvatting, geen wettekst: wie weinig vermogen heeft, krijgt een bijdrage.'
    url: https://wetten.overheid.nl/BWBR0099999/2026-01-01#Artikel4
    machine_readable:
      definitions:
        vermogensgrens: {value: 500000, type: amount, type_spec: {unit: eurocent}}
      execution:
        produces: {legal_character: BESCHIKKING, decision_type: TOEKENNING}
        parameters: [{name: bsn, type: string}]
        input:
          - {name: rendementsgrondslag, type: amount, type_spec: {unit: eurocent}, source: {}}
        output:
          - {name: heeft_recht_op_verhuisbijdrage, type: boolean}
        actions:
          - output: heeft_recht_op_verhuisbijdrage
            value: {operation: LESS_THAN_OR_EQUAL, subject: $rendementsgrondslag, value: $vermogensgrens}
"""


def test_a_law_written_later_is_explained_without_new_code(tmp_path: Path) -> None:
    (tmp_path / "facts").mkdir()
    for name in ("facts.yaml", "facts/nl.yaml"):
        (tmp_path / name).write_text((LAWS / name).read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "wet.yaml").write_text(NEW_LAW, encoding="utf-8")
    own = LawSet.load([tmp_path])
    asked = told(own, "wet_op_de_verhuisbijdrage", {"p1": {}})
    assert asked.missing[0].question == "Hoeveel vermogen had u op 1 januari?"
    no = told(own, "wet_op_de_verhuisbijdrage", {"p1": {"rendementsgrondslag": 500_001}})
    assert no.outcome == 'De regel geeft u bij "Heeft recht op verhuisbijdrage": Nee.'
    assert no.why_not == (
        'Wij vinden bij "Vermogen op 1 januari": €\xa05.000,01. Dat is €\xa00,01 boven de grens van €\xa05.000,00.',
    )
    assert [(step.article, step.law_name) for step in no.steps] == [("4", "Wet op de verhuisbijdrage")]
    asked = Question(
        law="wet_op_de_verhuisbijdrage",
        outputs=(),
        subject="p1",
        period=Period.year(2026),
        decided_on=date(2026, 6, 15),
    )
    found = determine(own, asked, Facts(subject="p1", persons={"p1": {"rendementsgrondslag": 500_001}}))
    assert isinstance(found, Determined)
    (change,) = nearest_changes(found, "nl")
    assert change.value == 500_000
    assert change.sentence == 'Stel dat wij bij "Vermogen op 1 januari" vinden: €\xa05.000,00.'
    assert change.outcome == 'De regel geeft u bij "Heeft recht op verhuisbijdrage": Ja.'
    assert curve(found, FactRef("p1", "rendementsgrondslag"), 0, 1_000_000).turns == (500_001,)


def test_a_name_without_words_is_read_as_words() -> None:
    assert plain("heeft_recht_op_verhuisbijdrage") == "Heeft recht op verhuisbijdrage"


STALLS = """
  - number: '7a'
    text: Samenvatting.
    url: https://example.org/markt/7a
    machine_readable:
      execution:
        produces: {legal_character: RECHTSPOSITIE, decision_type: GEEN_BESLUIT}
        parameters: [{name: bsn, type: string}]
        input: [{name: zaken, type: array, source: {}}, {name: verzekerd, type: boolean, source: {}}]
        output: [{name: verkoopt_niets_gevaarlijks, type: boolean}, {name: mag_op_de_markt, type: boolean}]
        actions:
          - output: verkoopt_niets_gevaarlijks
            value: {operation: NOT, value: {operation: IN, subject: vuurwerk, value: $zaken}}
          - output: mag_op_de_markt
            value: {operation: AND, conditions: [$verzekerd, $verkoopt_niets_gevaarlijks]}
"""


def test_a_law_from_anywhere_is_told_in_whole_sentences_and_ends_with_what_it_decides() -> None:
    vocabulary = f"{VOCABULARY}zaken: {{type: list, of: person, origin: applicant, shown_to: self}}\n"
    laws = LawSet.of({"facts.yaml": vocabulary, "markt.yaml": law("markt", STALLS)})
    person = {"zaken": ["vuurwerk", "kaas"], "verzekerd": True}
    told = explain(determine(laws, question("markt"), facts(p1=person)), laws, "nl")
    assert told.outcome == 'De regel geeft u bij "Mag op de markt": Nee.'
    assert told.why_not == ('Wij vinden bij "Zaken": vuurwerk, kaas.',)
    named = explain(determine(laws, question("markt", "verkoopt_niets_gevaarlijks"), facts(p1=person)), laws, "en")
    assert named.outcome == 'The rule gives you for "Verkoopt niets gevaarlijks": No.'
