"""Codes that are handed over or posted: made at random, found again by keyed hash, and not to be guessed."""

import secrets
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet

from dichterbij.ground.organisations import keys
from dichterbij.ground.organisations import queries as organisations
from dichterbij.kernel import clock
from dichterbij.kernel.problems import Problem

from .models import Counted, WrongCode

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Signs that nobody takes for another."""
LENGTH = 12
WORKS_FOR = timedelta(days=14)
WRONG_CODES = 5
WAIT = timedelta(hours=1)
PURPOSE = "authority.mandate"


class CodeUnknown(Problem):
    """A code does not exist, was used, or is too old; which of these is not said."""

    code = "code-unknown"
    title = "Deze code werkt niet"
    status = 404


class TooManyCodes(Problem):
    """Somebody typed too many codes that do not exist."""

    code = "too-many-codes"
    title = "U typte te vaak een code die niet klopt"
    status = 429


def make(length: int = LENGTH) -> str:
    """Return a new code of so many signs."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def plain(code: str) -> str:
    """Return a code as it was made, however it was typed.

    >>> plain("k7qm-4xpr 9dtw")
    'K7QM4XPR9DTW'
    """
    return "".join(sign for sign in code.upper() if sign in ALPHABET)


def spaced(code: str) -> str:
    """Return a code as people read it.

    >>> spaced("K7QM4XPR9DTW")
    'K7QM 4XPR 9DTW'
    """
    return " ".join(code[start : start + 4] for start in range(0, len(code), 4))


def lookup(code: str) -> str:
    """Return the keyed hash under which a code is found, however it was typed."""
    return keys.keyed_hash(organisations.operator().oin, PURPOSE, plain(code))


def ensure_not_guessing(party: UUID) -> None:
    """Raise `TooManyCodes` for who typed five wrong codes within an hour."""
    if _counted(Counted.CODE).filter(party=party, at__gt=clock.now() - WAIT).count() >= WRONG_CODES:
        raise TooManyCodes("Wij wachten daarom een uur.", remedy="Vraag om een nieuwe code, of vraag ons om hulp.")


def wrong(party: UUID) -> CodeUnknown:
    """Note that somebody typed a code that does not work, and return what to raise."""
    WrongCode.objects.create(party=party, at=clock.now(), what=Counted.CODE)
    return CodeUnknown("De code bestaat niet, is al gebruikt of is te oud.", remedy="Vraag om een nieuwe code.")


def count_letter(party: UUID, most: int) -> bool:
    """Note that somebody asks for a letter with a code; False, and nothing noted, after so many while a code works.

    Noted before it is counted: of several that are asked at the same moment no more than `most` go.
    """
    now = clock.now()
    noted = WrongCode.objects.create(party=party, at=now, what=Counted.LETTER)
    if _counted(Counted.LETTER).filter(party=party, at__gt=now - WORKS_FOR).count() <= most:
        return True
    noted.delete()
    return False


def purge(now: datetime) -> int:
    """Forget wrong codes after a day, and letters that were asked for when their code works no more."""
    wrong_codes = _counted(Counted.CODE).filter(at__lte=now - timedelta(days=1))
    return wrong_codes.delete()[0] + _counted(Counted.LETTER).filter(at__lte=now - WORKS_FOR).delete()[0]


def _counted(what: Counted) -> "QuerySet[WrongCode]":
    return WrongCode.objects.filter(what=what)
