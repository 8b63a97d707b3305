"""What is watched during every journey: no number of a person anywhere, and few questions to the database."""

import logging
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.db.backends.utils import CursorWrapper

MOST_QUERIES = 12
NINE_DIGITS = re.compile(r"(?<!\d)\d{9}(?!\d)")
_NOT_A_QUESTION = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "SET ", "PRAGMA")


@dataclass
class Watch(logging.Handler):
    """Finds numbers of people of the world in whatever is sent or written; also listens to every log line.

    `secrets`: texts that the person who looks may not see, such as the income of a parent.
    """

    numbers: frozenset[str]
    secrets: frozenset[str] = frozenset()
    found: list[str] = field(default_factory=list)
    looked_at: int = 0

    def __post_init__(self) -> None:
        logging.Handler.__init__(self)

    __hash__ = logging.Handler.__hash__

    def look(self, where: str, text: str) -> None:
        """Note where a number of somebody stands."""
        self.looked_at += 1
        self.found += [where for digits in NINE_DIGITS.findall(text) if digits in self.numbers]
        self.found += [f"{where}: {secret}" for secret in self.secrets if secret in text.replace("\xa0", " ")]

    def emit(self, record: logging.LogRecord) -> None:
        """Look at a line as it is written, before anything masks it."""
        self.look(f"log line of {record.name}", logging.Formatter("%(message)s").format(record))


@contextmanager
def counted() -> Iterator[list[str]]:
    """Count every question to a database, of every thread; give the list of them.

    What a process remembers of organisations for some seconds is looked up anew first: a number never depends on the
    clock, also when that memory was almost over.
    """
    from dichterbij.ground.organisations import queries as organisations  # a visitor of a server outside has no Django

    organisations.forget()
    organisations.organisations()
    asked: list[str] = []
    lock, real = threading.Lock(), CursorWrapper.execute

    def execute(self: CursorWrapper, sql: str, params: object = None) -> object:
        if not str(sql).lstrip().upper().startswith(_NOT_A_QUESTION):
            with lock:
                asked.append(str(sql))
        return real(self, sql, params)

    CursorWrapper.execute = execute  # type: ignore[assignment,method-assign]
    try:
        yield asked
    finally:
        CursorWrapper.execute = real  # type: ignore[method-assign]
