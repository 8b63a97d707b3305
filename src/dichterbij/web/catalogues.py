"""Catalogues of sentences: taken from code and templates of every room, kept in `locale/` of the room, compiled.

Dutch stands in the source. English and Papiamentu stand in `<room>/locale/<language>/LC_MESSAGES/django.po` with the
compiled `.mo` beside it, both committed. All with Babel: no gettext program is needed.
"""

import io
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from babel.messages import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.apps import apps

from .languages import AUTHENTIC, LANGUAGES
from .sentences import sentences

Strings = str | tuple[str, ...] | list[str] | None
_SLOT = re.compile(r"%\(\w+\)[sd]")
TRANSLATED = tuple(code for code in LANGUAGES if code != AUTHENTIC)
SAME_EVERYWHERE = Path(__file__).parent / "same_in_all_languages.txt"
# A file must not change because a day has passed.
_NO_DATE = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """A room with sentences: its dotted name, its folder, and the folders whose sentences it keeps."""

    name: str
    folder: Path
    sources: tuple[Path, ...]

    def po(self, language: str) -> Path:
        """Return where its catalogue of a language is."""
        return self.folder / "locale" / language / "LC_MESSAGES/django.po"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something wrong with a catalogue: where and what."""

    file: Path
    what: str


def rooms() -> list[Room]:
    """Return the rooms of this product that are installed. The kernel is no app: web keeps its sentences."""
    ours = (app for app in apps.get_app_configs() if app.name.split(".")[0].startswith("dichterbij"))
    return [Room(name=app.name, folder=Path(app.path), sources=_sources(Path(app.path), app.label)) for app in ours]


def _sources(folder: Path, label: str) -> tuple[Path, ...]:
    return (folder, folder.parent / "kernel") if label == "web" else (folder,)


def read(room: Room, language: str) -> Catalog:
    """Return the catalogue of a room in a language; an empty one when there is none yet."""
    file = room.po(language)
    if not file.is_file():
        return Catalog(locale=language, charset="utf-8")
    with file.open("rb") as stream:
        return read_po(stream, locale=language)


def updated(room: Room, language: str, memory: dict[str, Strings]) -> Catalog:
    """Return the catalogue with the sentences of today; a new one is taken from another room that has it already."""
    catalogue = read(room, language)
    catalogue.update(sentences(room.sources), no_fuzzy_matching=True, update_creation_date=False)
    catalogue.obsolete.clear()
    for message in catalogue:
        if message.id and not _is_translated(message) and _key(message) in memory:
            message.string = memory[_key(message)]
    return catalogue


def memory_of(language: str) -> dict[str, Strings]:
    """Return every sentence that some room has translated."""
    messages = (message for room in rooms() for message in read(room, language))
    return {_key(message): message.string for message in messages if message.id and _is_translated(message)}


def _key(message: Message) -> str:
    return f"{message.context or ''}\x04{message.id}"


def _is_translated(message: Message) -> bool:
    return bool(message.string) and all(message.string or ())


def as_po(catalogue: Catalog) -> bytes:
    """Return a catalogue as the text of a `.po` file that is the same every day."""
    catalogue.project, catalogue.version = "Dichterbij", "1"
    catalogue.msgid_bugs_address, catalogue.last_translator, catalogue.language_team = "", "Dichterbij", ""
    catalogue.creation_date = catalogue.revision_date = _NO_DATE
    catalogue.header_comment = "# Sentences of Dichterbij. EUPL-1.2."
    catalogue.fuzzy = False
    stream = io.BytesIO()
    write_po(stream, catalogue, width=110, include_lineno=False, sort_output=True, ignore_obsolete=True)
    return stream.getvalue()


def as_mo(catalogue: Catalog) -> bytes:
    """Return a catalogue as a compiled `.mo` file."""
    stream = io.BytesIO()
    write_mo(stream, catalogue)
    return stream.getvalue()


def files() -> Iterator[tuple[Path, bytes]]:
    """Yield every file of the catalogues as it should be; a room without sentences has none."""
    for language in TRANSLATED:
        memory = memory_of(language)
        for room in rooms():
            catalogue = updated(room, language, memory)
            if len(catalogue):
                po = as_po(catalogue)
                yield room.po(language), po
                yield room.po(language).with_suffix(".mo"), as_mo(read_po(io.BytesIO(po), locale=language))


def write() -> list[Path]:
    """Bring every catalogue up to date and return the files that changed."""
    changed = []
    for file, content in files():
        if not file.is_file() or file.read_bytes() != content:
            file.parent.mkdir(parents=True, exist_ok=True)
            _replace(file, content)
            changed.append(file)
    return changed


def _replace(file: Path, content: bytes) -> None:
    """Write a file beside the old one and put it in its place: nobody reads half of it."""
    beside = file.with_name(f".{file.name}.{os.getpid()}")
    beside.write_bytes(content)
    beside.replace(file)


def findings() -> Iterator[Finding]:
    """Yield what is wrong: files behind the source, sentences missing, placeholders lost, languages that are equal."""
    for file, content in files():
        if not file.is_file() or file.read_bytes() != content:
            yield Finding(file=file, what="loopt achter: draai `dichterbij messages`")
    for room in rooms():
        catalogues = {language: read(room, language) for language in TRANSLATED}
        for language, catalogue in catalogues.items():
            yield from _wrong_sentences(room.po(language), catalogue)
        yield from equal_sentences(room, catalogues, names())


def _wrong_sentences(file: Path, catalogue: Catalog) -> Iterator[Finding]:
    for message in catalogue:
        if not message.id:
            continue
        if not _is_translated(message):
            yield Finding(file=file, what=f"niet vertaald: {_first(message.id)!r}")
        elif _slots(message.id) != _slots(message.string):
            yield Finding(file=file, what=f"andere invulplekken dan het Nederlands: {_first(message.id)!r}")


def _slots(text: Strings) -> set[str]:
    """Return the places where a value is filled in."""
    strings = [text] if isinstance(text, str) else list(text or ())
    return {slot for string in strings for slot in _SLOT.findall(string)}


def _first(text: Strings) -> str:
    return text if isinstance(text, str) else next(iter(text or ()), "")


def names() -> frozenset[str]:
    """Return the words that are the same in every language: names, and what has no words."""
    lines = SAME_EVERYWHERE.read_text(encoding="utf-8").splitlines()
    return frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))


def equal_sentences(room: Room, catalogues: dict[str, Catalog], allowed: frozenset[str]) -> Iterator[Finding]:
    """Yield the sentences that are equal in two languages though they are no names: probably not translated."""
    for language, catalogue in catalogues.items():
        for message in catalogue:
            if not message.id or not _is_translated(message):
                continue
            text, original = _first(message.string), _first(message.id)
            others = [original] + [
                _first(other.string)
                for code, there in catalogues.items()
                if code < language and (other := there.get(message.id, message.context)) and _is_translated(other)
            ]
            if text in others and text not in allowed and original not in allowed:
                yield Finding(file=room.po(language), what=f"gelijk aan een andere taal: {text!r}")
