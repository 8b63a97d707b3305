"""What a backup holds. It is written last: a folder without it is unfinished."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from dichterbij.kernel.problems import Problem

NAME = "backup.json"
MAIN, LOGBOOK, FILES = "main", "logbook", "files"


class BackupNotWhole(Problem):
    """A backup cannot be put back; the detail says what is wrong with it."""

    code = "backup-not-whole"
    title = "Deze kopie kan niet worden teruggezet"


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What was copied, from which kind of instance.

    `made_at`: ISO 8601; `log_lines`: how many lines the logbook had when the main database had been copied, so the
    least that its copy must have; `hashes`: SHA-256 per file, by its path in the folder.
    """

    mode: str
    engine: str
    made_at: str
    log_lines: int
    hashes: Mapping[str, str]


def write(folder: Path, manifest: Manifest) -> None:
    """Put the manifest with a finished copy, whole or not at all."""
    whole = folder / f".{NAME}"
    whole.write_text(json.dumps(asdict(manifest), indent=1, sort_keys=True) + "\n", encoding="utf-8")
    whole.rename(folder / NAME)


def read(folder: Path) -> Manifest:
    """Return the manifest of a folder whose every file is as it was written; raises `BackupNotWhole`."""
    try:
        found = Manifest(**json.loads((folder / NAME).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise BackupNotWhole(f"{folder / NAME} ontbreekt of is geen lijst van een kopie.") from error
    wrong = [name for name, known in found.hashes.items() if not _is_whole(folder / name, known)]
    if wrong:
        raise BackupNotWhole(f"Deze bestanden ontbreken of zijn veranderd: {', '.join(sorted(wrong))}.")
    return found


def hashes(folder: Path) -> Mapping[str, str]:
    """Return the hash of every file in a folder."""
    return {str(path.relative_to(folder)): _hash(path) for path in sorted(folder.rglob("*")) if path.is_file()}


def _is_whole(path: Path, known: str) -> bool:
    return path.is_file() and _hash(path) == known


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
