"""Look in the database at what a line says and no column repeats: its case and its product."""

from typing import Any

from django.db.models import CharField, F, Func

SQLITE = "json_extract(CAST(%(expressions)s AS TEXT), '$.%(name)s')"
POSTGRESQL = "convert_from(%(expressions)s, 'UTF8')::json ->> '%(name)s'"


class Said(Func):
    """A text that the bytes of a line hold under a name; nothing when they hold none."""

    output_field = CharField()

    def __init__(self, name: str) -> None:
        super().__init__(F("body"), name=name)

    def as_sql(self, compiler: Any, connection: Any, *args: Any, **extra: Any) -> Any:
        """Return how the database at hand reads it."""
        template = POSTGRESQL if connection.vendor == "postgresql" else SQLITE
        return super().as_sql(compiler, connection, *args, **{"template": template, **extra})
