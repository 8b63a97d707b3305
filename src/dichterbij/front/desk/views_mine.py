"""Pages of a citizen about being helped: a code to show, who helps me now, what was done before."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_POST

from dichterbij.delivery.cases.talks import done
from dichterbij.ground.authority import tasks
from dichterbij.ground.authority.services import require
from dichterbij.ground.identity.domain import LoggedIn, Login
from dichterbij.ground.identity.routes import CITIZEN, open_to
from dichterbij.ground.organisations import queries as organisations
from dichterbij.kernel import clock
from dichterbij.kernel.access import Access, Permission
from dichterbij.kernel.levels import Level

from . import conferring, helping, noting, presence
from .domain import Help
from .models import Assist
from .rules import rules
from .sealing import help_of

MOST = 20
TASK = "portaal.balie"


def access_of(login: Login, permission: Permission) -> Access:
    """Return the access of somebody to the help they got; raises `StepUpNeeded` and `Denied`."""
    own = login.own_subject  # also while acting for another: a code says who shows it
    return require(login, tasks.of_portal(TASK), permission, subject=own)


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(CITIZEN, level=Level.SUBSTANTIAL)
def talks(request: LoggedIn) -> HttpResponse:
    """Show who helps me and who did; a POST shows a code to be helped with."""
    if request.method == "POST":
        access = access_of(request.login, Permission.SUBMIT)
        code, until = presence.show(access, request.login.name)
        return render(request, "desk/my_code.html", {"code": f"{code[:4]} {code[4:]}", "until": until})
    access = access_of(request.login, Permission.READ)
    rows = Assist.objects.filter(party=access.subject.party).order_by("-opened_at")[:MOST]
    found = _told(access, [help_of(row) for row in rows], get_language() or "nl")
    return render(request, "desk/my_talks.html", {"talks": found})


@require_POST
@open_to(CITIZEN, level=Level.SUBSTANTIAL)
def stop(request: LoggedIn, talk: UUID) -> HttpResponse:
    """End help at once, as the person who gets it."""
    helping.stop(access_of(request.login, Permission.SUBMIT), talk)
    return redirect("my-talks")


def _told(access: Access, several: list[Help], language: str) -> list[dict[str, object]]:
    talks = [help.id for help in several]
    acts, notes = done(access, talks, language), noting.in_talks(talks)
    conferences = conferring.in_talks(access.subject.party, talks)
    return [
        {
            "help": help,
            "organisation": organisations.organisation(help.organisation).name,
            "reason": help.because or rules().reason(help.reason, language),
            "is_running": help.is_running(clock.now()),
            "done": acts[help.id],
            "notes": notes[help.id],
            "conferences": conferences[help.id],
        }
        for help in several
    ]
