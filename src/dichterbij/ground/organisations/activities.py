"""The processing activities of an organisation, as the record writes them (`content/activities.yaml`)."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

from .domain import UnknownOrganisation


def written(key: str, folders: Iterable[Path]) -> Mapping[str, Any]:
    """Return the entries of an organisation in the record of the data folders, the later folder before the earlier."""
    found: dict[str, Any] = {}
    for path in (folder / "content" / "activities.yaml" for folder in folders):
        if path.is_file():
            found |= yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    return {name: entry for name, entry in found.items() if name.startswith(f"{key}.")}


def as_of(key: str, like: str, folders: Iterable[Path]) -> str:
    """Return the entries of another organisation in the name of this one; raises `UnknownOrganisation`."""
    theirs = written(like, folders)
    if not theirs:
        raise UnknownOrganisation(f"Van {like} staat er geen verwerking in content/activities.yaml.")
    own = {f"{key}{name.removeprefix(like)}": {**entry, "organisation": key} for name, entry in theirs.items()}
    # One by one, so that no entry refers to another.
    return "".join(yaml.safe_dump({name: entry}, allow_unicode=True, sort_keys=False) for name, entry in own.items())
