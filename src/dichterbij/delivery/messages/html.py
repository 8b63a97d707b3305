"""A document as HTML: elements with a meaning, so that a letter kept for years is readable without any style."""

from collections.abc import Iterable

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from .characters import printable
from .document import (
    Ask,
    Block,
    Contact,
    Document,
    Foreign,
    Heading,
    Inline,
    Items,
    KeyValues,
    Letterhead,
    Link,
    Notice,
    Paragraph,
    Part,
    Strong,
    Table,
    Words,
    inlines,
)  # fmt: skip

_SAFE_SCHEMES = ("https://", "mailto:", "tel:", "/")


def html(document: Document) -> SafeString:
    """Return the document as one `<article>` with its title as `h1`; everything a person wrote is escaped."""
    head = _head(document.head) if document.head else ""
    whole = format_html(
        '<article class="dichterbij-letter" lang="{}">{}<h1>{}</h1>{}</article>',
        document.language, head, document.title, _join(_block(block) for block in document.blocks),
    )  # fmt: skip
    return SafeString(printable(whole))  # escaped above; fewer characters, never other ones


def _head(head: Letterhead) -> SafeString:
    notice = format_html('<p class="dichterbij-highlight"><strong>{}</strong></p>', head.notice) if head.notice else ""
    return format_html(
        '<div class="dichterbij-flow">{}<p><strong>{}</strong></p>{}{}{}</div>',
        notice, head.sender, _lines(head.sender_lines), _lines(head.recipient_lines), _pairs(head.facts),
    )  # fmt: skip


def _lines(lines: tuple[str, ...]) -> SafeString:
    if not lines:
        return SafeString()
    return format_html("<p>{}</p>", format_html_join(SafeString("<br>"), "{}", ((line,) for line in lines)))


def _block(block: Block, deeper: int = 0) -> SafeString:  # noqa: PLR0911 one way out per kind of block
    match block:
        case Heading(text, level):
            tag = f"h{level + deeper}"
            return format_html("<{}>{}</{}>", tag, text, tag)
        case Paragraph(words, ""):
            return format_html("<p>{}</p>", _words(words))
        case Paragraph(words, language):
            return format_html('<p lang="{}">{}</p>', language, _words(words))
        case Items(items, ordered):
            tag = "ol" if ordered else "ul"
            return format_html(
                "<{}>{}</{}>", tag, _join(format_html("<li>{}</li>", _words(item)) for item in items), tag
            )
        case Table():
            return _table(block)
        case KeyValues(pairs):
            return _pairs(pairs)
        case Contact(name, pairs):
            return format_html(
                '<div class="dichterbij-highlight"><p><strong>{}</strong></p>{}</div>', name, _pairs(pairs)
            )
        case Notice(title, words):
            return format_html(
                '<div class="dichterbij-highlight"><p><strong>{}</strong></p><p>{}</p></div>', title, _words(words)
            )
        case Ask():
            return _ask(block)
        case Part(language, title, blocks):
            inner = _join(_block(each, deeper + 1) for each in blocks)
            return format_html(
                '<section class="dichterbij-flow" lang="{}"><h2>{}</h2>{}</section>', language, title, inner
            )


def _ask(ask: Ask) -> SafeString:
    told = _join(format_html("<p>{}</p>", line) for line in (ask.help, ask.given, ask.cue) if line)
    options = _join(format_html("<li>{}</li>", option) for option in ask.options)
    listed = format_html("<ul>{}</ul>", options) if ask.options else ""
    return format_html("<p><strong>{}</strong></p>{}{}", ask.question, told, listed)


def _table(table: Table) -> SafeString:
    header = _join(
        format_html('<th scope="col"{}>{}</th>', _side(table, column), name) for column, name in enumerate(table.header)
    )
    rows = _join(format_html("<tr>{}</tr>", _row(table, row)) for row in table.rows)
    return format_html(
        '<div class="utrecht-table-container" role="region" aria-label="{}" tabindex="0"><table class="utrecht-table">'
        "<caption>{}</caption><thead><tr>{}</tr></thead><tbody>{}</tbody></table></div>",
        table.caption,
        table.caption,
        header,
        rows,
    )


def _row(table: Table, row: tuple[Words, ...]) -> SafeString:
    first = format_html('<th scope="row">{}</th>', _words(row[0]))
    rest = (
        format_html("<td{}>{}</td>", _side(table, column), _words(cell))
        for column, cell in enumerate(row)
        if column > 0
    )
    return _join([first, *rest])


def _side(table: Table, column: int) -> SafeString:
    return SafeString(' class="dichterbij-amount"' if column in table.numeric else "")


def _pairs(pairs: Iterable[tuple[str, Words]]) -> SafeString:
    items = format_html_join("", "<dt>{}</dt><dd>{}</dd>", ((key, _words(words)) for key, words in pairs))
    return format_html('<dl class="dichterbij-facts">{}</dl>', items) if items else SafeString()


def _words(words: Words) -> SafeString:
    return _join(_inline(piece) for piece in inlines(words))


def _inline(piece: Inline) -> SafeString:
    match piece:
        case Link(text, url) if url.startswith(_SAFE_SCHEMES):
            return format_html('<a href="{}">{}</a>', url, text)
        case Strong(text):
            return format_html("<strong>{}</strong>", text)
        case Foreign(text, language, url):
            return format_html('<span lang="{}">{}</span>', language, _inline(Link(text, url)))
        case Link(text, _):
            return format_html("{}", text)
        case str():
            return format_html("{}", piece)


def _join(pieces: Iterable[SafeString]) -> SafeString:
    return format_html_join("", "{}", ((piece,) for piece in pieces))
