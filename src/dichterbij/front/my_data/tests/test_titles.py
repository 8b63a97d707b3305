"""Every act that the log names has a sentence of its own for who reads it."""

import re
from pathlib import Path

import pytest
from django.utils import translation

import dichterbij
from dichterbij.front.my_data import telling, titles
from dichterbij.ground.logbook import wording

SOURCE = Path(dichterbij.__file__).parent
RECORDED = re.compile(r"(?:record_act\(|_record\(access,|ACT, subject=[\w.]+, fields=\()[^\"\n]*\"([^\"]+)\"")
VIEWED = re.compile(r"record_view\(.*?((?:, \"[^\"]+\")+)\)")


def found(pattern: re.Pattern[str]) -> set[str]:
    files = (file for file in SOURCE.rglob("*.py") if "tests" not in file.parts)
    return {name for file in files for name in pattern.findall(file.read_text(encoding="utf-8"))}


def recorded() -> set[str]:
    return found(RECORDED)


def viewed() -> set[str]:
    return {name for names in found(VIEWED) for name in re.findall('"([^"]+)"', names)}


def test_the_acts_of_the_rooms_are_found() -> None:
    assert {"aanvraag", "toestemming intrekken", "afspraak verzet", "besluit", "papieren formulier"} <= recorded()


@pytest.mark.parametrize("name", sorted(recorded()))
def test_an_act_has_a_sentence(name: str) -> None:
    assert wording.by_oneself(name) or f'"{name}": _(' in Path(titles.__file__).read_text(encoding="utf-8")


@pytest.mark.parametrize("language", ["en", "pap"])
def test_what_is_looked_at_has_words_in_every_language(language: str) -> None:
    assert {"delen", "scans van uw papier", "geschiedenis", "berichten"} <= viewed()
    with translation.override(language):
        assert [name for name in viewed() if telling.seen(name) == name] == []


@pytest.mark.parametrize("language", ["nl", "en", "pap"])
def test_an_act_without_a_sentence_is_never_told_as_looking(language: str) -> None:
    with translation.override(language):
        assert titles._by_another("iets nieuws") != titles._by_another("")
        told = {
            titles._with_a_worker("desk:counter:1", did, "beurs")
            for did in ("", "taal van brieven", "ingebrekestelling")
        }
        assert len(told) == 3
