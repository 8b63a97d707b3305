"""`dichterbij law coverage | calendar | impact`: what examples miss, what ends when, what a change does."""

import argparse
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Final

from dichterbij.kernel.clock import today
from dichterbij.kernel.dates import COVERED_UNTIL
from dichterbij.kernel.periods import Period

from .cases import questions_of, read_cases
from .cases_mapping import CaseMapping, UnfitRow
from .coverage import Coverage, coverage_of
from .determine import Question
from .impact import Asked, Impact, compare, decisions, invented
from .lawset import LawSet
from .series import Ending, endings
from .terminal import DETERMINED, ERROR, WrongUse, period_argument, read_facts, roots, say, shown_path
from .written import as_json

LONGEST: Final = 60
MOST_EXAMPLES: Final = 5


def add_coverage(parser: argparse.ArgumentParser) -> None:
    """Describe the command line of coverage."""
    parser.add_argument("law", nargs="?", help="the $id of one law (default: all)")
    parser.add_argument("--cases", type=Path, nargs="+", default=[], help="more case files, beside those of the laws")
    parser.set_defaults(run=_coverage)


def _coverage(arguments: argparse.Namespace) -> int:
    folders = roots(arguments)
    laws = LawSet.load(folders)
    if arguments.law and not laws.versions(arguments.law):
        raise WrongUse(f"there is no law '{arguments.law}'")
    own = sorted(file for folder in folders for file in folder.rglob("cases/*.csv"))
    try:
        found = coverage_of(laws, [*own, *arguments.cases], CaseMapping.load(folders))
    except (OSError, ValueError, KeyError) as error:
        raise WrongUse(f"this is no case file: {error}") from None
    names = [arguments.law] if arguments.law else list(laws.laws)
    say(*_covered(found, names))
    missed = [branch for branch in found.missed if branch.law in names]
    say(f"total: {found.rows} rows, {len(missed)} branches not covered")
    return ERROR if missed else DETERMINED


def _covered(found: Coverage, laws: Iterable[str]) -> Iterable[str]:
    for law in laws:
        taken, total = found.of(law)
        if total:
            yield f"{law}: {taken} of {total} branches covered"
        yield from (f"  {shown_path(found.place(branch))}" for branch in found.missed if branch.law == law)


def add_calendar(parser: argparse.ArgumentParser) -> None:
    """Describe the command line of calendar."""
    parser.add_argument("--on", type=date.fromisoformat, help="the day from which to look (default: today)")
    parser.set_defaults(run=_calendar)


def _calendar(arguments: argparse.Namespace) -> int:
    on = arguments.on or today()
    found = endings(LawSet.load(roots(arguments)))
    heading = ""
    for ending in found:
        title = f"{_when(ending, on)}: ready before {ending.first_day.isoformat()}"
        if title != heading:
            say(title)
        heading = title
        say(*_told(ending))
    say(f"equated days (Algemene termijnenwet): known until {COVERED_UNTIL}. Add a decree to kernel/equated_days.csv")
    overdue = sum(ending.last_day < on for ending in found)
    say(f"{len(found)} series end, {overdue} have ended")
    return DETERMINED


def _when(ending: Ending, on: date) -> str:
    return f"ended {ending.last_day.isoformat()}" if ending.last_day < on else f"ends {ending.last_day.isoformat()}"


def _told(ending: Ending) -> Iterable[str]:
    if not ending.amounts:
        yield f"  {ending.law} ({ending.name}): rules. Check them and move valid_to in {shown_path(ending.file)}"
        return
    yield f"  {ending.law} ({ending.name}): amounts. Copy {shown_path(ending.file)}"
    days = f"valid_from {ending.first_day.isoformat()}, valid_to {ending.next_last_day.isoformat()}"
    yield f"    to {shown_path(ending.next_file)} with {days}, and:"
    for amount in ending.amounts:
        shown = str(amount.value)
        value = shown if len(shown) <= LONGEST else f"{shown[:LONGEST]}..."
        yield f"    article {amount.article} {amount.name}: now {value}. {amount.source}".rstrip()


def add_impact(parser: argparse.ArgumentParser) -> None:
    """Describe the command line of impact."""
    parser.add_argument("old", type=Path, help="folder with the old law files")
    parser.add_argument("new", type=Path, help="folder with the new law files")
    parser.add_argument("--on", type=period_argument, help="the period for facts files and invented people")
    parser.add_argument("--facts", type=Path, help="a folder with facts files (JSON)")
    parser.add_argument("--invented", type=int, default=100, help="how many people to invent per decision (100)")
    parser.set_defaults(run=_impact)


def _impact(arguments: argparse.Namespace) -> int:
    folders = [arguments.old, arguments.new]
    for folder in folders:
        if not folder.is_dir():
            raise WrongUse(f"{folder} is no folder")
    old, new = (LawSet.load([folder]) for folder in folders)
    on = today()
    period = arguments.on or Period.month(on.year, on.month)
    base = Question(law="", outputs=(), subject="p1", period=period, decided_on=period.first)
    found = compare(old, new, _questions(folders, (old, new), base, arguments))
    say(*_changed(found))
    return DETERMINED


def _questions(
    folders: list[Path], laws: tuple[LawSet, LawSet], base: Question, arguments: argparse.Namespace
) -> Iterator[Asked]:
    yield from {each.name: each for folder in folders for each in _examples(folder)}.values()
    for file in sorted(arguments.facts.glob("*.json")) if arguments.facts else ():
        facts = read_facts(file)
        for question in decisions(laws[0], base):
            yield Asked(file.name, replace(question, subject=facts.subject), facts)
    for each in laws:
        yield from invented(each, base, arguments.invented)


def _examples(folder: Path) -> Iterator[Asked]:
    mapping = CaseMapping.load([folder])
    for file in sorted(folder.rglob("cases/*.csv")):
        for case in read_cases(file):
            try:
                for question, facts, _ in questions_of(case, mapping.entry(file.stem, case.input, case.expected)):
                    yield Asked(f"{file.stem} {case.id} {question.law}", question, facts)
            except UnfitRow:
                continue


def _changed(found: Impact) -> Iterable[str]:
    for (law, output), change in sorted(found.items()):
        if not change.differences:
            continue
        yield f"{law}#{output}: {len(change.differences)} of {change.compared} outcomes differ{_by(change.gaps)}"
        for each in change.differences[:MOST_EXAMPLES]:
            yield f"  {each.name}: {as_json(each.before)} -> {as_json(each.after)}"
    differing = sum(bool(change.differences) for change in found.values())
    yield f"total: {sum(change.compared for change in found.values())} outcomes compared, {differing} outputs changed"


def _by(gaps: list[Decimal]) -> str:
    if not gaps:
        return ""
    mean = round(sum(gaps, Decimal()) / len(gaps), 2)
    return f", by {as_json(gaps[0])} to {as_json(gaps[-1])}, {as_json(mean)} on average"
