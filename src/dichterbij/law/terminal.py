"""What the commands of the law share: the folders, printing, exit codes, wrong use."""

import argparse
import json
import os
import sys
from pathlib import Path
from typing import Final, cast

from dichterbij.kernel.periods import Period
from dichterbij.kernel.problems import Problem

from .determine import Facts
from .territory import is_territory
from .values import Given

DETERMINED, ERROR, USAGE, OPEN, REFUSED = 0, 1, 2, 3, 4
PACKAGE: Final = Path(__file__).resolve().parents[1]


class WrongUse(Exception):
    """A file or value on the command line cannot be used."""


def roots(arguments: argparse.Namespace) -> list[Path]:
    """Return the folders with law files: named, or the shipped ones with the overlay of DICHTERBIJ_DATA."""
    if arguments.laws:
        return [existing(path) for path in arguments.laws]
    shipped = PACKAGE / "data" if (PACKAGE / "data").is_dir() else PACKAGE.parents[1]
    overlay = os.environ.get("DICHTERBIJ_DATA")
    folders = [shipped, *([Path(overlay)] if overlay else [])]
    return [folder / "laws" for folder in folders if (folder / "laws").is_dir()]


def existing(path: Path) -> Path:
    """Return a path that is there; raises WrongUse."""
    if not path.exists():
        raise WrongUse(f"{path} does not exist")
    return path


def say(*lines: str) -> None:
    """Print lines."""
    sys.stdout.write("".join(f"{line}\n" for line in lines))


def shown_path(path: str) -> str:
    """Return a path as seen from the present folder, when it lies in there."""
    return path.removeprefix(f"{Path.cwd()}{os.sep}")


def period_argument(written: str) -> Period:
    """Return a period as written: 2026, 2026-06 or 2026-06-15."""
    try:
        return Period.parse(written)
    except Problem as problem:
        raise argparse.ArgumentTypeError(problem.detail) from None


def territory_argument(written: str) -> str:
    """Return a territory as written: NL, BQ-BO, GM0599, or several of these."""
    if not is_territory(written):
        raise argparse.ArgumentTypeError(f"'{written}' is no territory: NL, BQ-BO, BQ-SE, BQ-SA, GM0599, PV28, WS0155")
    return written


def read_facts(file: Path) -> Facts:
    """Return the content of a facts file; raises WrongUse when it is none."""
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
        subject, persons = data["subject"], data["persons"]
    except (OSError, ValueError, KeyError, TypeError):
        raise WrongUse(f"{file} is no facts file: a JSON object with 'subject' and 'persons'") from None
    if not isinstance(persons, dict) or not all(isinstance(found, dict) for found in persons.values()):
        raise WrongUse(f"{file}: 'persons' holds an object per person")
    if persons and subject not in persons:
        raise WrongUse(f"{file}: the subject '{subject}' is none of the persons")
    return Facts(subject=str(subject), persons=cast(dict[str, dict[str, Given]], persons))
