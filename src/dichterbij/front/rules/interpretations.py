"""Choices that were made where the text of a law leaves room: by whom, when, and who sees it differently.

They stand in three places: as `markings` and as `legal_basis.explanation` in a law file, and as notes beside it in
`annotations.yaml` (W3C Web Annotation, RegelRecht RFC-005 and RFC-018). A note is found again by the words it quotes.
A note with motivation `replying` is dissent: another reading of the same words.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Final

from dichterbij.law.document import Raw, read_yaml
from dichterbij.law.model import Article, LawVersion
from dichterbij.law.notes import Selector, resolve_note
from dichterbij.law.parse import Object, obj, objects, text

from .beside import folders

FILE: Final = "annotations.yaml"
DISSENT: Final = "replying"


@dataclass(frozen=True, slots=True, kw_only=True)
class Interpretation:
    """One choice. `quote`: the words it is about; `is_dissent`: somebody reads them differently; `is_open`: a doubt."""

    text: str
    quote: str = ""
    author: str = ""
    on: date | None = None
    is_dissent: bool = False
    is_open: bool = False


def of_article(version: LawVersion, article: Article) -> tuple[Interpretation, ...]:
    """Return the choices made in an article: notes first, then markings, then explanations in the rule."""
    notes = [note for number, note in _notes(version) if number == article.number]
    raw = _raw(version, article)
    readable = obj(raw, "machine_readable") if isinstance(raw, dict) else {}
    markings = [_marking(each) for key in ("markings", "untranslatables") for each in objects(readable, key)]
    explained = [Interpretation(text=each) for each in _explanations(raw)]
    return (*notes, *markings, *explained)


def _marking(marking: Object) -> Interpretation:
    return Interpretation(
        text=text(marking, "reason"),
        quote=text(marking, "about") or text(marking, "construct"),
        author=text(marking, "resolved_by"),
        is_open=marking.get("accepted") is not True,
    )


def _raw(version: LawVersion, article: Article) -> Raw:
    return next((each for each in objects(version.raw, "articles") if text(each, "number") == article.number), {})


def _explanations(raw: Raw) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_found(raw)))


def _found(raw: Raw) -> Iterator[str]:
    if isinstance(raw, dict):
        yield from filter(None, [text(obj(raw, "legal_basis"), "explanation")])
        for each in raw.values():
            yield from _found(each)
    elif isinstance(raw, list):
        for each in raw:
            yield from _found(each)


def _notes(version: LawVersion) -> list[tuple[str, Interpretation]]:
    """Return the notes beside a law, with the article where their words stand in this version."""
    texts = {article.number: " ".join(article.text.split()) for article in version.articles}
    found = [(_place(note, texts), _note(note)) for note in _files(folders(version))]
    return [(number, note) for number, note in found if number]


@lru_cache(maxsize=256)
def _files(places: tuple[Path, ...]) -> tuple[Object, ...]:
    return tuple(note for place in places for note in _read(place / FILE))


def _read(file: Path) -> list[dict[str, Raw]]:
    """Return the notes of a file; that it is sound was found out when the laws were loaded."""
    data = read_yaml(file.read_text(encoding="utf-8"), str(file)) if file.is_file() else {}
    return objects(data, "annotations") if isinstance(data, dict) else []


def _place(note: Object, texts: Mapping[str, str]) -> str:
    quoted = obj(obj(note, "target"), "selector")
    selector = Selector(text(quoted, "exact"), text(quoted, "prefix"), text(quoted, "suffix"))
    match = resolve_note(selector, texts).match
    return match.article if match else ""


def _note(note: Object) -> Interpretation:
    body, creator = note.get("body"), note.get("creator")
    bodies = [body] if isinstance(body, dict) else objects(note, "body")
    created = text(note, "created")[:10]
    return Interpretation(
        text=" ".join(filter(None, (text(each, "value") for each in bodies))),
        quote=text(obj(obj(note, "target"), "selector"), "exact"),
        author=text(creator, "name") if isinstance(creator, dict) else text(note, "creator"),
        on=date.fromisoformat(created) if created else None,
        is_dissent=text(note, "motivation") == DISSENT,
        is_open=text(note, "motivation") == "questioning" and text(note, "workflow") != "resolved",
    )
