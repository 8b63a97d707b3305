"""A small invented world, made once per process and put back as it was for every test that asks."""

import shutil
from datetime import date
from functools import cache
from pathlib import Path

from dichterbij_world.load import load
from dichterbij_world.store import World, default_path


def small() -> World:
    """Put the world of sixty people where the registries of the demonstration look for it."""
    path = default_path()
    draft = path.with_name(path.name + ".draft")
    shutil.copyfile(_made(), draft)
    draft.replace(path)
    return World(path)


@cache
def _made() -> Path:
    return load(default_path().with_name("kept.sqlite3"), seed=1, persons=60, on=date(2026, 6, 15)).path
