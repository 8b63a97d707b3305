"""Help when a login was lost or stolen: what was done since, block it at once, and have it lifted at the counter."""

from collections.abc import Collection
from datetime import datetime

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from dichterbij.ground.authority import mandates
from dichterbij.ground.authority.domain import ACTING_LEVEL
from dichterbij.ground.authority.portal import for_worker, own_access
from dichterbij.ground.authority.routes import CITIZEN, STAFF, LoggedIn, open_to
from dichterbij.ground.identity import blocking, means
from dichterbij.ground.identity import services as identity
from dichterbij.ground.logbook import services as logbook
from dichterbij.ground.logbook.domain import Entry, Kind
from dichterbij.ground.logbook.queries import acts_about
from dichterbij.kernel import clock
from dichterbij.kernel.access import Access, Permission, Subject
from dichterbij.kernel.dates import add_months
from dichterbij.kernel.levels import Level

from . import choices, done
from .forms import BlockForm

MONTHS, MOST_ACTS = 3, 200


@open_to(CITIZEN, level=ACTING_LEVEL)
@require_http_methods(["GET", "HEAD", "POST"])
def misuse(request: LoggedIn) -> HttpResponse:
    """Show which logins there were and what was done with them; block them.

    A login of a low level cannot: who stole that one could lock the person out of the others.
    """
    since = clock.end_of(add_months(clock.today(), -MONTHS))
    seen = blocking.logins_since(request.login.party, since)
    used = {each.means: _named(each.means) for each in seen}
    if request.method == "POST":
        return _lift(request) if "lift" in request.POST else _block(request, used)
    blocked, liftable = blocking.blocked(request.login.party), blocking.liftable(request.login)
    context = {
        "logins": [(each, used[each.means]) for each in seen],
        "means": sorted((id, name) for id, name in used.items() if id not in blocked),
        "blocked": sorted(map(_named, blocked)),
        "liftable": sorted((each, _named(each)) for each in liftable),
        "since": clock.day_of(since),
        **_acts(own_access(request.login, Permission.READ), since),
    }
    return render(request, "authorities/misuse.html", context)


def _block(request: LoggedIn, used: Collection[str]) -> HttpResponse:
    """Block one means that this person used, or every means when none is named; nothing for a name we do not know.

    Who blocks another means than the one of now stays logged in, and sees what was done.
    """
    own, chosen = request.login, request.POST.get("means")
    if chosen is None or (chosen and chosen not in used):
        raise Http404
    access = own_access(own, Permission.SUBMIT)
    _record(access, own.own_subject, "inlog blokkeren")
    blocking.block(own.party, chosen)
    if chosen not in ("", own.means):
        return HttpResponseRedirect(reverse("authorities-misuse"))
    identity.sign_out(request)
    return HttpResponseRedirect(f"{reverse('login')}?blocked=1")


def _lift(request: LoggedIn) -> HttpResponse:
    """Let somebody in again through a means they blocked, when they came in as surely through another."""
    own, chosen = request.login, request.POST["lift"]
    if chosen not in blocking.liftable(own):
        raise Http404
    _record(own_access(own, Permission.SUBMIT), own.own_subject, "inlog vrijgeven")
    blocking.lift(own.party, chosen)
    return HttpResponseRedirect(reverse("authorities-misuse"))


def _acts(access: Access, since: datetime) -> dict[str, object]:
    language = get_language() or "nl"
    acts = [each for each in acts_about(access, limit=MOST_ACTS) if each.by_self and each.at >= since]
    told = done.by_oneself([each for each in acts if any(part.did for part in each.parts)], language)
    given = [(each, choices.told(each.terms, language)) for each in mandates.given(access) if each.made_at >= since]
    return {"acts": told, "given": given}


def _named(means_id: str) -> str:
    return next((_(each.name) for each in means.offered_to(CITIZEN) if each.id == means_id), means_id)


@open_to(STAFF, level=Level.SUBSTANTIAL)
@require_http_methods(["GET", "HEAD", "POST"])
def block(request: LoggedIn) -> HttpResponse:
    """Block the login of somebody who calls, or lift it for who came to the counter with an identity document."""
    form = BlockForm(request.POST or request.kept_form)
    happened = ""
    if request.method == "POST" and form.is_valid():
        happened = _by_worker(request, form)
    context = {"form": form, "happened": happened}
    return render(request, "authorities/block.html", context, status=422 if form.errors else 200)


def _by_worker(request: LoggedIn, form: BlockForm) -> str:
    said = form.cleaned_data
    subject = Subject(party=identity.party_for(said["bsn"]), bsn=said["bsn"])
    access = for_worker(request.login, subject, form.reason)
    if said["what"] == "lift":
        _record(access, subject, "inlog vrijgeven")
        blocking.lift(subject.party)
        return _("De inlog werkt weer.")
    _record(access, subject, "inlog blokkeren")
    blocking.block(subject.party)
    return _("De inlog is geblokkeerd. Wie nog was ingelogd, is uitgelogd.")


def _record(access: Access, subject: Subject, what: str) -> None:
    logbook.record(access, Entry(kind=Kind.ACT, subject=subject.bsn, fields=(what,)))
