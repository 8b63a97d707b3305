"""Write lines so that they survive a crash before anybody sees what they are about.

Everything that waits is written in one transaction: who comes first writes, who comes meanwhile waits; the first of
those writes next, for all of them. One disk synchronisation then serves many reads at once.
"""

from dataclasses import dataclass, field
from threading import Lock
from typing import Any
from uuid import uuid4

from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BinaryField, DateTimeField, Field, UUIDField
from django.db.utils import Error as DatabaseError

from dichterbij.kernel import clock

from .domain import Kind, Log, LogbookUnavailable, OpenTransaction
from .models import Line

DATABASE = "logbook"
SPECIAL = (UUIDField, DateTimeField, BinaryField)
"""Columns whose values each database wants in a form of its own."""


@dataclass(slots=True)
class _Ticket:
    """Lines that wait. `turn` is held until they are written, or until it is their turn to write for all."""

    lines: list[Line]
    turn: Lock = field(default_factory=Lock)
    is_done: bool = False
    error: DatabaseError | None = None


@dataclass(slots=True)
class _Waiting:
    tickets: list[_Ticket] = field(default_factory=list)
    is_busy: bool = False
    guard: Lock = field(default_factory=Lock)


_waiting = _Waiting()


def refuse_open_transaction() -> None:
    """Raise `OpenTransaction` inside a transaction of this thread; the wrapper of a test does not count."""
    for connection in connections.all(initialized_only=True):
        if any(not getattr(block, "_from_testcase", False) for block in connection.atomic_blocks):
            raise OpenTransaction(f"Database {connection.alias}.")


def append(lines: list[Line]) -> None:
    """Write lines durably; returns when they are on disk, raises `LogbookUnavailable` when they are not."""
    refuse_open_transaction()
    ticket = _Ticket(lines)
    if not _is_first(ticket):
        ticket.turn.acquire()
    if not ticket.is_done:
        _write_all()
    if ticket.error is not None:
        raise LogbookUnavailable from ticket.error


def _is_first(ticket: _Ticket) -> bool:
    """Join the queue; say whether nobody writes now, so that this one does."""
    ticket.turn.acquire()
    with _waiting.guard:
        _waiting.tickets.append(ticket)
        is_first, _waiting.is_busy = not _waiting.is_busy, True
    return is_first


def _write_all() -> None:
    """Write what waits, tell everybody, and let the first of those who came meanwhile write next."""
    with _waiting.guard:
        tickets, _waiting.tickets = _waiting.tickets, []
    error: DatabaseError | None = DatabaseError("interrupted")
    try:
        error = _write([line for ticket in tickets for line in ticket.lines])
    finally:
        for ticket in tickets:
            ticket.error, ticket.is_done = error, True
            ticket.turn.release()
        _hand_over()


def _hand_over() -> None:
    with _waiting.guard:
        if _waiting.tickets:
            _waiting.tickets[0].turn.release()
        else:
            _waiting.is_busy = False


def _write(lines: list[Line]) -> DatabaseError | None:
    try:
        _insert(lines)
    except DatabaseError as error:
        _let_go()
        return error
    return None


def _insert(lines: list[Line]) -> None:
    """Insert lines as they are; half the work of making the same statement through the models."""
    connection = connections[DATABASE]
    fields = [field for field in Line._meta.concrete_fields if not field.primary_key]
    names, places = ", ".join(field.column for field in fields), ", ".join(["%s"] * len(fields))
    values = [_values([getattr(line, field.attname) for line in lines], field, connection) for field in fields]
    rows = list(zip(*values, strict=True))
    with transaction.atomic(using=DATABASE), connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {Line._meta.db_table} ({names}) VALUES ({places})", rows)  # noqa: S608 our names


def _values(values: list[Any], field: "Field[Any, Any]", connection: BaseDatabaseWrapper) -> list[Any]:
    """Return the values of one column as the driver takes them; text and numbers are that already."""
    return [field.get_db_prep_save(value, connection) for value in values] if isinstance(field, SPECIAL) else values


def _let_go() -> None:
    """Close a connection that may be broken, so that the next line gets a new one."""
    connection = connections[DATABASE]
    if not connection.in_atomic_block:
        connection.close()


def is_writable() -> bool:
    """Say whether a line could be written now; the one that is tried is rolled back."""
    trial = Line(line_id=uuid4(), log=Log.OPEN, kind=Kind.ACT, at=clock.now(), own_matter=False, items=0, act=uuid4())
    try:
        with transaction.atomic(using=DATABASE):
            trial.save(using=DATABASE, force_insert=True)
            transaction.set_rollback(True, using=DATABASE)
    except DatabaseError:
        _let_go()
        return False
    return True
