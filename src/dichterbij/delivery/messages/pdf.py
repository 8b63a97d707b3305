"""A document as PDF/UA-1: tagged, titled, in a known language, with its fonts inside (ISO 14289-1)."""

import json
from functools import cache
from pathlib import Path

import typst

from .characters import printable
from .document import Document, Json, as_json

_ROOM = Path(__file__).parent


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[_ROOM / "fonts"])


def pdf(document: Document) -> bytes:
    """Return the document as a PDF file that a screen reader can read aloud, the same bytes for the same content.

    The content goes in as data, so nothing a person wrote can be read as markup of the typesetter.
    """
    return _compile(json.dumps(_shown(as_json(document)), ensure_ascii=False))


def _shown(value: Json) -> Json:
    match value:
        case str():
            return printable(value)
        case list():
            return [_shown(inner) for inner in value]
        case dict():
            return {key: _shown(inner) for key, inner in value.items()}
        case _:
            return value


def _compile(data: str) -> bytes:
    return typst.compile(
        _ROOM / "letter.typ",
        root=_ROOM,
        font_paths=_fonts(),
        sys_inputs={"document": data},
        format="pdf",
        pdf_standards="ua-1",
    )
