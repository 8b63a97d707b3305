"""Law files that were read before, kept between processes: what has not changed is not read and checked again.

Kept as JSON, so that nothing in it can run, in a file that only its owner can write; anything else is left alone. The
key of a text is its hash; the name of the file has the hash of the code that read it, so newer code reads afresh.
"""

import hashlib
import json
import os
import stat
import tempfile
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Final

from .document import Raw, read_yaml

_READERS: Final = ("document.py", "check.py", "shapes.py", "law_shape.py", "expression_shape.py", "shelf.py")
_NUMBER: Final = "\0"
"""No YAML text can hold this character."""


@dataclass(slots=True)
class Shelf:
    """What was read before, by the hash of the text. Closed only when every text was found right."""

    file: Path | None = None
    known: dict[str, Raw] = field(default_factory=dict)
    new: dict[str, Raw] = field(default_factory=dict)

    @classmethod
    def open(cls, folder: Path | None) -> "Shelf":
        """Return the shelf of a folder, empty when it is not there yet or not private; without folder nothing stays."""
        if folder is None:
            return cls()
        file = folder / f"laws-{_readers()}.json"
        try:
            if not _is_private(folder) or not _is_private(file):
                return cls(file)
            return cls(file, json.loads(file.read_text(encoding="utf-8"), object_hook=_with_numbers))
        except (OSError, ValueError):
            return cls(file)

    def read(self, text: str, file: str) -> Raw:
        """Return the content of a law file; raises `LawSetInvalid` with its defect."""
        key = _key(text)
        return self.known[key] if key in self.known else read_yaml(text, file)

    def has(self, text: str) -> bool:
        """Say whether a text was read before and found right."""
        return _key(text) in self.known

    def put(self, text: str, data: Raw) -> None:
        """Remember what a text holds."""
        if _key(text) not in self.known:
            self.new[_key(text)] = data

    def close(self, texts: "list[str]") -> None:
        """Write down what is new, and forget what is no longer read; a disk that is full or read-only is no error."""
        if self.file is None or not self.new:
            return
        kept = {key: self.known[key] for key in map(_key, texts) if key in self.known}
        try:
            self.file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            if not _is_private(self.file.parent):
                return
            number, name = tempfile.mkstemp(dir=self.file.parent)
            with os.fdopen(number, "w", encoding="utf-8") as written:
                json.dump(kept | self.new, written, default=_as_text)
            Path(name).replace(self.file)
        except OSError:
            return


def _key(text: str) -> str:
    return hashlib.sha256(text.encode(errors="surrogateescape")).hexdigest()


@cache
def _readers() -> str:
    """Return a hash of the code that reads and checks law files."""
    here = Path(__file__).parent
    return hashlib.sha256(b"".join((here / name).read_bytes() for name in _READERS)).hexdigest()[:16]


def _is_private(path: Path) -> bool:
    """Say whether only we can write here."""
    found = path.lstat()
    return found.st_uid == os.geteuid() and not found.st_mode & 0o022 and not stat.S_ISLNK(found.st_mode)


def _as_text(value: object) -> dict[str, str]:
    if isinstance(value, Decimal):
        return {_NUMBER: str(value)}
    raise TypeError(type(value).__name__)


def _with_numbers(found: dict[str, Raw]) -> Raw:
    number = found.get(_NUMBER)
    return Decimal(number) if isinstance(number, str) else found
