"""The pages of logging in and out, and of a form that was kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dichterbij.kernel import clock
from dichterbij.kernel.levels import Level
from dichterbij.web import errors, security

from . import asking, late_forms, means, services, sessions, switching
from .domain import Audience, LoggedIn, Login, LoginNeeded, Posted, Request, StepUpNeeded
from .refusals import LevelTooLow, Switched
from .routes import ANYONE, CITIZEN, STAFF, check, declare, open_to


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """Which login is wanted: for whom, how sure, and where to go afterwards."""

    audience: Audience
    level: Level
    page: str

    @classmethod
    def of(cls, data: QueryDict) -> "Wish":
        """Read a wish from an address or a form; what is not understood becomes the usual."""
        audience = STAFF if data.get("for") == STAFF.value else CITIZEN
        level = max(Level.parse(data.get("level", "")), Level.LOW)
        return cls(audience=audience, level=level, page=asking.safe_path(data.get("next", "")))

    def is_met_by(self, login: Login | None) -> bool:
        """Say whether somebody is logged in as wished already."""
        try:
            check(declare(self.audience, level=self.level), login)
        except (LoginNeeded, StepUpNeeded):
            return False
        return True


@open_to(ANYONE)
@require_safe
def login(request: Request) -> HttpResponse:
    """Choose how to log in."""
    wish = Wish.of(request.GET)
    if request.login and wish.is_met_by(request.login):
        return HttpResponseRedirect(asking.destination(request.login, wish.page))
    context = {
        "wish": wish,
        "means": [
            (found, means.for_whom(found), means.LEVEL_WORDS[found.highest])
            for found in means.offered(wish.audience, wish.level)
        ],
        "level_word": means.LEVEL_WORDS[wish.level],
        "ended": request.login_ended,
        "was_cancelled": "cancelled" in request.GET,
        "was_blocked": "blocked" in request.GET,
        "is_step_up": request.login is not None and request.login.audience is wish.audience,
        "other_url": asking.login_url(audience=CITIZEN if wish.audience is STAFF else STAFF),
    }
    return render(request, "identity/login.html", context)


@open_to(ANYONE)
@require_POST
def start(request: Request) -> HttpResponse:
    """Go to the means that was chosen."""
    wish = Wish.of(request.POST)
    chosen = means.named(request.POST.get("means", ""))
    if chosen.highest < wish.level:
        raise LevelTooLow
    asked = asking.begin(request, chosen.id, wish.page, wish.level)
    away = chosen.start(asked)
    here = f"{reverse('login-onward')}?{urlencode({'state': asked.state})}"
    return HttpResponseRedirect(here if isinstance(away, Posted) else away)


@open_to(ANYONE)
@require_safe
def onward(request: Request) -> HttpResponse:
    """Read to which site you go to log in, and go there with a form: some means ask for that."""
    asked = asking.pending(request, request.GET.get("state", ""))
    if asked is None:
        return HttpResponseRedirect(asking.login_url())
    chosen = means.named(asked.means)
    away = chosen.start(asked)
    context = {"name": chosen.name, "back": asking.login_url(asked.next, audience=chosen.audience, level=asked.level)}
    return leading_away(request, away, context) if isinstance(away, Posted) else HttpResponseRedirect(away)


def leading_away(request: Request, away: Posted, context: Mapping[str, object]) -> HttpResponse:
    """Show the form that leads to another site; the forms of no other page may."""
    there = {"away": away, "host": urlsplit(away.address).hostname}
    answer = render(request, "identity/onward.html", {**context, **there})
    answer["Content-Security-Policy"] = security.policy(away.address)
    return answer


@open_to(ANYONE)
@require_safe
def login_help(request: Request) -> HttpResponse:
    """Read what else there is for who cannot log in, also from another country."""
    return render(request, "identity/help.html")


@open_to(CITIZEN)
@require_safe
def without_number(request: LoggedIn) -> HttpResponse:
    """Read what a login without a number is good for, how to get one, and whom to call."""
    page = asking.safe_path(request.GET.get("next", ""))
    if not request.login.is_without_number:
        return HttpResponseRedirect(page)
    return render(request, "identity/without_number.html", {"page": page})


@open_to(ANYONE)
@require_http_methods(["GET", "HEAD", "POST"])
def logout(request: Request) -> HttpResponse:
    """Log out, or read that you are logged out. The browser keeps nothing of this site: the computer may be shared.

    Our own cookies end with the session; to clear all would take those of other sites of the same domain.
    """
    if request.method != "POST":
        return render(request, "identity/logout.html", {"is_unsure": "unsure" in request.GET})
    away = services.sign_out(request) or reverse("logout")
    answer = (
        leading_away(request, away, {"is_leaving": True}) if isinstance(away, Posted) else HttpResponseRedirect(away)
    )
    answer["Clear-Site-Data"] = '"cache", "storage"'
    return answer


@open_to(CITIZEN)
@require_POST
def own(request: LoggedIn) -> HttpResponse:
    """Stop acting for another: one's own matters again."""
    return HttpResponseRedirect(services.act_for(request, None))


@open_to(CITIZEN, STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
def kept_form(request: LoggedIn, form_id: UUID) -> HttpResponse:
    """Read that what you filled in was kept, and go on with it or throw it away."""
    kept = late_forms.kept(request.login.owner, form_id)
    if kept is None:
        raise Http404
    if request.method == "POST":
        late_forms.forget(request.login.owner, form_id)
        return HttpResponseRedirect(asking.safe_path(kept.page))
    return render(request, "identity/kept_form.html", {"kept": kept})


@open_to(ANYONE)
def form_expired(request: Request, reason: str = "") -> HttpResponse:
    """Answer a form whose security token is old: kept when it is from this site and of somebody who was logged in.

    That happens with two tabs: somebody logs in again in one and then sends the form that stood open in the other,
    perhaps after that login ended too.
    """
    owner = sessions.find(request).owner
    if switching.is_of_before(request):
        problem = Switched()
        return errors.response(request, errors.page_of_problem(problem), problem=problem)
    if owner and late_forms.is_from_here(request):
        late_forms.keep(request, late_forms.page_of(request))
        kept = late_forms.newest(owner)
        if kept is not None:
            return HttpResponseRedirect(reverse("kept-form", args=[kept]))
    return errors.csrf_failure(request, reason)


@open_to(ANYONE)
@require_safe
def session(request: Request) -> JsonResponse:
    """Say how many seconds the login still lasts, without lengthening it."""
    return JsonResponse({"seconds": _seconds_left(request.login)})


@open_to(ANYONE)
@require_POST
def renew(request: Request) -> JsonResponse:
    """Stay logged in: asking is activity, so the middleware has lengthened the login already."""
    seconds = _seconds_left(request.login)
    return JsonResponse({"seconds": seconds}, status=200 if seconds else 401)


session.is_passive = True  # type: ignore[attr-defined]  # looking at the clock is no activity


def _seconds_left(current: Login | None) -> int:
    return max(0, int((current.until - clock.now()).total_seconds())) if current else 0
