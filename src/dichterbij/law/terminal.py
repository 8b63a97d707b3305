"""What the commands of the law share: the folders, printing, exit codes, wrong use."""

import argparse
import os
import sys
from pathlib import Path
from typing import Final

DETERMINED, ERROR, USAGE, OPEN, REFUSED = 0, 1, 2, 3, 4
PACKAGE: Final = Path(__file__).resolve().parents[1]


class WrongUse(Exception):
    """A file or value on the command line cannot be used."""


def roots(arguments: argparse.Namespace) -> list[Path]:
    """Return the folders with law files: named, or the shipped ones with the overlay of DICHTERBIJ_DATA."""
    if arguments.laws:
        return list(arguments.laws)
    shipped = PACKAGE / "data" if (PACKAGE / "data").is_dir() else PACKAGE.parents[1]
    overlay = os.environ.get("DICHTERBIJ_DATA")
    folders = [shipped, *([Path(overlay)] if overlay else [])]
    return [folder / "laws" for folder in folders if (folder / "laws").is_dir()]


def say(*lines: str) -> None:
    """Print lines."""
    sys.stdout.write("".join(f"{line}\n" for line in lines))
