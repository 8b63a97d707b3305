"""The command line of the law: `dichterbij law evaluate | cases | list | check | conformance`.

Exit codes of evaluate: 0 determined, 3 open, 4 refused, 1 error, 2 wrong use. No framework, no database.
"""

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Final, TypeAlias, cast

from dichterbij.kernel.formats import LANGUAGES
from dichterbij.kernel.periods import Period
from dichterbij.kernel.problems import Problem

from .cases import Report, documentation_rows, run_file
from .cases_mapping import CaseMapping
from .checking import check_rules
from .conformance import run as run_conformance
from .determine import Determined, Facts, Open, Outcome, Question, Refused, determine
from .errors import LawError, LawSetInvalid
from .explain import Explanation, QuestionLine, explain
from .labels_check import check_labels
from .lawset import LawSet
from .model import LawVersion
from .values import Given
from .written import Json, as_json

DETERMINED, ERROR, USAGE, OPEN, REFUSED = 0, 1, 2, 3, 4
PACKAGE: Final = Path(__file__).resolve().parents[1]
Answer: TypeAlias = dict[str, Json]


class _WrongUse(Exception):
    """A file or value on the command line cannot be used."""


def run(argv: list[str]) -> int:
    """Run one command of the law and return its exit code."""
    try:
        arguments = _parser().parse_args(argv)
        return int(cast(Callable[[argparse.Namespace], int], arguments.run)(arguments))
    except SystemExit as done:
        return int(done.code or 0)
    except _WrongUse as wrong:
        sys.stderr.write(f"dichterbij law: {wrong}\n")
        return USAGE
    except LawSetInvalid as invalid:
        _say(*map(str, invalid.defects), f"{len(invalid.defects)} defects")
        return ERROR


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="dichterbij law", description="The law, applied.")
    parser.add_argument("--laws", type=Path, action="append", help="folder with law files (default: the shipped ones)")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _add_evaluate(commands.add_parser("evaluate", help="say what a law gives for one person"))
    cases = commands.add_parser("cases", help="run worked examples")
    cases.add_argument("files", type=Path, nargs="+")
    cases.set_defaults(run=_cases)
    commands.add_parser("list", help="list the laws and their versions").set_defaults(run=_list)
    check = commands.add_parser("check", help="find every defect of law files")
    check.add_argument("path", type=Path, nargs="?")
    check.set_defaults(run=_check)
    conformance = commands.add_parser("conformance", help="run a conformance folder of the RegelRecht format")
    conformance.add_argument("directory", type=Path)
    conformance.set_defaults(run=_conformance)
    return parser


def _add_evaluate(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("law", help="the $id of the law")
    parser.add_argument("output", nargs="?", help="one output; without it those of decisions and legal positions")
    parser.add_argument("--on", required=True, type=_period, help="the period: 2026, 2026-06 or 2026-06-15")
    parser.add_argument(
        "--decided-on", type=date.fromisoformat, help="the day of the decision (default: first of --on)"
    )
    parser.add_argument("--territory", default="NL")
    parser.add_argument("--facts", required=True, type=Path, help="a facts file (JSON)")
    parser.add_argument("--language", choices=LANGUAGES, default="nl")
    parser.add_argument("--trace", action="store_true")
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(run=_evaluate)


def _period(written: str) -> Period:
    try:
        return Period.parse(written)
    except Problem as problem:
        raise argparse.ArgumentTypeError(problem.detail) from None


def _roots(arguments: argparse.Namespace) -> list[Path]:
    """Return the folders with law files: named, or the shipped ones with the overlay of DICHTERBIJ_DATA."""
    if arguments.laws:
        return list(arguments.laws)
    shipped = PACKAGE / "data" if (PACKAGE / "data").is_dir() else PACKAGE.parents[1]
    overlay = os.environ.get("DICHTERBIJ_DATA")
    folders = [shipped, *([Path(overlay)] if overlay else [])]
    return [folder / "laws" for folder in folders if (folder / "laws").is_dir()]


def _say(*lines: str) -> None:
    sys.stdout.write("".join(f"{line}\n" for line in lines))


# -- evaluate ------------------------------------------------------------------------------------------------


def _evaluate(arguments: argparse.Namespace) -> int:
    laws, facts = LawSet.load(_roots(arguments)), _facts(arguments.facts)
    question = Question(
        law=arguments.law,
        outputs=(arguments.output,) if arguments.output else (),
        subject=facts.subject,
        period=arguments.on,
        decided_on=arguments.decided_on or arguments.on.first,
        territory=arguments.territory,
    )
    try:
        outcome = determine(laws, question, facts)
    except LawError as error:
        return _failed(error, as_text=not arguments.json)
    told = explain(outcome, laws, arguments.language)
    if arguments.json:
        _say(json.dumps(_answer(outcome, told, with_trace=arguments.trace), ensure_ascii=False, indent=2))
    else:
        _say(*_told(told, with_steps=arguments.trace))
    return _exit_code(outcome)


def _facts(file: Path) -> Facts:
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
        subject, persons = data["subject"], data["persons"]
    except (OSError, ValueError, KeyError, TypeError):
        raise _WrongUse(f"{file} is no facts file: a JSON object with 'subject' and 'persons'") from None
    if not isinstance(persons, dict) or not all(isinstance(found, dict) for found in persons.values()):
        raise _WrongUse(f"{file}: 'persons' holds an object per person")
    return Facts(subject=str(subject), persons=cast(dict[str, dict[str, Given]], persons))


def _failed(error: LawError, *, as_text: bool) -> int:
    problem: Answer = {**error.as_json(), "name": error.name, "place": str(error.place)}
    if as_text:
        sys.stderr.write(f"{error.name}: {error.detail} ({error.place})\n")
    else:
        _say(json.dumps(_frame("error", problem=problem), ensure_ascii=False, indent=2))
    return ERROR


def _exit_code(outcome: Outcome) -> int:
    match outcome:
        case Determined():
            return DETERMINED
        case Open():
            return OPEN
        case Refused():
            return REFUSED


def _frame(state: str, **parts: Json) -> Answer:
    empty: Answer = {"outputs": {}, "questions": [], "problem": None, "receipt": None, "trace": None}
    return {"state": state, **empty, **parts}


def _answer(outcome: Outcome, told: Explanation, *, with_trace: bool) -> Answer:
    if isinstance(outcome, Refused):
        problem: Json = {"code": outcome.code, "detail": outcome.detail, "who_helps": outcome.who_helps}
        return _frame("refused", problem=problem)
    outputs: Json = {name: as_json(value) for name, value in outcome.outputs.items()}
    trace = outcome.trace() if with_trace else None
    if isinstance(outcome, Open):
        return _frame("open", outputs=outputs, questions=[_question(line) for line in told.missing], trace=trace)
    return _frame("determined", outputs=outputs, receipt=outcome.receipt(), trace=trace)


def _question(line: QuestionLine) -> Json:
    return {
        "person": line.ref.person,
        "fact": line.ref.fact,
        "question": line.question,
        "help": line.help,
        "type": line.type,
        "values": [value for value, _ in line.values],
        "origin": line.origin,
        "source": line.source,
        "law": line.law_name,
        "article": line.article,
        "url": line.url,
        "nobody_knows": line.nobody_knows,
    }


def _told(told: Explanation, *, with_steps: bool) -> Iterable[str]:
    yield told.outcome
    yield from (f"  {line.label}: {line.value_text} ({line.source})" for line in told.deciding)
    yield from (f"- {reason}" for reason in told.why_not)
    yield from (f"? {line.question} ({line.law_name}, {line.article}; {line.source})" for line in told.missing)
    yield from (f"! {notice}" for notice in told.provisional)
    if with_steps:
        yield from (f"  {step.label} = {step.value_text} [{step.law_name}, {step.article}]" for step in told.steps)


# -- cases, list, check, conformance ------------------------------------------------------------------------


def _cases(arguments: argparse.Namespace) -> int:
    roots = _roots(arguments)
    laws, mapping, documentation = LawSet.load(roots), CaseMapping.load(roots), documentation_rows(roots)
    reports = []
    for file in arguments.files:
        try:
            reports.append(run_file(file, laws, mapping, documentation))
        except (OSError, ValueError, KeyError) as error:
            raise _WrongUse(f"{file} is no case file: {error}") from None
        _say(*_report(reports[-1]))
    passed, failed = sum(report.passed for report in reports), sum(len(report.failures) for report in reports)
    _say(f"total: {passed} passed, {failed} failed, {sum(report.skipped for report in reports)} skipped")
    return ERROR if failed else DETERMINED


def _report(report: Report) -> Iterable[str]:
    yield f"{report.file}: {report.passed} passed, {len(report.failures)} failed, {report.skipped} skipped"
    if report.assumed:
        yield f"  assumed: {', '.join(sorted(report.assumed))}"
    yield from (f"  {fail.id}: expected {fail.expected}, got {fail.got}" for fail in report.failures)


def _list(arguments: argparse.Namespace) -> int:
    laws = LawSet.load(_roots(arguments))
    _say(*(_version_line(version) for versions in laws.laws.values() for version in versions))
    return DETERMINED


def _version_line(version: LawVersion) -> str:
    until = f"{version.valid_from} - {version.valid_to or '...'}"
    translated = sum(article.is_translated for article in version.articles)
    return f"{version.id:<50} {until:<24} {translated:>3} articles  {version.layer}  {version.name}"


def _check(arguments: argparse.Namespace) -> int:
    laws = LawSet.load([arguments.path] if arguments.path else _roots(arguments))
    defects = [*check_rules(laws), *check_labels(laws)]
    versions = sum(map(len, laws.laws.values()))
    _say(*map(str, defects), f"{versions} law files, {len(defects)} defects")
    return ERROR if defects else DETERMINED


def _conformance(arguments: argparse.Namespace) -> int:
    if not arguments.directory.is_dir():
        raise _WrongUse(f"{arguments.directory} is no folder")
    report = run_conformance(arguments.directory)
    _say(str(report))
    return DETERMINED if report.is_clean else ERROR
