"""How often a worker may type in a code or a number that is of nobody: a slip of the pen is no search."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from dichterbij.ground.identity.domain import Login
from dichterbij.kernel import clock
from dichterbij.kernel.problems import Problem

from .domain import TooManyTries
from .models import WrongTry

MOST, WITHIN = 5, timedelta(hours=1)
"""Choice, as at the counter: five slips an hour are many for who copies from paper, and few for who guesses."""


@contextmanager
def counted(login: Login, *wrong: type[Problem]) -> Iterator[None]:
    """Count what goes wrong in one of these ways; raise `TooManyTries` before the next try when it was too often.

    A try counts from its beginning, so that many at once are no way around it.
    """
    now = clock.now()
    mine = WrongTry.objects.filter(worker=login.party, at__gt=now - WITHIN)
    this = WrongTry.objects.create(worker=login.party, at=now)
    if mine.count() > MOST:
        this.delete()
        raise TooManyTries("Wacht een uur, of geef dit aan een collega.")
    try:
        yield
    except wrong:
        raise
    except BaseException:
        this.delete()
        raise
    this.delete()
