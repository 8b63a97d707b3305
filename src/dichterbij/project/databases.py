"""Where tables live: the logbook has a database of its own, everything else shares one."""

from typing import Any

from django.db.models import Model


class LogbookApart:
    """Send the tables of the logbook, and only those, to the logbook's database."""

    def db_for_read(self, model: type[Model], **_hints: Any) -> str:
        """Return the database to read a table from."""
        return "logbook" if model._meta.app_label == "logbook" else "default"

    db_for_write = db_for_read

    def allow_migrate(self, db: str, app_label: str, **_hints: Any) -> bool:
        """Say whether the tables of an application belong in a database."""
        return (db == "logbook") == (app_label == "logbook")
