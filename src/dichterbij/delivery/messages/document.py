"""What a letter says, once: the same content becomes a page, a PDF and plain text.

A `Document` is a title and a row of blocks. It knows nothing of fonts or tags; `html.py` and `pdf.py` do.
"""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import TypeAlias

from dichterbij.kernel.problems import Problem

FIRST_LEVEL, LAST_LEVEL = 2, 4


class BadDocument(Problem):
    """A document breaks a rule that its readers need: no title, no language, a skipped heading, a ragged table."""

    code = "bad-document"
    title = "Deze brief is niet goed opgebouwd"
    status = 500


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead somewhere. `url` starts with https://, tel:, mailto: or / (a page of this site)."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Strong:
    """Words that matter more than the words around them."""

    text: str


@dataclass(frozen=True, slots=True)
class Foreign:
    """Words in another language than the words around them, such as the name of a Dutch law. `url`: as of a link."""

    text: str
    language: str
    url: str = ""


Inline: TypeAlias = str | Link | Strong | Foreign
Words: TypeAlias = str | tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 2, 3 or 4; the title of the document is level 1."""

    text: str
    level: int = 2


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One message. `language` only when it differs from the language of the document."""

    words: Words
    language: str = ""


@dataclass(frozen=True, slots=True)
class Items:
    """A list; `ordered` when the order matters."""

    items: tuple[Words, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a caption. The first cell of a row names the row; `numeric` are column numbers, from 0."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[Words, ...], ...]
    numeric: frozenset[int] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class KeyValues:
    """Names with their values, such as a reference and a date."""

    pairs: tuple[tuple[str, Words], ...]


@dataclass(frozen=True, slots=True)
class Contact:
    """How to reach the sender, by every way there is."""

    name: str
    pairs: tuple[tuple[str, Words], ...]


@dataclass(frozen=True, slots=True)
class Notice:
    """A framed sentence that nobody may miss."""

    title: str
    words: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """A question on a paper form, with room for the answer.

    `cue` says how to answer; `options` are boxes to tick, `boxes` groups of one box per character (2, 2, 4: a day),
    and with neither there are `lines` to write on. `given`: what was answered before.
    """

    question: str
    help: str = ""
    cue: str
    options: tuple[str, ...] = ()
    boxes: tuple[int, ...] = ()
    lines: int = 1
    given: str = ""


Block: TypeAlias = "Heading | Paragraph | Items | Table | KeyValues | Contact | Notice | Ask | Part"


@dataclass(frozen=True, slots=True)
class Part:
    """The same content in another language, under a heading of its own; inner headings go one level down."""

    language: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterhead:
    """Who writes to whom, when and about which reference. `notice`: the banner of a demonstration, or empty."""

    sender: str
    sender_lines: tuple[str, ...] = ()
    recipient_lines: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    notice: str = ""


@dataclass(frozen=True, slots=True)
class PageMark:
    """What stands on top of one page of a form: a code in letters, and the same one for a scanner (rows of 0 and 1)."""

    text: str
    squares: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A letter, receipt or form. `title` says the outcome; `language` is a code such as `nl`; `dated` its legal day.

    `marks`: of a paper form, one per page it may have; `page_words` says which page of how many, with `{page}` and
    `{pages}`.
    """

    title: str
    language: str
    dated: date
    blocks: tuple[Block, ...]
    head: Letterhead | None = None
    marks: tuple[PageMark, ...] = ()
    page_words: str = "{page} / {pages}"

    def __post_init__(self) -> None:
        check(self)

    @property
    def titles(self) -> dict[str, str]:
        """Return the title in every language the letter is told in, its own language first."""
        parts = {block.language: block.title for block in self.blocks if isinstance(block, Part)}
        return {self.language: self.title} | parts


def inlines(words: Words) -> tuple[Inline, ...]:
    """Return words as a row of pieces."""
    return (words,) if isinstance(words, str) else words


def plain(words: Words) -> str:
    """Return words without their marks."""
    return "".join(piece if isinstance(piece, str) else piece.text for piece in inlines(words))


def check(document: Document) -> None:
    """Raise `BadDocument` when a document could not be read by everybody (EN 301 549 chapter 10, PDF/UA-1)."""
    _require(bool(document.title.strip()), "er is geen titel")
    _require(document.language in ("nl", "en", "pap"), "de taal is niet bekend")
    _check_headings(document.blocks)
    if document.head and document.head.recipient_lines:
        _require(any(isinstance(block, Contact) for block in _all(document.blocks)), "hij zegt niet hoe u ons bereikt")
    for block in _all(document.blocks):
        match block:
            case Table():
                _require(all(len(row) == len(block.header) for row in block.rows), "een rij past niet bij de tabel")
                _require(bool(block.caption.strip()), "een tabel heeft geen bijschrift")
            case Items():
                _require(bool(block.items), "een lijst is leeg")
            case Paragraph():
                _require(bool(plain(block.words).strip()), "een alinea is leeg")
            case _:
                pass


def _check_headings(blocks: tuple[Block, ...]) -> None:
    level = FIRST_LEVEL - 1
    for block in blocks:
        if isinstance(block, Heading):
            _require(FIRST_LEVEL <= block.level <= min(level + 1, LAST_LEVEL), "een kop slaat een niveau over")
            level = block.level
        elif isinstance(block, Part):
            _check_headings(block.blocks)


def _all(blocks: Iterable[Block]) -> Iterator[Block]:
    for block in blocks:
        yield block
        if isinstance(block, Part):
            yield from _all(block.blocks)


def _require(holds: bool, what: str) -> None:
    if not holds:
        raise BadDocument(f"Een brief kan zo niet weg: {what}.")


Json: TypeAlias = str | int | bool | list["Json"] | dict[str, "Json"] | None


def as_json(document: Document) -> dict[str, Json]:
    """Return the content as plain data, for the typesetter."""
    head: Json = _plain_data(asdict(document.head)) if document.head else None
    return {
        "title": document.title,
        "language": document.language,
        "dated": document.dated.isoformat(),
        "head": head,
        "marks": [{"text": each.text, "squares": list(each.squares)} for each in document.marks],
        "page_words": document.page_words,
        "blocks": [_block(block) for block in document.blocks],
    }


def _block(block: Block, deeper: int = 0) -> Json:  # noqa: PLR0911 one way out per kind of block
    match block:
        case Heading(text, level):
            return {"kind": "heading", "text": text, "level": level + deeper}
        case Paragraph(words, language):
            return {"kind": "paragraph", "words": _words(words), "language": language}
        case Items(items, ordered):
            return {"kind": "items", "items": [_words(item) for item in items], "ordered": ordered}
        case Table(caption, header, rows, numeric):
            cells: Json = [[_words(cell) for cell in row] for row in rows]
            return {"kind": "table", "caption": caption, "header": list(header), "rows": cells,
                    "numeric": [column in numeric for column in range(len(header))]}  # fmt: skip
        case KeyValues(pairs):
            return {"kind": "pairs", "pairs": _pairs(pairs)}
        case Contact(name, pairs):
            return {"kind": "contact", "name": name, "pairs": _pairs(pairs)}
        case Notice(title, words):
            return {"kind": "notice", "title": title, "words": _words(words)}
        case Ask():
            return {"kind": "ask", **{name: _plain_data(value) for name, value in asdict(block).items()},
                    "boxes": [*block.boxes], "lines": block.lines}  # fmt: skip
        case Part(language, title, blocks):
            return {"kind": "part", "language": language, "title": title,
                    "blocks": [_block(inner, deeper + 1) for inner in blocks]}  # fmt: skip


def _words(words: Words) -> Json:
    return [_piece(piece) for piece in inlines(words)]


def _piece(piece: Inline) -> dict[str, Json]:
    plain_piece: dict[str, Json] = {"text": plain((piece,)), "url": "", "strong": False, "language": ""}
    match piece:
        case Link(_, url):
            return plain_piece | {"url": url}
        case Strong():
            return plain_piece | {"strong": True}
        case Foreign(_, language, url):
            return plain_piece | {"url": url, "language": language}
        case str():
            return plain_piece


def _pairs(pairs: tuple[tuple[str, Words], ...]) -> Json:
    return [[key, _words(words)] for key, words in pairs]


def _plain_data(value: object) -> Json:
    if isinstance(value, dict):
        return {str(key): _plain_data(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain_data(inner) for inner in value]
    return str(value)
