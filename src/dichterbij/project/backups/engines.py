"""Copy one database to a file and back: SQLite by its own backup, PostgreSQL by pg_dump and pg_restore."""

import os
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from django.db import connections

from .manifest import BackupNotWhole

SIDES = ("-wal", "-shm", "-journal")
"""What SQLite keeps beside a database while it is in use."""


def engine() -> str:
    """Return the kind of database this instance uses: `sqlite` or `postgresql`."""
    return connections["default"].vendor


def copy_out(alias: str, target: Path) -> None:
    """Copy a database in use to a file, as it is at one moment."""
    if engine() == "sqlite":
        copy_sqlite(Path(connections[alias].settings_dict["NAME"]), target)
    else:
        _run(alias, ["pg_dump", "--format=custom", "--no-owner", f"--file={target}"])


def copy_sqlite(source: Path, target: Path) -> None:
    """Copy a SQLite database through its backup interface: also what is still in the write-ahead log."""
    with closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as live, closing(sqlite3.connect(target)) as copy:
        live.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")


def put_back(alias: str, source: Path) -> Callable[[], None]:
    """Replace a database by its copy; returns what undoes it. On PostgreSQL it is one transaction without undo."""
    connections[alias].close()
    if engine() == "sqlite":
        _ensure_sound(source)
        return replace_file(source, Path(connections[alias].settings_dict["NAME"]))
    restore = ["pg_restore", "--clean", "--if-exists", "--no-owner", "--single-transaction", "--exit-on-error"]
    _run(alias, [*restore, f"--dbname={connections[alias].settings_dict['NAME']}", str(source)])
    return lambda: None


def replace_file(source: Path, target: Path) -> Callable[[], None]:
    """Put a file in the place of another; what was there stays beside it as `.before-restore`."""
    aside = target.with_name(f"{target.name}.before-restore")
    whole = target.with_name(f".{target.name}.restoring")
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    whole.write_bytes(source.read_bytes())
    for side in SIDES:
        target.with_name(target.name + side).unlink(missing_ok=True)
    if target.exists():
        target.replace(aside)
    whole.replace(target)

    def undo() -> None:
        target.unlink()
        if aside.exists():
            aside.replace(target)

    return undo


def _ensure_sound(copy: Path) -> None:
    with closing(sqlite3.connect(f"file:{copy}?mode=ro", uri=True)) as database:
        try:
            answer = database.execute("PRAGMA integrity_check").fetchone()[0]
        except sqlite3.DatabaseError as error:
            answer = str(error)
    if answer != "ok":
        raise BackupNotWhole(f"{copy.name} is beschadigd: {answer}.")


def _run(alias: str, command: list[str]) -> None:
    """Run a tool of PostgreSQL against a database; the password goes through the environment."""
    known = connections[alias].settings_dict
    names = {"PGDATABASE": "NAME", "PGUSER": "USER", "PGPASSWORD": "PASSWORD", "PGHOST": "HOST", "PGPORT": "PORT"}
    told = {name: str(known[key]) for name, key in names.items() if known.get(key)}
    try:
        done = subprocess.run(command, env={**os.environ, **told}, capture_output=True, text=True, check=False)
    except FileNotFoundError as missing:
        raise BackupNotWhole(f"{command[0]} is er niet. Installeer de client van PostgreSQL.") from missing
    if done.returncode != 0:
        raise BackupNotWhole(f"{command[0]}: {done.stderr.strip()[:500]}")
