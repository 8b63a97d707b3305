"""Every sentence of every explanation of our laws is short, and says who does what, in three languages."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

import pytest

from dichterbij.law import Determined, Facts, LawError, Refused, determine, explain
from dichterbij.law.changes import nearest_changes
from dichterbij.law.sampling import sampler_of

from .test_every_law import LAWS, questions

PEOPLE: Final = 12
NOBODY: Final = Facts(subject="p1", persons={})
BODIES: Final = "dienst|duo|svb|uwv"
ACTORS: Final = {
    "nl": rf"u|uw|wij|ons|de|het|een|er|dit|dat|die|deze|geen|wie|wat|welke?|hoeveel|iemand|niemand|regels|{BODIES}",
    "en": rf"you|your|we|us|the|an?|this|that|these|it|there|no|who|what|which|how|someone|nobody|too|rules|{BODIES}",
    "pap": rf"bo|boso|nos|e|un|ki|esaki|esei|esun|no|ken|kiko|kua|kuantu|hende|mayor|tin|{BODIES}",
}
"""Words that point at somebody or something that acts."""
ACTS: Final = {
    "nl": r"is|zijn|was|waren|heb|had|kan|kunt|mag|moet|wil|zult|doe|vonden|kreeg|werd|[a-zë]+(?:t|en|de|te)",
    "en": (
        r"is|are|was|were|has|have|had|do|does|did|can|may|must|will|found|give|need|get|pay|reach|live|find|know|meet|"
        r"start|check|ask|hold|register|use|want|keep|stay|[a-z]+(?:s|ed)"
    ),
    "pap": r"ta|tabata|tin|tabatin|a|mag|mester|por|lo|sa|ke|ker|pone|puntra|entregá|pidi|konosé|haña",
}
"""Words for what is done; in Papiamentu mostly the particles that go before a verb."""


def sentences(language: str) -> Iterator[tuple[str, str]]:
    """Yield law and sentence of what invented people are told: outcome, why not, questions, notices, changes."""
    for question in questions():
        if question.outputs:
            continue
        sampler = sampler_of(LAWS, question)
        for seed in range(PEOPLE):
            try:
                outcome, _ = sampler.person(seed)
            except LawError:
                continue
            told = explain(outcome, LAWS, language)
            changes = nearest_changes(outcome, language) if isinstance(outcome, Determined) else ()
            texts = (told.outcome, *told.why_not, *told.provisional, *(each.sentence for each in changes))
            for text in texts:
                yield from ((question.law, each) for each in re.split(r"(?<=[.?!])\s", text) if each)
        asked = explain(determine(LAWS, question, NOBODY), LAWS, language).missing
        yield from ((question.law, line.question) for line in asked)


@pytest.mark.slow
@pytest.mark.parametrize("language", ["nl", "en", "pap"])
def test_each_sentence_has_at_most_twenty_words_and_names_actor_and_act(language: str) -> None:
    wrong = {pair for pair in sentences(language) if not is_sound(pair[1], language)}
    assert wrong == set()


def is_sound(sentence: str, language: str) -> bool:
    """Say whether a sentence is short, ends as one, shows no name of a file, and has somebody doing something."""
    plain = sentence[0].lower() + sentence[1:]
    return (
        len(sentence.split()) <= 20
        and sentence[-1] in ".?!"
        and "_" not in sentence
        and bool(re.search(rf"\b(?:{ACTORS[language]})\b", plain, re.IGNORECASE))
        and bool(re.search(rf"\b(?:{ACTS[language]})\b", plain))
    )


@pytest.mark.parametrize(
    "label", ["Heeft recht op zorgtoeslag: Nee.", "Vermogen op 1 januari: € 5.000,00.", "zorgtoeslag_per_maand."]
)
def test_a_label_with_a_value_is_no_sentence(label: str) -> None:
    assert not is_sound(label, "nl")


@pytest.mark.parametrize("language", ["nl", "en", "pap"])
def test_a_refusal_is_told_in_sentences_too(language: str) -> None:
    for question in questions():
        if question.territory == "NL" and not question.outputs:
            found = determine(LAWS, replace(question, territory="BQ-BO"), NOBODY)
            told = explain(found, LAWS, language).outcome
            if isinstance(found, Refused):
                assert all(is_sound(each, language) for each in re.split(r"(?<=[.?!])\s", told)), told
