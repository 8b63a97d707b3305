"""`dichterbij law new`: lay out a scheme that works at once, for a jurist to make their own.

Law, amounts, examples, words in three languages, product, activity and card: files in an overlay folder, no code. They
are made of those in `scheme/`: `@word@` in a name or text is filled in, and lines between `#municipality` and `#end`
stay only for a municipality. A file that is there already is never touched.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from .document import read_yaml
from .parse import text

TEMPLATES: Final = Path(__file__).with_name("scheme")
NAME: Final = re.compile(r"[a-z]+(-[a-z]+)*")
_MUNICIPALITY: Final = re.compile(r"^ *#municipality\n(.*?)^ *#end\n", re.MULTILINE | re.DOTALL)


class CannotLayOut(Exception):
    """A scheme cannot be laid out; the message says why and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheme:
    """What a new scheme is called, who executes it, from when until when, and where its official text stands."""

    name: str
    title: str
    organisation: str
    first_on: date
    last_on: date
    url: str


@dataclass(frozen=True, slots=True)
class Laid:
    """A file of the scheme. `was_there`: it was left as it is; what it needs of `content` is then added by hand."""

    file: Path
    content: str
    was_there: bool


def lay_out(scheme: Scheme, folder: Path, data_folders: list[Path]) -> tuple[Laid, ...]:
    """Write the files of a scheme below a folder; raises `CannotLayOut`.

    `data_folders`: where `content/organisations` stands, the shipped data first.
    """
    if not NAME.fullmatch(scheme.name):
        raise CannotLayOut(f"'{scheme.name}' is no name: use lower case letters with hyphens, as in noodfonds-energie")
    if scheme.last_on < scheme.first_on:
        raise CannotLayOut(f"the scheme ends on {scheme.last_on}, before it begins on {scheme.first_on}")
    words = _words(scheme, _organisation(scheme.organisation, data_folders))
    return tuple(_write(folder / _filled(str(place), words), content) for place, content in _files(words))


def _organisation(key: str, data_folders: list[Path]) -> Mapping[str, str]:
    places = [folder / "content" / "organisations" / f"{key}.yaml" for folder in reversed(data_folders)]
    file = next((place for place in places if place.is_file()), None)
    if file is None:
        known = sorted({each.stem for place in places for each in place.parent.glob("*.yaml")})
        raise CannotLayOut(f"there is no organisation '{key}'; choose from: {', '.join(known)}")
    data = read_yaml(file.read_text(encoding="utf-8"), str(file))
    return {key: text(data, key) for key in ("name", "kind", "territory")} if isinstance(data, dict) else {}


def _words(scheme: Scheme, organisation: Mapping[str, str]) -> dict[str, str]:
    return {
        "name": scheme.name,
        "law": scheme.name.replace("-", "_"),
        "title": scheme.title,
        "key": scheme.organisation,
        "organisation": organisation["name"],
        "territory": organisation["territory"] if organisation["kind"] == "municipality" else "",
        "from": scheme.first_on.isoformat(),
        "to": scheme.last_on.isoformat(),
        "url": scheme.url,
    }


def _files(words: Mapping[str, str]) -> Iterator[tuple[Path, str]]:
    for file in sorted(path for path in TEMPLATES.rglob("*") if path.is_file()):
        content = _MUNICIPALITY.sub(r"\1" if words["territory"] else "", file.read_text(encoding="utf-8"))
        yield file.relative_to(TEMPLATES), _filled(content, words)


def _filled(template: str, words: Mapping[str, str]) -> str:
    return re.sub(r"@(\w+)@", lambda found: words[found[1]], template)


def _write(file: Path, content: str) -> Laid:
    if file.exists():
        return Laid(file, content, was_there=True)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(content, encoding="utf-8")
    return Laid(file, content, was_there=False)
