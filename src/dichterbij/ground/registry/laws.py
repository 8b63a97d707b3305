"""The law set of the whole product, loaded once per process."""

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from dichterbij.law.lawset import LawSet


def current_laws() -> LawSet:
    """Return all law files of the data folders; raises `LawSetInvalid` with every defect."""
    return _load(tuple(Path(folder) / "laws" for folder in settings.DATA_FOLDERS))


@lru_cache(maxsize=4)
def _load(folders: tuple[Path, ...]) -> LawSet:
    return LawSet.load([folder for folder in folders if folder.is_dir()], shelf=settings.STATE / "shelf")
