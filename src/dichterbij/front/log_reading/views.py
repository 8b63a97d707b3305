"""Pages for who checks the staff of an organisation: which worker opened what, when and why."""

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from dichterbij.ground.authority.routes import STAFF, LoggedIn, open_to
from dichterbij.ground.authority.services import role_with
from dichterbij.ground.logbook import services as logbook
from dichterbij.ground.logbook import staff_audit
from dichterbij.ground.logbook.domain import Entry, Kind, Result, without_numbers
from dichterbij.ground.organisations.domain import StaffRole, StaffTask
from dichterbij.kernel import clock
from dichterbij.kernel.dates import add_months
from dichterbij.kernel.formats import month_long
from dichterbij.kernel.levels import Level

from . import place, telling


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Of whose workers, which one (empty: all), in which month."""

    role: StaffRole
    worker: str
    month: date

    def address(self, before: int | None = None) -> str:
        """Return what to ask to go on before a line."""
        said = {"worker": self.worker, "month": f"{self.month:%Y-%m}", "before": before}
        return "?" + urlencode({name: str(value) for name, value in said.items() if value})


@require_safe
@open_to(STAFF, level=Level.SUBSTANTIAL)
def looks(request: LoggedIn) -> HttpResponse:
    """Show a page of what workers did in a month, the newest first; that it is looked at is recorded first."""
    asked, language = _asked(request), get_language() or "nl"
    _record(request, asked)
    found = staff_audit.page(asked.role.organisation, asked.month, worker=asked.worker, before=_before(request))
    context = {
        "looks": [telling.told(each, language) for each in found.looks],
        "months": [(f"{each:%Y-%m}", month_long(each, language)) for each in _months()],
        "month": f"{asked.month:%Y-%m}",
        "worker": asked.worker,
        "older": asked.address(found.following) if found.following is not None else "",
        "file": asked.address(),
    }
    return render(request, "log_reading/looks.html", context)


@require_safe
@open_to(STAFF, level=Level.SUBSTANTIAL)
def looks_file(request: LoggedIn) -> StreamingHttpResponse:
    """Give the whole month as a file for a spreadsheet, as it is read: no month is held in memory."""
    asked = _asked(request)
    _record(request, asked)
    since, until = staff_audit.bounds(asked.month)
    found = staff_audit.looks(asked.role.organisation, since=since, until=until, worker=asked.worker)
    name = f"inzage-{asked.month:%Y-%m}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return StreamingHttpResponse(_written(found), content_type="text/csv; charset=utf-8", headers=headers)


class _Line:
    """What `csv` writes to: gives each line back."""

    def write(self, line: str) -> str:
        return line


def _written(found: Iterator[Mapping[str, object]]) -> Iterator[str]:
    writer = csv.writer(_Line())
    yield from (writer.writerow(row) for row in telling.rows(found))


def _asked(request: LoggedIn) -> Asked:
    role = role_with(request.login, StaffTask.AUDIT)
    months = {f"{each:%Y-%m}": each for each in _months()}
    month = months.get(request.GET.get("month", ""), clock.today().replace(day=1))
    return Asked(role=role, worker=without_numbers(request.GET.get("worker", "").strip()), month=month)


def _before(request: LoggedIn) -> int | None:
    text = request.GET.get("before", "")
    return int(text) if re.fullmatch("[0-9]{1,18}", text) else None


def _months() -> list[date]:
    """Return the months of which lines are here, the newest first; always the present one."""
    oldest, present = staff_audit.first_at(), clock.today().replace(day=1)
    first = min(clock.day_of(oldest), present) if oldest else present
    count = (present.year - first.year) * 12 + present.month - first.month + 1
    return [add_months(present, -back) for back in range(count)]


def _record(request: LoggedIn, asked: Asked) -> None:
    access = place.access(request.login, asked.role.organisation)
    logbook.record(access, Entry(kind=Kind.VIEW, subject=None, fields=("logboek",), outcome=Result.GIVEN))
