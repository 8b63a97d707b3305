"""Write lines so that they survive a crash before anybody sees what they are about.

Everything that waits is written in one transaction: whoever enters first takes the others along. One disk
synchronisation then serves many reads at once.
"""

from dataclasses import dataclass, field
from threading import Lock
from uuid import uuid4

from django.db import connections, transaction
from django.db.utils import Error as DatabaseError

from dichterbij.kernel import clock

from .domain import Kind, Log, LogbookUnavailable, OpenTransaction
from .models import Line

DATABASE = "logbook"


@dataclass(slots=True)
class _Ticket:
    lines: list[Line]
    is_done: bool = False
    error: DatabaseError | None = None


@dataclass(slots=True)
class _Waiting:
    tickets: list[_Ticket] = field(default_factory=list)
    guard: Lock = field(default_factory=Lock)
    gate: Lock = field(default_factory=Lock)


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
    with _waiting.guard:
        _waiting.tickets.append(ticket)
    with _waiting.gate:
        if not ticket.is_done:
            _write_all()
    if ticket.error is not None:
        raise LogbookUnavailable from ticket.error


def _write_all() -> None:
    with _waiting.guard:
        tickets, _waiting.tickets = _waiting.tickets, []
    error = _write([line for ticket in tickets for line in ticket.lines])
    for ticket in tickets:
        ticket.error, ticket.is_done = error, True


def _write(lines: list[Line]) -> DatabaseError | None:
    try:
        with transaction.atomic(using=DATABASE):
            Line.objects.using(DATABASE).bulk_create(lines)
    except DatabaseError as error:
        _let_go()
        return error
    return None


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
