"""The words of laws are checked: present, short, translated, with the same slots."""

from pathlib import Path

import pytest

from dichterbij.law import LawSet
from dichterbij.law.labels import fact_label, labels_for
from dichterbij.law.labels_check import check_labels

from .laws_of_test import shipped

LAWS = Path(__file__).resolve().parents[4] / "laws"
FACTS = """
vermogen: {type: amount, of: person, period: point, origin: applicant, shown_to: self, keeps: case}
"""
LAW = """
$id: wet_x
regulatory_layer: WET
publication_date: '2026-01-01'
valid_from: '2026-01-01'
bwb_id: BWBR0099998
url: https://wetten.overheid.nl/BWBR0099998
name: Wet X
articles:
  - number: '1'
    text: Samenvatting, geen wettekst
    url: https://wetten.overheid.nl/BWBR0099998#1
    machine_readable:
      execution:
        produces: {legal_character: BESCHIKKING}
        parameters: [{name: bsn, type: string}]
        input: [{name: vermogen, type: amount, source: {}}]
        output: [{name: mag, type: boolean}]
        actions: [{output: mag, value: {operation: LESS_THAN, subject: $vermogen, value: 5}}]
"""
GENERAL = "words: {}\nregistries: {}\nfacts:\n  vermogen: {label: '%s', question: '%s'}\n"
OWN = "outputs:\n  mag: {label: '%s', holds: '%s', fails: '%s'}\n"


def law_set(folder: Path, words: dict[str, str]) -> LawSet:
    (folder / "facts").mkdir(parents=True)
    (folder / "wet_x" / "labels").mkdir(parents=True)
    (folder / "facts.yaml").write_text(FACTS, encoding="utf-8")
    (folder / "wet_x" / "2026-01-01.yaml").write_text(LAW, encoding="utf-8")
    general = {"nl": ("Vermogen", "Hoeveel is het?"), "en": ("Assets", "How much?"), "pap": ("Kapital", "Kuantu?")}
    for language, (label, question) in general.items():
        (folder / "facts" / f"{language}.yaml").write_text(GENERAL % (label, question), encoding="utf-8")
        (folder / "wet_x" / "labels" / f"{language}.yaml").write_text(words[language], encoding="utf-8")
    return LawSet.load([folder])


GOOD = {
    "nl": OWN % ("Mag het", "U mag {value}.", "U mag niet."),
    "en": OWN % ("May do", "You may {value}.", "You may not."),
    "pap": OWN % ("Por", "Bo por {value}.", "Bo no por."),
}


def kinds(folder: Path, words: dict[str, str]) -> set[tuple[str, str]]:
    return {(defect.name, Path(defect.file).stem) for defect in check_labels(law_set(folder, words))}


def test_complete_words_have_no_defects(tmp_path: Path) -> None:
    assert kinds(tmp_path, GOOD) == set()


def test_a_missing_text_is_a_defect(tmp_path: Path) -> None:
    assert kinds(tmp_path, GOOD | {"en": "outputs: {}\n"}) == {("MissingWords", "en")}


def test_a_text_that_is_still_dutch_is_a_defect(tmp_path: Path) -> None:
    assert ("NotTranslated", "pap") in kinds(tmp_path, GOOD | {"pap": GOOD["nl"]})


def test_a_sentence_of_more_than_twenty_words_is_a_defect(tmp_path: Path) -> None:
    long = OWN % ("Mag het", "U mag {value}.", "U mag niet " + "en niet " * 10 + "hier.")
    assert kinds(tmp_path, GOOD | {"nl": long}) == {("LongSentence", "nl")}


def test_a_slot_that_is_lost_in_translation_is_a_defect(tmp_path: Path) -> None:
    lost = OWN % ("May do", "You may.", "You may not.")
    assert kinds(tmp_path, GOOD | {"en": lost}) == {("OtherSlots", "en")}


@pytest.mark.parametrize("language", ["nl", "en", "pap"])
def test_every_fact_of_ours_has_words(language: str) -> None:
    laws = shipped()
    labels = labels_for(laws, language)
    assert all(labels.fact(name).get("question") for name in laws.vocabulary.facts)
    assert fact_label(laws, "toetsingsinkomen", "nl") == "Inkomen van dit jaar"
    assert fact_label(laws, "nooit_gehoord", language) == "Nooit gehoord"


def test_an_overlay_changes_the_words_and_versions_it_names_and_leaves_the_rest(tmp_path: Path) -> None:
    law_set(tmp_path / "shipped", GOOD)
    own = tmp_path / "own"
    for folder in ("facts", "wet_x/labels", "wet_y"):
        (own / folder).mkdir(parents=True)
    (own / "facts.yaml").write_text(FACTS.replace("vermogen", "spaargeld"), encoding="utf-8")
    (own / "facts" / "nl.yaml").write_text("facts:\n  vermogen: {label: 'Uw geld'}\n", encoding="utf-8")
    (own / "wet_x" / "2026-01-01.yaml").write_text(LAW.replace("value: 5", "value: 9"), encoding="utf-8")
    (own / "wet_x" / "2027-01-01.yaml").write_text(LAW.replace("2026-01-01", "2027-01-01"), encoding="utf-8")
    (own / "wet_x" / "labels" / "nl.yaml").write_text("outputs:\n  mag: {fails: 'Helaas.'}\n", encoding="utf-8")
    laws = LawSet.load([tmp_path / "shipped", own])
    words = labels_for(laws, "nl")
    assert [version.valid_from for version in laws.versions("wet_x")] == ["2027-01-01", "2026-01-01"]
    assert laws.versions("wet_x")[1].file.startswith(str(own))
    assert {"vermogen", "spaargeld"} <= laws.vocabulary.facts.keys()
    assert (words.fact("vermogen").get("label"), words.fact("vermogen").get("question")) == (
        "Uw geld",
        "Hoeveel is het?",
    )
    assert (words.output("wet_x", "mag").get("label"), words.output("wet_x", "mag").get("fails")) == (
        "Mag het",
        "Helaas.",
    )
    assert labels_for(laws, "en").label_of_fact("vermogen") == "Assets"


def test_who_helps_is_told_for_a_municipality_whose_rules_are_not_known() -> None:
    words = labels_for(shipped(), "nl")
    assert words.helper("apv_rotterdam", "GM0150") == "Elke gemeente heeft eigen regels. Uw gemeente helpt u."
    assert words.helper("apv_rotterdam", "BQ-BO") == "Het openbaar lichaam helpt u."
    assert words.helper("algemene_ouderdomsverzekering_bes", "GM0599").startswith("In Europees Nederland geldt de AOW.")


def test_who_lives_elsewhere_in_the_netherlands_is_sent_to_their_municipality() -> None:
    labels = labels_for(shipped(), "nl")
    assert labels.helper("inkomenstoeslag_deventer", "GM0599") == "Uw gemeente helpt u verder."
    assert labels.helper("inkomenstoeslag_deventer", "BQ-BO") == "Uw openbaar lichaam helpt u verder."
