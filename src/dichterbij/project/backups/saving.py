"""Copy an instance while it runs: main database first, logbook last, then the other files, without keys."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import connections

from dichterbij.ground.logbook import queries as logbook
from dichterbij.kernel import clock

from . import engines, manifest
from .manifest import FILES, LOGBOOK, MAIN, BackupNotWhole, Manifest

LEFT_OUT = ("keys", "static", "metrics")
"""Keys are kept elsewhere, by hand; static files are made again by `prepare`, metrics begin anew."""


def save(folder: Path) -> Manifest:
    """Copy everything to an empty folder and return what was copied; raises `BackupNotWhole` when it cannot."""
    if folder.exists() and any(folder.iterdir()):
        raise BackupNotWhole(f"{folder} is niet leeg.")
    before = os.umask(0o077)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        engines.copy_out("default", folder / MAIN)
        lines = logbook.size()
        engines.copy_out("logbook", folder / LOGBOOK)
        _copy_files(Path(settings.STATE), folder)
        return _finish(folder, lines)
    finally:
        os.umask(before)


def _finish(folder: Path, lines: int) -> Manifest:
    made = Manifest(
        mode=settings.MODE,
        engine=engines.engine(),
        made_at=clock.now().isoformat(timespec="seconds"),
        log_lines=lines,
        hashes=manifest.hashes(folder),
    )
    manifest.write(folder, made)
    return made


def _copy_files(state: Path, folder: Path) -> None:
    for path in _other_files(state, folder):
        target = folder / FILES / path.relative_to(state)
        target.parent.mkdir(parents=True, exist_ok=True)
        if path.suffix == ".sqlite3":
            engines.copy_sqlite(path, target)
        else:
            shutil.copyfile(path, target)


def _other_files(state: Path, folder: Path) -> Iterator[Path]:
    own = {Path(connections[alias].settings_dict["NAME"]).resolve() for alias in connections}
    for path in sorted(state.rglob("*")):
        is_left_out = path.relative_to(state).parts[0] in LEFT_OUT or path.resolve().is_relative_to(folder.resolve())
        is_side = path.name.endswith((*engines.SIDES, ".before-restore"))
        if path.is_file() and not is_left_out and not is_side and path.resolve() not in own:
            yield path
