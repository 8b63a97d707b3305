"""Check, seal, prove, archive and hand over the logbook from the command line."""

import json
import zipfile
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management import BaseCommand, CommandError
from django.db import DatabaseError

from dichterbij.ground.logbook import (
    keeping,
    months,
    projections,
    proof_files,
    proving,
    removing,
    sealing,
    staff_audit,
    statistics,
    verifying,
)
from dichterbij.ground.logbook.domain import Json, Log
from dichterbij.ground.logbook.models import Line
from dichterbij.ground.organisations import queries as organisations
from dichterbij.kernel import clock
from dichterbij.kernel.clock import AMSTERDAM
from dichterbij.kernel.problems import Problem


def _known(text: str) -> verifying.KnownHead:
    log, size, chain = text.split(":")
    return verifying.KnownHead(log=Log(log), size=int(size), chain_hash=bytes.fromhex(chain))


def _month(text: str) -> str:
    try:
        return datetime.strptime(text, "%Y-%m").strftime("%Y-%m")  # noqa: DTZ007 a month has no zone
    except ValueError:
        raise ArgumentTypeError("write a month as 2026-06") from None


class Command(BaseCommand):
    """`dichterbij logbook verify`: exit 0 when every line is as it was written, 1 with the first that is not."""

    help = "Verify, seal, prove, archive and hand over the logbook."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the tasks and their options."""
        tasks = parser.add_subparsers(dest="task", required=True)
        verify = tasks.add_parser("verify", help="check every line, or a file")
        verify.add_argument("--head", type=_known, metavar="LOG:SIZE:HASH", help="a head kept elsewhere")
        verify.add_argument("--proof", type=Path, metavar="FILE", help="check this proof and nothing else")
        verify.add_argument("--month", type=Path, metavar="FILE", help="check this exported month and nothing else")
        tasks.add_parser("seal", help="sign what waits")
        prove = tasks.add_parser("prove", help="prove a line, or that a later head only added to an earlier one")
        prove.add_argument("line", nargs="?", type=UUID, help="the line to prove")
        prove.add_argument("--from", dest="first", type=int, metavar="SIZE", help="the earlier published head")
        prove.add_argument("--to", dest="second", type=int, metavar="SIZE", help="the later published head")
        tasks.add_parser("months", help="the months, with until when they are kept")
        export = tasks.add_parser("export", help="write months that are over to Parquet files")
        export.add_argument("folder", type=Path)
        export.add_argument("--month", dest="name", type=_month, help="only this month, such as 2026-06")
        export.add_argument("--log", type=Log, choices=list(Log), default=Log.OPEN)
        remove = tasks.add_parser("remove", help="remove months whose term has passed; as owner of the database")
        remove.add_argument("--dry-run", action="store_true", help="only say which")
        counts = tasks.add_parser("statistics", help="how often was looked in a month that is over, in tens")
        counts.add_argument("name", type=_month, metavar="MONTH", help="such as 2026-05")
        self._add_projections(tasks)

    def _add_projections(self, tasks: Any) -> None:
        for name, about in (("ldv", "records of Logboek Dataverwerkingen"), ("staff", "who of our staff looked")):
            task = tasks.add_parser(name, help=f"{about}, one JSON object per line, without values")
            task.add_argument("organisation", help="its key, such as duo")
            task.add_argument("--since", type=date.fromisoformat, help="from this day; otherwise the last month")
            task.add_argument("--until", type=date.fromisoformat, help="up to and including this day")
            if name == "ldv":
                task.add_argument("--log", type=Log, choices=list(Log), default=Log.OPEN)
            else:
                task.add_argument("--worker", default="", metavar="REFERENCE", help="only this worker")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Do the task."""
        tasks = {
            "verify": self._verify,
            "seal": self._seal,
            "prove": self._prove,
            "months": self._months,
            "export": self._export,
            "remove": self._remove,
            "statistics": self._statistics,
            "ldv": self._ldv,
            "staff": self._staff,
        }
        try:
            tasks[options["task"]](options)
        except Problem as problem:
            raise CommandError(f"{problem.title}. {problem.detail}") from problem

    def _seal(self, _options: Mapping[str, Any]) -> None:
        self.stdout.write(f"{sealing.seal()} lines sealed")

    def _verify(self, options: Mapping[str, Any]) -> None:
        if options["proof"]:
            self._check(options["proof"])
        elif options["month"]:
            first, last = _archiving().check(options["month"])
            self.stdout.write(f"in order: lines {first} to {last}, up to a signed head")
        else:
            self._verify_all(options["head"])

    def _verify_all(self, known: verifying.KnownHead | None) -> None:
        findings = verifying.verify(known)
        for found in findings:
            state = "in order" if found.position is None else f"WRONG at position {found.position}: {found.what}"
            numbers = f"{found.lines} lines, {found.heads} signed heads, {found.unsealed} waiting"
            removed = f", {found.removed} removed after their term" if found.removed else ""
            self.stdout.write(f"{found.log}: {numbers}{removed}: {state}")
            if found.clock_back and not clock.stands_still():
                self.stdout.write(f"{found.log}: the clock was set back before position {found.clock_back}")
        if any(found.position is not None for found in findings):
            raise CommandError("the logbook was changed")

    def _check(self, file: Path) -> None:
        if zipfile.is_zipfile(file):
            self._tell(proof_files.checked(file), "the PDF belongs to it")
            return
        try:
            content = json.loads(file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            raise CommandError(f"{file.name} cannot be read as JSON") from None
        if isinstance(content, dict) and "second" in content:
            first, second = proving.check_consistency(content)
            at = [content[name]["sealedAt"] for name in ("first", "second")]
            back = ", with the clock set back in between" if at[0] > at[1] else ""
            self.stdout.write(f"in order: the log of {second} lines begins with those of {first}{back}")
            return
        self._tell(proving.check(content))

    def _tell(self, found: proving.Proven, *more: str) -> None:
        signed = f"signed by {found.operator} at {found.sealed_at}"
        self.stdout.write(", ".join((f"in order: line {found.position} of {found.size}", signed, *more)))
        if found.line is not None:
            self.stdout.write(found.line)

    def _prove(self, options: Mapping[str, Any]) -> None:
        if options["first"] and options["second"]:
            self._write([proving.consistency(Log.OPEN, options["first"], options["second"])], indent=2)
            return
        row = Line.objects.filter(line_id=options["line"]).first() if options["line"] else None
        if row is None:
            raise proving.UnknownLine
        self._write([proving.made(row)], indent=2)

    def _months(self, _options: Mapping[str, Any]) -> None:
        years = keeping.term().keep_years
        for month in (each for log in Log for each in months.months(log)):
            until = keeping.years_after(month.sealed_at, years).date()
            self.stdout.write(f"{month.log} {month.name}: lines {month.first} to {month.last}, kept until {until}")

    def _export(self, options: Mapping[str, Any]) -> None:
        archiving = _archiving()
        options["folder"].mkdir(parents=True, exist_ok=True)
        for month in months.months(options["log"]):
            if months.is_over(month) and options["name"] in (None, month.name):
                self.stdout.write(f"{month.lines} lines: {archiving.export(month, options['folder'])}")

    def _remove(self, options: Mapping[str, Any]) -> None:
        for log in Log:
            try:
                found = removing.expired(log) if options["dry_run"] else removing.remove_expired(log)
            except DatabaseError as error:
                raise CommandError(f"this role may not remove; be the owner of the database ({error})") from error
            for month in found:
                verb = "would be removed" if options["dry_run"] else "removed"
                self.stdout.write(f"{log} {month.name}: {month.lines} lines {verb}")

    def _statistics(self, options: Mapping[str, Any]) -> None:
        found = statistics.looks(date.fromisoformat(f"{options['name']}-01"))
        rows: list[dict[str, Json]] = [
            {"organisation": organisation, "activity": activity, "looks": count}
            for (organisation, activity), count in found.items()
        ]
        self._write(rows)

    def _ldv(self, options: Mapping[str, Any]) -> None:
        organisation, span = organisations.by_key(options["organisation"]).oin, _span(options)
        self._write(projections.processing_operations(organisation, **span, log=options["log"]))

    def _staff(self, options: Mapping[str, Any]) -> None:
        organisation, span = organisations.by_key(options["organisation"]).oin, _span(options)
        self._write(staff_audit.looks(organisation, **span, worker=options["worker"]))

    def _write(self, found: Iterable[Mapping[str, Json]], indent: int | None = None) -> None:
        for each in found:
            self.stdout.write(json.dumps(each, ensure_ascii=False, indent=indent))


def _span(options: Mapping[str, Any]) -> dict[str, datetime]:
    """Return the instants between which lines are asked: whole days in Amsterdam."""
    until = options["until"] or clock.today()
    since = options["since"] or until - timedelta(days=30)
    return {"since": datetime.combine(since, time.min, AMSTERDAM), "until": clock.end_of(until)}


def _archiving() -> Any:
    if find_spec("pyarrow") is None:
        raise CommandError("install the extra: pip install 'dichterbij[archive]'")
    from dichterbij.ground.logbook import archiving

    return archiving
