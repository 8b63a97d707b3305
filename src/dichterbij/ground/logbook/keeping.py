"""How long lines are kept, and on which ground (`content/logbook.yaml`)."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path

import yaml
from django.conf import settings

from dichterbij.kernel.clock import AMSTERDAM


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """How many years a line is kept, the law that says so, and where to read it."""

    keep_years: int
    ground: str
    source: str

    def is_over(self, sealed_at: datetime, now: datetime) -> bool:
        """Say whether lines that were signed at an instant are old enough to be removed."""
        return years_after(sealed_at, self.keep_years) <= now


def term() -> Term:
    """Return the term in force here."""
    return _load(tuple(Path(folder) / "content" / "logbook.yaml" for folder in settings.DATA_FOLDERS))


def years_after(moment: datetime, years: int) -> datetime:
    """Return the same moment so many years later, in Amsterdam; of 29 February the day after where there is none."""
    local = moment.astimezone(AMSTERDAM)
    try:
        return local.replace(year=local.year + years)
    except ValueError:
        return local.replace(year=local.year + years, month=3, day=1)


@lru_cache(maxsize=4)
def _load(files: tuple[Path, ...]) -> Term:
    found = [yaml.safe_load(file.read_text(encoding="utf-8")) for file in files if file.is_file()]
    return Term(**found[-1])
