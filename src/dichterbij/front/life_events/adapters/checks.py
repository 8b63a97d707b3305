"""What may be wrong in the file of a life event or a card, each with the line and the remedy."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..domain import LANGUAGES, Channel, Group, Moment, Says
from .documents import Document, Finding, Keys

FIELDS = {
    "id", "organisation", "task", "product", "group", "otherwise", "otherwise_when", "when", "shown_when",
    "deadline", "amount", "channels", "sources", "texts", "past", "unknown",
}  # fmt: skip
NEEDED = ("id", "organisation", "group", "when", "shown_when", "channels", "sources", "texts")
WORDS = ("title", "sentence", "body", "why")
LONGEST_SENTENCE = 20
OWN_MUNICIPALITY = "gemeente"


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What a card may name: outcomes per law, facts, organisations and bodies, activities, products."""

    outputs: Mapping[str, frozenset[str]]
    facts: frozenset[str]
    organisations: frozenset[str]
    tasks: frozenset[str]
    products: frozenset[str]


Check = Callable[[Document, Known], Iterable[Finding]]


def check_card(card: Document, known: Known) -> list[Finding]:
    """Return everything that is wrong in the file of one card."""
    checks: tuple[Check, ...] = (_fields, _closed_sets, _conditions, _dates_and_amounts, _references, _sources, _texts)
    return [finding for check in checks for finding in check(card, known)]


def check_event(event: Document, cards: Iterable[Document], known: Known) -> list[Finding]:
    """Return everything that is wrong in the file of a life event, given its cards."""
    ids = {str(card.data.get("id")) for card in cards}
    listed = [str(card) for card in event.data.get("cards", ())]
    return [
        *_missing(event, ("id", "slug", "law", "cards", "texts"), ()),
        *(
            event.finding(
                ("cards", number), f'Er is geen kaart "{name}".', "Maak cards/<id>.yaml of haal de regel weg."
            )
            for number, name in enumerate(listed)
            if name not in ids
        ),
        *(
            event.finding(("cards",), f'Kaart "{name}" staat niet in de volgorde.', "Zet de kaart in de lijst `cards`.")
            for name in sorted(ids - set(listed))
        ),
        *(
            event.finding(("questions", number), f'Feit "{fact}" bestaat niet.', "Kies een feit uit laws/facts.yaml.")
            for number, fact in enumerate(event.data.get("questions", ()))
            if fact not in known.facts
        ),
        *_languages(event, ("title", "condolence", "intro")),
    ]


def _missing(document: Document, names: Iterable[str], keys: Keys) -> Iterator[Finding]:
    value: Any = document.data
    for key in keys:
        value = value.get(key, {}) if isinstance(value, dict) else {}
    for name in names:
        if value.get(name) in (None, "", [], {}):
            yield document.finding(keys, f'Het veld "{".".join(map(str, (*keys, name)))}" ontbreekt.', "Vul het in.")


def _fields(card: Document, _known: Known) -> Iterator[Finding]:
    yield from _missing(card, NEEDED, ())
    for name in sorted(set(card.data) - FIELDS):
        yield card.finding((name,), f'Een kaart heeft geen veld "{name}".', f"Kies uit: {', '.join(sorted(FIELDS))}.")
    if card.data.get("id") != card.path.stem:
        yield card.finding(("id",), "De naam van het bestand en het veld id verschillen.", "Maak ze gelijk.")


def _closed_sets(card: Document, _known: Known) -> Iterator[Finding]:
    allowed: Mapping[str, Sequence[str]] = {
        "group": list(Group)[:3],
        "when": list(Moment),
        "otherwise": [Group.NOT_FOR_YOU],
        "past": ["leave-out"],
        "unknown": ["leave-out"],
    }
    for name, values in allowed.items():
        if name in card.data and card.data[name] not in values:
            yield card.finding((name,), f'"{card.data[name]}" kan hier niet.', f"Kies uit: {', '.join(values)}.")
    for number, channel in enumerate(card.data.get("channels") or ()):
        if channel not in list(Channel):
            yield card.finding(("channels", number), f'"{channel}" is geen weg.', f"Kies uit: {', '.join(Channel)}.")


def _conditions(card: Document, known: Known) -> Iterator[Finding]:
    yield from _condition(card, "shown_when", known)
    yield from _condition(card, "otherwise_when", known)
    if "otherwise_when" in card.data and "otherwise" not in card.data:
        remedy = "Zet er otherwise: not-for-you bij, of haal otherwise_when weg."
        yield card.finding(("otherwise_when",), 'Het veld "otherwise_when" hoort bij "otherwise".', remedy)


def _condition(card: Document, name: str, known: Known) -> Iterator[Finding]:
    condition = card.data.get(name) or {}
    keys = set(condition)
    if keys == {"law", "output"}:
        yield from _output(card, (name,), condition, known)
    elif keys == {"fact", "equals"}:
        if condition["fact"] not in known.facts:
            yield card.finding(
                (name, "fact"),
                f'Feit "{condition["fact"]}" bestaat niet.',
                "Kies een feit uit laws/facts.yaml.",
            )
    elif condition:
        remedy = "Schrijf {law, output} of {fact, equals}. Is er meer nodig? Maak daar een artikel van in laws/."
        yield card.finding((name,), "Een kaart hangt af van één uitkomst of één feit.", remedy)


def _output(card: Document, keys: Keys, value: Mapping[str, Any], known: Known) -> Iterator[Finding]:
    law, output = str(value.get("law")), str(value.get("output"))
    if law not in known.outputs:
        yield card.finding((*keys, "law"), f'Er is geen wet "{law}".', "Kies een wet uit `dichterbij law list`.")
    elif output not in known.outputs[law]:
        remedy = f"Deze wet heeft: {', '.join(sorted(known.outputs[law]))}."
        yield card.finding((*keys, "output"), f'"{law}" heeft geen uitkomst "{output}".', remedy)


def _dates_and_amounts(card: Document, known: Known) -> Iterator[Finding]:
    for name in ("deadline", "amount"):
        if name not in card.data:
            continue
        value = card.data[name]
        if not isinstance(value, dict) or not {"law", "output"} <= set(value):
            remedy = "Schrijf {law, output}: een kaart noemt zelf geen dag en geen bedrag."
            yield card.finding((name,), f'"{name}" komt altijd uit een wet.', remedy)
            continue
        yield from _output(card, (name,), value, known)
        if value.get("says", Says.LAST_DAY) not in list(Says):
            yield card.finding((name, "says"), f'"{value["says"]}" kan hier niet.', f"Kies uit: {', '.join(Says)}.")


def _references(card: Document, known: Known) -> Iterator[Finding]:
    organisation, task = str(card.data.get("organisation")), card.data.get("task")
    if organisation != OWN_MUNICIPALITY and organisation not in known.organisations:
        remedy = "Kies een organisatie uit content/organisations of een naam onder `bodies` van de levensgebeurtenis."
        yield card.finding(("organisation",), f'Organisatie "{organisation}" is niet bekend.', remedy)
    if task and not any(known_task.endswith(f".{task}") for known_task in known.tasks):
        remedy = "Schrijf de verwerking in content/activities.yaml."
        yield card.finding(("task",), f'Er is geen verwerking "{organisation}.{task}".', remedy)
    if (product := card.data.get("product")) and product not in known.products:
        yield card.finding(("product",), f'Er is geen product "{product}".', "Kies een product uit content/products.")


def _sources(card: Document, _known: Known) -> Iterator[Finding]:
    for number, source in enumerate(card.data.get("sources") or ()):
        if (
            not isinstance(source, dict)
            or not source.get("title")
            or not str(source.get("url", "")).startswith("https://")
        ):
            yield card.finding(
                ("sources", number), "Een bron heeft een titel en een adres.", "Schrijf title en https-url."
            )


def _texts(card: Document, _known: Known) -> Iterator[Finding]:
    told = (*WORDS, "not_for_you") if card.data.get("otherwise") else WORDS
    yield from _languages(card, told)
    for language, words in _per_language(card):
        for name in (*told, "for_you"):
            yield from _plain(card, language, name, str(words.get(name, "")))


def _per_language(document: Document) -> Iterator[tuple[str, Mapping[str, Any]]]:
    texts = document.data.get("texts")
    for language in LANGUAGES:
        words = texts.get(language) if isinstance(texts, dict) else None
        yield language, words if isinstance(words, dict) else {}


def _languages(document: Document, names: tuple[str, ...]) -> Iterator[Finding]:
    dutch: Mapping[str, Any] = {}
    for language, words in _per_language(document):
        yield from _missing(document, names, ("texts", language))
        if language == "nl":
            dutch = words
            continue
        if words.get("status") not in ("draft", "reviewed"):
            remedy = "Zet status: draft, of reviewed als iemand de tekst heeft nagekeken."
            yield document.finding(("texts", language), f'De tekst in "{language}" heeft geen status.', remedy)
        for name in names:
            if name in words and words[name] == dutch.get(name):
                problem = f'"{name}" is in "{language}" gelijk aan het Nederlands.'
                yield document.finding(("texts", language, name), problem, "Vertaal de tekst.")


_SENTENCE_END = re.compile(r"[.?!:](?:\s+|$)")
_AMOUNT = re.compile(r"€|\beuro\b", re.IGNORECASE)


def _plain(card: Document, language: str, name: str, text: str) -> Iterator[Finding]:
    keys: Keys = ("texts", language, name)
    if _AMOUNT.search(text):
        yield card.finding(keys, "Een tekst noemt geen bedrag.", "Gebruik `amount` met een uitkomst van een wet.")
    longest = max(_SENTENCE_END.split(text), key=lambda sentence: len(sentence.split()))
    if len(longest.split()) > (LONGEST_SENTENCE if language == "nl" else LONGEST_SENTENCE + 8):
        problem = f"Deze zin heeft {len(longest.split())} woorden: {longest[:40]}..."
        yield card.finding(keys, problem, f"Maak er twee zinnen van, van hooguit {LONGEST_SENTENCE} woorden.")
