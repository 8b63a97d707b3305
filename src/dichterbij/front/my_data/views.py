"""Pages of a person about their own data."""

from datetime import UTC, datetime
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dichterbij.delivery.cases.corrections import keepers
from dichterbij.delivery.cases.corrections import queries as corrections
from dichterbij.delivery.cases.corrections.domain import CorrectionRequest
from dichterbij.delivery.messages.pdf import pdf
from dichterbij.ground.authority import reasons
from dichterbij.ground.authority.domain import Refusal
from dichterbij.ground.authority.routes import CITIZEN, LoggedIn, open_to
from dichterbij.ground.logbook import proof_files, proving
from dichterbij.ground.logbook import queries as logbook
from dichterbij.ground.logbook.domain import LogLine
from dichterbij.ground.organisations import queries as organisations
from dichterbij.kernel.access import Access
from dichterbij.kernel.levels import Level

from . import choosing, debts, notices, paper, queries, services, telling

PAGE = 20


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(CITIZEN, level=Level.SUBSTANTIAL)
def my_data(request: LoggedIn) -> HttpResponse:
    """Show what was fetched, with its time; fetch again on request."""
    access = services.may_read(request.login, "portaal.mijn-gegevens")
    if request.method == "POST":
        services.refresh(access)
        return redirect("my-data")
    found = queries.sources(access, get_language() or "nl")
    read_at = max((source.read_at for source in found if source.read_at), default=None)
    asked = any(source.read_at or source.unavailable_since for source in found)
    return render(
        request,
        "my_data/my_data.html",
        {
            "sources": found,
            "read_at": read_at,
            "asked": asked,
            "subject": access.subject,
            "owed": debts.owed(access, get_language() or "nl"),
            "requests": _requests(access),
        },
    )


def _requests(access: Access) -> list[tuple[CorrectionRequest, str]]:
    language = get_language() or "nl"
    return [(each, keepers.label(each.datum, language)) for each in corrections.mine(access)]


@require_safe
@open_to(CITIZEN, level=Level.SUBSTANTIAL)
def who_looked(request: LoggedIn) -> HttpResponse:
    """Show who looked at the person's data, as acts, newest first; of one organisation, purpose or month if asked."""
    access, language = services.may_read(request.login, "portaal.wie-keek"), get_language() or "nl"
    among = choosing.among(access, language)
    chosen = choosing.chosen(request.GET, among)
    acts = logbook.acts_about(access, before=_before(request), limit=PAGE, chosen=chosen)
    days = telling.by_day(telling.tell(acts, language), language)
    older = acts[-1].at.isoformat() if len(acts) == PAGE else ""
    context = {
        "days": days,
        "older": choosing.address(chosen, older) if older else "",
        "selects": choosing.selects(among, chosen),
        "is_narrow": chosen.is_narrow,
        "is_elsewhere": bool(request.GET.get("case")) and not chosen.case,
        "removed": logbook.last_removal(),
        "told": request.login.acting_for is None and notices.is_wanted(access.subject.party),
    }
    return render(request, "my_data/who_looked.html", context)


@require_POST
@open_to(CITIZEN, level=Level.SUBSTANTIAL)
def notice_choice(request: LoggedIn) -> HttpResponse:
    """Keep whether the person wants a message when a worker looks outside an application of theirs.

    Nobody who acts for another silences what is there to protect that other.
    """
    if request.login.acting_for is not None:
        raise reasons.refused(Refusal.OUT_OF_SCOPE)
    access = services.may_read(request.login, "portaal.wie-keek")
    notices.choose(access, wanted="wanted" in request.POST)
    return redirect("who-looked")


@require_safe
@open_to(CITIZEN, level=Level.SUBSTANTIAL)
def act(request: LoggedIn, act: UUID) -> HttpResponse:
    """Show the lines of one act."""
    access = services.may_read(request.login, "portaal.wie-keek")
    lines = logbook.lines_of_act(access, act)
    if not lines:
        raise Http404
    tasks = telling.tell_tasks(act, lines, get_language() or "nl")
    return render(request, "my_data/act.html", {"tasks": tasks, "at": lines[0].at})


@require_safe
@open_to(CITIZEN, level=Level.SUBSTANTIAL)
def line(request: LoggedIn, line: UUID) -> HttpResponse:
    """Show what the proof of a line proves, worked out now, and how somebody else can check it."""
    access = services.may_read(request.login, "portaal.wie-keek")
    proven, said = proving.check(proving.proof(access, line)), _said(access, line)
    context = {
        "line": line,
        "told": telling.tell_line(said, get_language() or "nl"),
        "organisation": organisations.organisation(said.organisation).name,
        "proven": proven,
        "operator": organisations.organisation(proven.operator).name,
        "signed_at": datetime.fromisoformat(proven.sealed_at),
        "file": _file_name(line),
    }
    return render(request, "my_data/line.html", context)


@require_safe
@open_to(CITIZEN, level=Level.SUBSTANTIAL)
def line_proof(request: LoggedIn, line: UUID) -> HttpResponse:
    """Give the proof of one line as a file: anybody can check it, without this site and without the other lines."""
    access = services.may_read(request.login, "portaal.wie-keek")
    found, said = proving.proof(access, line), _said(access, line)
    name = _file_name(line)
    on_paper = pdf(paper.proof(said, proving.check(found), name, get_language() or "nl"))
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(proof_files.packed(found, on_paper), content_type="application/zip", headers=headers)


def _said(access: Access, line: UUID) -> LogLine:
    found = logbook.line(access, line)
    if found is None:
        raise Http404
    return found


def _file_name(line: UUID) -> str:
    return f"bewijs-{str(line)[:8]}.zip"


def _before(request: HttpRequest) -> datetime | None:
    """Return the instant in the address; nothing when it is no instant, or none that exists in UTC."""
    try:
        moment = datetime.fromisoformat(request.GET.get("before", ""))
        return moment.astimezone(UTC) if moment.tzinfo else None
    except (ValueError, OverflowError):
        return None
