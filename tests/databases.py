"""What every test finds in its databases: nothing but one instance and, when it asks, the shipped organisations."""

from collections.abc import Iterable
from functools import lru_cache
from itertools import compress
from typing import Any

from django.conf import settings
from django.db import connections, transaction

from dichterbij.ground.logbook import append_only
from dichterbij.ground.organisations import keys, models, queries, services
from dichterbij.kernel.identifiers import Oin

_OF_MIGRATIONS = {"django_content_type", "django_migrations"}
_written: dict[tuple[Any, ...], tuple[list[models.Organisation], list[models.Unit], models.Instance]] = {}


def empty(aliases: Iterable[str]) -> None:
    """Empty what a test filled, a tenth of the work of emptying every table; lifts the guard of the logbook for it."""
    for alias in aliases:
        if filled := _filled(connections[alias]):
            _delete(connections[alias], filled)
    services.mark_new_database()


def set_up_organisations() -> None:
    """Set up the organisations of the data folders, with their keys: read once, then the same rows again."""
    folders = (*settings.DATA_FOLDERS,)
    if folders in _written:
        _write(*_written[folders])
        return
    services.set_up_all()
    _written[folders] = (
        list(models.Organisation.objects.all()),
        list(models.Unit.objects.all()),
        models.Instance.objects.get(),
    )


def _write(organisations: list[models.Organisation], units: list[models.Unit], instance: models.Instance) -> None:
    with transaction.atomic():
        models.Organisation.objects.bulk_create(organisations)
        models.Unit.objects.bulk_create(units)
        models.Instance.objects.update(operator=instance.operator_id)
    for each in organisations:
        oin = Oin(each.oin)
        if (each.hosted or each.oin == instance.operator_id) and not keys.present(oin):
            keys.make(oin)
    queries.forget()


def _filled(connection: Any) -> list[str]:
    tables = _tables(connection.alias)
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(f"EXISTS (SELECT 1 FROM {table})" for table in tables))  # noqa: S608
        return list(compress(tables, cursor.fetchone()))


@lru_cache
def _tables(alias: str) -> tuple[str, ...]:
    found = connections[alias].introspection.django_table_names(only_existing=True, include_views=False)
    return tuple(sorted(set(found) - _OF_MIGRATIONS))


def _delete(connection: Any, tables: list[str]) -> None:
    guarded = tuple(table for table in append_only.TABLES if table in tables)
    append_only.unguard(connection, guarded)
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"DELETE FROM {table}")  # noqa: S608 a name of our own
    if guarded:
        append_only.guard(connection)
