"""The command line of the law: `dichterbij law COMMAND`; `dichterbij law --help` lists them.

Exit codes of evaluate: 0 determined, 3 open, 4 refused, 1 error, 2 wrong use. No framework, no database.
"""

import argparse
import sys
from collections.abc import Callable, Iterable
from importlib.util import find_spec
from pathlib import Path
from typing import Final, cast

from .cases import Report, documentation_rows, run_file
from .cases_mapping import CaseMapping
from .checking import check_cliffs, check_grounds, check_notes, check_rules
from .command_document import add_document
from .command_evaluate import add_evaluate
from .command_new import add_new
from .command_upkeep import add_calendar, add_coverage, add_impact
from .conformance import run as run_conformance
from .errors import LawSetInvalid
from .labels_check import check_labels
from .lawset import LawSet
from .model import LawVersion
from .terminal import DETERMINED, ERROR, USAGE, WrongUse, existing, roots, say, shown_path

CENTS: Final = 100


def run(argv: list[str]) -> int:
    """Run one command of the law and return its exit code."""
    try:
        arguments = _parser().parse_args(argv)
        return int(cast(Callable[[argparse.Namespace], int], arguments.run)(arguments))
    except SystemExit as done:
        return int(done.code or 0)
    except WrongUse as wrong:
        sys.stderr.write(f"dichterbij law: {wrong}\n")
        return USAGE
    except LawSetInvalid as invalid:
        say(*map(str, invalid.defects), f"{len(invalid.defects)} defects")
        return ERROR


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="dichterbij law", description="The law, applied.")
    parser.add_argument("--laws", type=Path, action="append", help="folder with law files (default: the shipped ones)")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    add_evaluate(commands.add_parser("evaluate", help="say what a law gives for one person"))
    cases = commands.add_parser("cases", help="run worked examples")
    cases.add_argument("files", type=Path, nargs="+")
    cases.set_defaults(run=_cases)
    commands.add_parser("list", help="list the laws and their versions").set_defaults(run=_list)
    check = commands.add_parser("check", help="find every defect of law files")
    check.add_argument("path", type=Path, nargs="?")
    check.add_argument(
        "--cliff", type=int, metavar="EUROS", help="also look for larger jumps at one cent, where a condition turns"
    )
    check.add_argument("--grounds", action="store_true", help="also list the rules that decide on a protected ground")
    check.set_defaults(run=_check)
    add_coverage(commands.add_parser("coverage", help="list the branches of rules that no worked example reaches"))
    add_calendar(commands.add_parser("calendar", help="list which amounts end when, and what to add"))
    add_impact(commands.add_parser("impact", help="say which outcomes differ between two folders of law files"))
    add_new(commands.add_parser("new", help="lay out a new scheme, from law to letter, in an overlay folder"))
    add_document(commands.add_parser("document", help="write the overview of the laws"))
    conformance = commands.add_parser("conformance", help="run a conformance folder of the RegelRecht format")
    conformance.add_argument("directory", type=Path)
    conformance.add_argument("--columns", action="store_true", help="run every evaluation on columns too (NumPy)")
    conformance.set_defaults(run=_conformance)
    return parser


# -- cases, list, check, conformance ------------------------------------------------------------------------


def _cases(arguments: argparse.Namespace) -> int:
    folders = roots(arguments)
    laws, mapping, documentation = LawSet.load(folders), CaseMapping.load(folders), documentation_rows(folders)
    reports = []
    for file in arguments.files:
        try:
            reports.append(run_file(file, laws, mapping, documentation))
        except (OSError, ValueError, KeyError) as error:
            raise WrongUse(f"{file} is no case file: {error}") from None
        say(*_report(reports[-1]))
    passed, failed = sum(report.passed for report in reports), sum(len(report.failures) for report in reports)
    say(f"total: {passed} passed, {failed} failed, {sum(report.skipped for report in reports)} skipped")
    return ERROR if failed else DETERMINED


def _report(report: Report) -> Iterable[str]:
    yield f"{report.file}: {report.passed} passed, {len(report.failures)} failed, {report.skipped} skipped"
    if report.assumed:
        yield f"  assumed: {', '.join(sorted(report.assumed))}"
    yield from (f"  {fail.id}: expected {fail.expected}, got {fail.got}" for fail in report.failures)


def _list(arguments: argparse.Namespace) -> int:
    laws = LawSet.load(roots(arguments))
    say(*(_version_line(version) for versions in laws.laws.values() for version in versions))
    return DETERMINED


def _version_line(version: LawVersion) -> str:
    until = f"{version.valid_from} - {version.valid_to or '...'}"
    translated = sum(article.is_translated for article in version.articles)
    return f"{version.id:<50} {until:<24} {translated:>3} articles  {version.layer}  {version.name}"


def _check(arguments: argparse.Namespace) -> int:
    laws = LawSet.load([existing(arguments.path)] if arguments.path else roots(arguments))
    defects = [*check_rules(laws), *check_labels(laws), *check_notes(laws)]
    notices = check_grounds(laws) if arguments.grounds else []
    if arguments.cliff is not None:
        notices += check_cliffs(laws, arguments.cliff * CENTS)
    say(*(shown_path(str(found)) for found in (*defects, *notices)))
    say(*([f"{len(notices)} rules to look at"] if notices else []))
    say(f"{sum(map(len, laws.laws.values()))} law files, {len(defects)} defects")
    return ERROR if defects else DETERMINED


def _conformance(arguments: argparse.Namespace) -> int:
    if not arguments.directory.is_dir():
        raise WrongUse(f"{arguments.directory} is no folder")
    if arguments.columns and find_spec("numpy") is None:
        raise WrongUse("--columns needs NumPy: pip install 'dichterbij[population]'")
    report = run_conformance(arguments.directory, columns=arguments.columns)
    if not report.passed + report.failed + report.unsupported:
        raise WrongUse(f"{arguments.directory} holds no feature, golden case or schema fixture to run")
    say(str(report))
    return DETERMINED if report.is_clean else ERROR
