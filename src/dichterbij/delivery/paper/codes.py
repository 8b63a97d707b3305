"""The code of a form and of each of its pages: random, read by eye or scanner, and a slip of the pen is noticed."""

import hashlib
import re
import secrets
from dataclasses import dataclass

import segno

from dichterbij.delivery.messages.document import PageMark
from dichterbij.kernel.problems import Problem

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""No sign that looks like another one: as in the reference of a case."""
LENGTH = 16
MOST_PAGES = 12
_WHOLE = re.compile(rf"([{ALPHABET}]{{{LENGTH}}})(\d{{1,2}})([{ALPHABET}]{{2}})")
_SHORT = re.compile(rf"(\d{{1,2}})([{ALPHABET}]{{2}})")


class NotACode(Problem):
    """What was typed or scanned is no code of a page: a sign is wrong, missing or too much."""

    code = "not-a-code"
    title = "Dit is geen code van een formulier"
    status = 422


@dataclass(frozen=True, slots=True)
class PageCode:
    """One page of one form."""

    form: str
    page: int


def new_code() -> str:
    """Return a new code of a form: sixteen signs, eighty random bits."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def code_from(digest: bytes) -> str:
    """Return the code that ten secret bytes give: the same bytes, the same code."""
    number = int.from_bytes(digest[:10], "big")
    return "".join(ALPHABET[number >> (5 * place) & 31] for place in range(LENGTH))


def mark(form: str, page: int) -> PageMark:
    """Return what stands on top of a page: four groups of four, the page, and two signs that check them."""
    groups = " ".join(form[at : at + 4] for at in range(0, LENGTH, 4))
    text = f"{groups} - {page} {_check(form, page)}"
    matrix = segno.make(text.replace(" ", ""), error="m", micro=False).matrix
    return PageMark(text, tuple("".join("1" if dot else "0" for dot in row) for row in matrix))


def marks(form: str) -> tuple[PageMark, ...]:
    """Return the marks of all pages a form may have."""
    return tuple(mark(form, page) for page in range(1, MOST_PAGES + 1))


def read(lines: str) -> tuple[PageCode, ...]:
    """Return the pages that were scanned or typed, one a line; raises `NotACode` for the first line that is none.

    The first line is a whole code; of a further page of the same form its number and check signs are enough.
    """
    found: list[PageCode] = []
    for line in filter(None, (_bare(line) for line in lines.splitlines())):
        found.append(_page(line, found[-1].form if found else ""))
    return tuple(found)


def _bare(line: str) -> str:
    return re.sub(r"[\s.\-–]", "", line).upper()


def _page(line: str, before: str) -> PageCode:
    whole = _WHOLE.fullmatch(line)
    short = _SHORT.fullmatch(line)
    if whole:
        form, page, check = whole.groups()
    elif short and before:
        form, (page, check) = before, short.groups()
    else:
        raise NotACode("Neem de code over zoals die bovenaan de bladzijde staat.")
    if _check(form, int(page)) != check:
        raise NotACode("Er zit een fout in deze code. Kijk bovenaan de bladzijde.")
    return PageCode(form, int(page))


def _check(form: str, page: int) -> str:
    return "".join(ALPHABET[byte & 31] for byte in hashlib.sha256(f"{form}:{page}".encode()).digest()[:2])
