"""Find defects in the words of laws and facts: missing, too long, or not translated."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from dichterbij.kernel.formats import LANGUAGES

from .errors import Defect
from .labels import AUTHENTIC, Labels, Words, labels_for
from .lawset import LawSet
from .model import LawVersion

MOST_WORDS: Final = 20
SPOKEN: Final = ("label", "question", "help", "holds", "fails", "says", "zero")
# Names that are the same in every language.
SAME: Final = re.compile(r"^[^a-z]*$|^(Digi[Dd]|mbo|hbo|wo|.*\{value\}\.?)$")


def check_labels(laws: LawSet) -> list[Defect]:
    """Return what is wrong with the words that belong to a law set; nothing when it has no vocabulary."""
    if not laws.vocabulary.facts:
        return []
    dutch = labels_for(laws, AUTHENTIC)
    found = [defect for language in LANGUAGES for defect in _of_language(laws, labels_for(laws, language), dutch)]
    return sorted(set(found))


def _of_language(laws: LawSet, labels: Labels, dutch: Labels) -> Iterator[Defect]:
    file = f"facts/{labels.language}.yaml"
    for name, fact in laws.vocabulary.facts.items():
        yield from _of_words(file, name, labels.fact(name), dutch.fact(name), ("label", "question"))
        for value in set(fact.values) - set(labels.fact(name).values):
            yield _defect(file, name, "MissingWords", f"Het antwoord '{value}' heeft geen woorden.")
        if fact.is_relation and not labels.fact(name).get("whose"):
            yield _defect(file, name, "MissingWords", "Er staat niet hoe we deze persoon noemen ('whose').")
    for versions in laws.laws.values():
        yield from _of_law(versions[0], labels, dutch)


def _of_law(version: LawVersion, labels: Labels, dutch: Labels) -> Iterator[Defect]:
    file = str(Path(version.file).parent / "labels" / f"{labels.language}.yaml")
    for article in version.articles:
        for output in article.output_names:
            words, original = labels.output(version.id, output), dutch.output(version.id, output)
            is_answer = article.legal_character in ("BESCHIKKING", "RECHTSPOSITIE", "INFORMATIEF")
            declared = next((field.declared for field in article.outputs if field.name == output), None)
            needed = (
                ("label", "holds", "fails") if is_answer and declared and declared.type == "boolean" else ("label",)
            )
            yield from _of_words(file, output, words, original, needed)


def _of_words(file: str, name: str, words: Words, dutch: Words, needed: tuple[str, ...]) -> Iterator[Defect]:
    for key in needed:
        if not words.get(key):
            yield _defect(file, name, "MissingWords", f"De tekst '{key}' ontbreekt.")
    for key in SPOKEN:
        text = words.get(key)
        if words is not dutch and text and text == dutch.get(key) and not SAME.match(text):
            yield _defect(file, name, "NotTranslated", f"De tekst '{key}' is gelijk aan de Nederlandse.")
        if text and dutch.get(key) and _slots(text) != _slots(dutch.get(key)):
            yield _defect(file, name, "OtherSlots", f"De tekst '{key}' heeft andere invulplaatsen dan de Nederlandse.")
        for sentence in re.split(r"(?<=[.?!])\s", text):
            if len(sentence.split()) > MOST_WORDS:
                yield _defect(file, name, "LongSentence", f"Een zin van '{key}' telt meer dan {MOST_WORDS} woorden.")


def _slots(text: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", text))


def _defect(file: str, name: str, kind: str, sentence: str) -> Defect:
    return Defect(file, 0, "", name, kind, sentence)
