"""Triggers by which the database itself refuses to change or remove a line, a position, a node or a head.

Only what a kept removal covers (`models.Removal`: a month whose term has passed, signed) may be deleted.
"""

from collections.abc import Mapping
from typing import Any

FIRST_TABLES = ("logbook_line", "logbook_position", "logbook_head")
SECOND_TABLES = (*FIRST_TABLES, "logbook_node")
TABLES = (*SECOND_TABLES, "logbook_removal")

REMOVABLE: Mapping[str, str] = {
    "logbook_line": "SELECT 1 FROM logbook_position p JOIN logbook_removal r ON r.log = p.log AND p.position <= r.last"
    " WHERE p.line_id = OLD.id",
    "logbook_position": "SELECT 1 FROM logbook_removal r WHERE r.log = OLD.log AND OLD.position <= r.last",
}
"""Per table, what must exist before a row may be deleted."""

_SQLITE = """CREATE TRIGGER IF NOT EXISTS {table}_no_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, 'the logbook is append-only'); END"""
_SQLITE_REMOVABLE = """CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} WHEN NOT EXISTS ({covered})
BEGIN SELECT RAISE(ABORT, 'the logbook is append-only'); END"""
_POSTGRESQL_FUNCTION = """CREATE OR REPLACE FUNCTION logbook_append_only() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'the logbook is append-only'; END $$"""
_POSTGRESQL = """CREATE OR REPLACE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION logbook_append_only()"""
_POSTGRESQL_COVERED = """CREATE OR REPLACE FUNCTION {table}_covered() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN IF EXISTS ({covered}) THEN RETURN OLD; END IF; RAISE EXCEPTION 'the logbook is append-only'; END $$"""
_POSTGRESQL_REMOVABLE = """CREATE OR REPLACE TRIGGER {table}_no_delete BEFORE DELETE ON {table}
FOR EACH ROW EXECUTE FUNCTION {table}_covered()"""


def guard(connection: Any, tables: tuple[str, ...] = TABLES) -> None:
    """Put the triggers in place; on all tables together with what lets a month that is past its term go."""
    statements = [_POSTGRESQL_FUNCTION] if connection.vendor == "postgresql" else []
    statements += [form.format(table=table, verb=verb) for form, table, verb in _all(connection, tables)]
    _run(connection, statements)
    if tables == TABLES:
        _let_removed_months_go(connection)


def unguard(connection: Any, tables: tuple[str, ...] = TABLES) -> None:
    """Take the triggers away: only to undo the migration, and to empty the database of a test."""
    _run(connection, [_without(connection, table, verb) for _, table, verb in _all(connection, tables)])


def _let_removed_months_go(connection: Any) -> None:
    is_postgresql = connection.vendor == "postgresql"
    forms = (_POSTGRESQL_COVERED, _POSTGRESQL_REMOVABLE) if is_postgresql else (_SQLITE_REMOVABLE,)
    for table, covered in REMOVABLE.items():
        made = [form.format(table=table, covered=covered) for form in forms]
        _run(connection, [_without(connection, table, "delete"), *made])


def _without(connection: Any, table: str, verb: str) -> str:
    on = f" ON {table}" if connection.vendor == "postgresql" else ""
    return f"DROP TRIGGER IF EXISTS {table}_no_{verb}{on}"


def _all(connection: Any, tables: tuple[str, ...]) -> list[tuple[str, str, str]]:
    is_postgresql = connection.vendor == "postgresql"
    verbs = ("update", "delete", "truncate") if is_postgresql else ("update", "delete")
    return [(_POSTGRESQL if is_postgresql else _SQLITE, table, verb) for table in tables for verb in verbs]


def _run(connection: Any, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
