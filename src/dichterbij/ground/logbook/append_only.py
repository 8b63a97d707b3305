"""Triggers by which the database itself refuses to change or remove a line, a position, a node or a head."""

from typing import Any

FIRST_TABLES = ("logbook_line", "logbook_position", "logbook_head")
TABLES = (*FIRST_TABLES, "logbook_node")

_SQLITE = """CREATE TRIGGER IF NOT EXISTS {table}_no_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, 'the logbook is append-only'); END"""
_POSTGRESQL_FUNCTION = """CREATE OR REPLACE FUNCTION logbook_append_only() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'the logbook is append-only'; END $$"""
_POSTGRESQL = """CREATE OR REPLACE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION logbook_append_only()"""


def guard(connection: Any, tables: tuple[str, ...] = TABLES) -> None:
    """Put the triggers in place."""
    statements = [_POSTGRESQL_FUNCTION] if connection.vendor == "postgresql" else []
    statements += [form.format(table=table, verb=verb) for form, table, verb in _all(connection, tables)]
    _run(connection, statements)


def unguard(connection: Any, tables: tuple[str, ...] = TABLES) -> None:
    """Take the triggers away: only to undo the migration, and to empty the database of a test."""
    on = " ON {table}" if connection.vendor == "postgresql" else ""
    form = "DROP TRIGGER IF EXISTS {table}_no_{verb}" + on
    _run(connection, [form.format(table=table, verb=verb) for _, table, verb in _all(connection, tables)])


def _all(connection: Any, tables: tuple[str, ...]) -> list[tuple[str, str, str]]:
    is_postgresql = connection.vendor == "postgresql"
    verbs = ("update", "delete", "truncate") if is_postgresql else ("update", "delete")
    return [(_POSTGRESQL if is_postgresql else _SQLITE, table, verb) for table in tables for verb in verbs]


def _run(connection: Any, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
