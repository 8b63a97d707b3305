"""Look in the database at what a line says and no column repeats: its case and its product."""

from typing import Any

from django.db.models import CharField, F, Func


class Said(Func):
    """A text that the bytes of a line hold under a name; nothing when they hold none."""

    output_field = CharField()

    def __init__(self, name: str) -> None:
        super().__init__(F("body"), name=name)

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        """Return how SQLite reads it."""
        template = "json_extract(CAST(%(expressions)s AS TEXT), '$.%(name)s')"
        return self.as_sql(compiler, connection, template=template, **extra)

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        """Return how PostgreSQL reads it."""
        template = "convert_from(%(expressions)s, 'UTF8')::json ->> '%(name)s'"
        return self.as_sql(compiler, connection, template=template, **extra)
