"""What a screen reader gets from a file: text in the order of the tags, and which tag each piece stands in."""

from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from itertools import groupby

import pikepdf

INLINE = ("Strong", "Em", "Link", "Span", "Lbl")


@dataclass(frozen=True)
class Piece:
    """A run of text with the tag path that leads to it."""

    path: tuple[str, ...]
    text: str
    block: tuple[int, int]


def words(text: str) -> str:
    """Return text with every stretch of white space as one space."""
    return " ".join(text.split())


def _cmap(font: pikepdf.Dictionary) -> dict[int, str]:
    table: dict[int, str] = {}
    mode = ""
    for instruction in pikepdf.parse_content_stream(font.ToUnicode):
        operator = str(instruction.operator)
        operands = list(instruction.operands)
        if operator == "endbfchar":
            for code, text in zip(operands[::2], operands[1::2], strict=True):
                table[int.from_bytes(bytes(code), "big")] = bytes(text).decode("utf-16-be")
        elif operator == "endbfrange":
            for first, last, text in zip(operands[::3], operands[1::3], operands[2::3], strict=True):
                start = int.from_bytes(bytes(first), "big")
                for code in range(start, int.from_bytes(bytes(last), "big") + 1):
                    raw = bytes(text)
                    table[code] = (raw[:-1] + bytes([raw[-1] + code - start])).decode("utf-16-be")
        mode = operator
    assert mode
    return table


def marked_text(pdf: pikepdf.Pdf) -> tuple[dict[tuple[int, int], str], list[str]]:
    """Return the text of each marked-content id per page, and text that is neither tagged nor an artifact."""
    tagged: dict[tuple[int, int], str] = {}
    loose: list[str] = []
    for number, page in enumerate(pdf.pages):
        fonts = {name: _cmap(font) for name, font in page.Resources.Font.items()}
        current: dict[int, str] = {}
        stack: list[tuple[str, int | None]] = []
        for instruction in pikepdf.parse_content_stream(page):
            operator, operands = str(instruction.operator), instruction.operands
            if operator in ("BDC", "BMC"):
                properties = operands[1] if len(operands) > 1 else {}
                mcid = (
                    int(properties["/MCID"])
                    if isinstance(properties, pikepdf.Dictionary) and "/MCID" in properties
                    else None
                )
                stack.append((str(operands[0]), mcid))
            elif operator == "EMC":
                stack.pop()
            elif operator == "Tf":
                current = fonts[str(operands[0])]
            elif operator in ("Tj", "TJ"):
                text = _decode(operands, current)
                mcids = [mcid for _, mcid in stack if mcid is not None]
                if mcids:
                    key = (number, mcids[-1])
                    tagged[key] = tagged.get(key, "") + text
                elif not any(tag == "/Artifact" for tag, _ in stack):
                    loose.append(text)
            elif operator in ("Td", "TD", "T*", "Tm") and stack and stack[-1][1] is not None:
                key = (number, stack[-1][1])
                if tagged.get(key):
                    tagged[key] += " "
        assert not stack
    return tagged, loose


def everything_on(page: pikepdf.Page) -> str:
    """Return all text that an eye sees on a page, also what no screen reader says: codes and page numbers."""
    fonts = {name: _cmap(font) for name, font in page.Resources.Font.items()}
    current: dict[int, str] = {}
    seen = ""
    for instruction in pikepdf.parse_content_stream(page):
        operator = str(instruction.operator)
        if operator == "Tf":
            current = fonts[str(instruction.operands[0])]
        elif operator in ("Tj", "TJ"):
            seen += _decode(instruction.operands, current)
        elif operator == "Tm":
            seen += " "
    return words(seen)


def _decode(operands: object, table: dict[int, str]) -> str:
    pieces: list[bytes] = []
    for operand in operands:  # type: ignore[attr-defined]
        if isinstance(operand, pikepdf.String):
            pieces.append(bytes(operand))
        elif isinstance(operand, pikepdf.Array):
            pieces.extend(bytes(part) for part in operand if isinstance(part, pikepdf.String))
    raw = b"".join(pieces)
    return "".join(table[int.from_bytes(raw[i : i + 2], "big")] for i in range(0, len(raw), 2))


def pieces_of_pdf(pdf: pikepdf.Pdf) -> list[Piece]:
    """Return every tagged piece of text in reading order."""
    pages = {page.objgen: number for number, page in enumerate(pdf.pages)}
    tagged, _ = marked_text(pdf)
    return list(_walk(pdf.Root.StructTreeRoot.K, (), (0, 0), 0, pages, tagged))


def _walk(
    node: object, path: tuple[str, ...], block: tuple[int, int], page: int, pages: dict, tagged: dict
) -> Iterator[Piece]:
    if isinstance(node, int):
        yield Piece(path, tagged.get((page, node), ""), block)
    elif isinstance(node, pikepdf.Array):
        for child in node:
            yield from _walk(child, path, block, page, pages, tagged)
    elif isinstance(node, pikepdf.Dictionary):
        page = pages[node.Pg.objgen] if "/Pg" in node else page
        if "/MCID" in node:
            yield Piece(path, tagged.get((page, int(node.MCID)), ""), block)
        elif "/S" in node and "/K" in node:
            role = str(node.S)[1:]
            block = block if role in INLINE else node.objgen
            yield from _walk(node.K, (*path, role), block, page, pages, tagged)


def text_of_pdf(pdf: pikepdf.Pdf) -> str:
    """Return the words a reader hears, without bullets and numbers of lists."""
    spoken = [piece for piece in pieces_of_pdf(pdf) if not _is_bullet(piece)]
    return words("".join(part for _, run in groupby(spoken, key=lambda piece: piece.block)
                         for part in (" ", *(piece.text for piece in run))))  # fmt: skip


def _is_bullet(piece: Piece) -> bool:
    return piece.path[-1] == "Lbl" and (piece.text.strip() in "•‣–" or piece.text.strip().rstrip(".").isdigit())


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_data(self, data: str) -> None:
        self.found.append(data)

    def handle_starttag(self, tag: str, attrs: list) -> None:
        if tag not in ("a", "strong", "span"):
            self.found.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag not in ("a", "strong", "span"):
            self.found.append(" ")


def text_of_html(fragment: str) -> str:
    """Return the words of an HTML fragment."""
    parser = _Text()
    parser.feed(fragment)
    return words("".join(parser.found))
