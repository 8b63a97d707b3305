"""Where the files beside a law may stand: next to its version, and at the same place in every folder of laws."""

from pathlib import Path

from dichterbij.ground.assessment.laws import current_laws
from dichterbij.law.model import LawVersion


def folders(version: LawVersion) -> tuple[Path, ...]:
    """Return the folders that may hold notes and examples of a law, shipped ones first."""
    own, roots = Path(version.file).parent, current_laws().roots
    places = [own.relative_to(root) for root in roots if own.is_relative_to(root)]
    return tuple(dict.fromkeys([*(root / place for root in roots for place in places), own]))
