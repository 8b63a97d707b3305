"""Put a copy back, after checking that it is whole, of this kind of instance, and that its log can be trusted."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connections

from dichterbij.delivery.cases import queries as cases
from dichterbij.ground.logbook import queries as logbook
from dichterbij.ground.logbook import verifying
from dichterbij.ground.organisations import keys
from dichterbij.ground.organisations import queries as organisations

from . import engines, manifest
from .manifest import FILES, LOGBOOK, MAIN, BackupNotWhole, Manifest

ACT_MINUTE = timedelta(seconds=60)
"""An act is in the log before it is done, and an access holds a minute: so much older its line can be."""


def restore(folder: Path) -> Manifest:
    """Replace this instance by a copy; nobody may be using it. When a check fails, what was there comes back.

    Raises `BackupNotWhole`.
    """
    found = manifest.read(folder)
    if (found.mode, found.engine) != (settings.MODE, engines.engine()):
        raise BackupNotWhole(f"Dit is een kopie van een {found.mode} op {found.engine}.")
    undo: list[Callable[[], None]] = []
    try:
        undo.append(engines.put_back("logbook", folder / LOGBOOK))
        undo.append(engines.put_back("default", folder / MAIN))
        connections.close_all()
        organisations.forget()
        _migrate()
        _ensure_log(found)
    except BackupNotWhole:
        connections.close_all()
        for step in reversed(undo):
            step()
        organisations.forget()
        raise
    _put_files_back(folder / FILES)
    return found


def without_keys() -> tuple[str, ...]:
    """Return the hosted organisations whose keys are not on this machine: put them back before serving."""
    return tuple(found.name for found in organisations.hosted() if not keys.present(found.oin))


def _migrate() -> None:
    """Bring a copy that an earlier release made to this one: only then it can be read."""
    for alias in connections:
        call_command("migrate", database=alias, verbosity=0, interactive=False)


def _ensure_log(found: Manifest) -> None:
    for finding in verifying.verify():
        if finding.position is not None:
            raise BackupNotWhole(f"Het logboek klopt niet bij regel {finding.position}: {finding.what}.")
    if logbook.size() < found.log_lines:
        raise BackupNotWhole(f"Het logboek heeft {logbook.size()} regels en moet er {found.log_lines} hebben.")
    act, line = cases.last_act(), logbook.last_at()
    if act is not None and (line is None or line < act - ACT_MINUTE):
        raise BackupNotWhole(f"Het logboek loopt tot {line}, maar de laatste handeling was {act}.")


def _put_files_back(files: Path) -> None:
    for path in sorted(files.rglob("*")) if files.is_dir() else ():
        if path.is_file():
            engines.replace_file(path, Path(settings.STATE) / path.relative_to(files))
