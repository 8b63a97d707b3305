"""`dichterbij law document FILE`: write the overview of the laws, or say with `--check` that it is not current."""

import argparse
from pathlib import Path

from .cases_mapping import CaseMapping
from .laws_document import laws_document
from .lawset import LawSet
from .terminal import DETERMINED, ERROR, roots, say


def add_document(parser: argparse.ArgumentParser) -> None:
    """Describe the command line of document."""
    parser.add_argument("file", type=Path, help="where the overview stands, for example docs/laws.md")
    parser.add_argument("--check", action="store_true", help="write nothing; fail when the file is not current")
    parser.set_defaults(run=_document)


def _document(arguments: argparse.Namespace) -> int:
    folders, file = roots(arguments), arguments.file
    cases = sorted(found for folder in folders for found in folder.rglob("cases/*.csv"))
    written = laws_document(LawSet.load(folders), cases, CaseMapping.load(folders))
    if not arguments.check:
        file.write_text(written, encoding="utf-8")
        say(f"{file}: written")
        return DETERMINED
    is_current = file.is_file() and file.read_text(encoding="utf-8") == written
    say(f"{file}: current" if is_current else f"{file}: not current; run 'dichterbij law document {file}'")
    return DETERMINED if is_current else ERROR
