"""Remove the lines of a month when their term has passed; stands, the tree above them and a signed note stay.

When no line of a year is left the key of its pseudonyms goes too, so that a copy of its lines leads to nobody.

The note comes first: the database lets go of what a note covers and of nothing else. Who is killed in between goes on
where it stopped.
"""

from django.db import connections, transaction

from dichterbij.ground.organisations import keys
from dichterbij.ground.organisations import queries as organisations
from dichterbij.kernel import clock
from dichterbij.kernel.clock import day_of

from . import keeping, removals, tree
from .appending import DATABASE
from .domain import Log
from .models import Position, Removal
from .months import Month, months

CHUNK = 5000
_LINES = """DELETE FROM logbook_line WHERE id IN
(SELECT line_id FROM logbook_position WHERE log = %s AND position BETWEEN %s AND %s)"""
_POSITIONS = "DELETE FROM logbook_position WHERE log = %s AND position BETWEEN %s AND %s"


def expired(log: Log) -> tuple[Month, ...]:
    """Return the months whose lines are all older than the term."""
    term, now = keeping.term(), clock.now()
    return tuple(month for month in months(log) if term.is_over(month.sealed_at, now))


def remove_expired(log: Log) -> tuple[Month, ...]:
    """Remove every month whose term has passed; returns which. Asks the rights of the owner of the database."""
    found = expired(log)
    for month in found:
        _note(month)
    _let_go(log)
    _destroy_keys()
    return found


def _note(month: Month) -> None:
    term, operator = keeping.term(), organisations.operator().oin
    note = Removal(
        log=month.log.value,
        last=month.last,
        tail=b"".join(tree.tail(month.log, month.last)),
        keep_years=term.keep_years,
        ground=term.ground,
        removed_at=clock.now(),
        operator=operator.value,
        public_key=keys.public_key(operator),
    )
    note.signature = keys.sign(operator, removals.message(note), purpose=removals.purpose(month.log))
    note.save(force_insert=True)


def _let_go(log: Log) -> None:
    """Delete every line that a note covers, a few thousand at a time."""
    last = removals.last_removed(log)
    while (first := _first(log)) is not None and first <= last:
        until = min(first + CHUNK - 1, last)
        with transaction.atomic(using=DATABASE), connections[DATABASE].cursor() as cursor:
            cursor.execute(_LINES, [log.value, first, until])
            cursor.execute(_POSITIONS, [log.value, first, until])


def _destroy_keys() -> None:
    """Destroy the keys of the years of which neither log has a line left, of every organisation that lives here."""
    rows = [Position.objects.filter(log=log).order_by("position").select_related("line").first() for log in Log]
    oldest = min((day_of(row.line.at).year for row in rows if row), default=clock.today().year)
    for each in organisations.organisations():
        if keys.present(each.oin):
            keys.destroy_before(each.oin, oldest)


def _first(log: Log) -> int | None:
    return Position.objects.filter(log=log).order_by("position").values_list("position", flat=True).first()
