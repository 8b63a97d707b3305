"""The pages of moving: what goes along, and arriving. No address of these holds anything of a person."""

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from dichterbij.delivery.catalogue import queries as catalogue
from dichterbij.ground.authority.domain import Denied
from dichterbij.ground.authority.routes import ANYONE, CITIZEN, LoggedIn, Request, open_to
from dichterbij.ground.identity import arrival, asking
from dichterbij.ground.identity import services as identity
from dichterbij.ground.identity.domain import AssertionRefused, Audience, StepUpNeeded
from dichterbij.ground.identity.means import LEVEL_WORDS
from dichterbij.ground.organisations import queries as organisations
from dichterbij.kernel.identifiers import Oin
from dichterbij.kernel.levels import Level
from dichterbij.kernel.problems import InvalidIdentifier

from . import giving, instances, taking


@require_safe
@open_to(CITIZEN)
def go_on(request: LoggedIn, organisation: str) -> HttpResponse:
    """Go to where an organisation lives: it asks there to log in through here. Who came from there just goes back."""
    there = instances.elsewhere(_oin(organisation))
    page, site = asking.safe_path(request.GET.get("page", "")), instances.site(there)
    if site == instances.came_from(request.login):
        return HttpResponseRedirect(f"{site}{page}")
    giving.ensure_may_go(request.login)
    begin = reverse("login-from", args=[organisations.operator().oin])
    return HttpResponseRedirect(f"{site}{begin}?{urlencode({'page': page})}")


@open_to(CITIZEN)
@require_http_methods(["GET", "HEAD", "POST"])
def hand_over(request: LoggedIn, organisation: str) -> HttpResponse:
    """Show what goes along to whom and for what, and let somebody go on there when they say yes.

    Who may not go on there for another chooses: go on for themselves, or stay.
    """
    there, page = instances.elsewhere(_oin(organisation)), asking.safe_path(request.GET.get("page", ""))
    giving.ensure_may_go(request.login)
    level = Level.parse(request.GET.get("level", ""))
    if request.login.level < level:
        raise StepUpNeeded(level)
    if "alone" in request.POST:
        identity.act_for(request, None)
        return HttpResponseRedirect(request.get_full_path())
    product = giving.product_of(page)
    try:
        _, mandate = giving.with_whom(request.login, there, product)
    except (giving.NotForThemThere, Denied):
        return render(request, "providers/not_for_them.html", {"there": there})
    back = f"{instances.site(there)}{reverse('login-from-back', args=[organisations.operator().oin])}"
    state = request.GET.get("state", "")
    if request.method == "POST":
        code = giving.offer(request.login, there, product, state=state)
        return HttpResponseRedirect(f"{back}?{urlencode({'state': state, 'code': code})}")
    context = {
        "there": there,
        "what": catalogue.product(product).name((get_language() or "nl").split("-")[0]) if product else "",
        "level": LEVEL_WORDS[request.login.level],
        "by_mandate": mandate is not None,
        "stop_url": f"{back}?{urlencode({'state': state, 'error': 'cancelled'})}",
    }
    return render(request, "providers/hand_over.html", context)


@require_safe
@open_to(ANYONE)
def begin(request: Request, organisation: str) -> HttpResponse:
    """Ask, for this browser, the instance where somebody is logged in who they are; one not believed here: log in."""
    oin, page = _oin(organisation), request.GET.get("page", "")
    if not instances.is_portal(oin):
        return HttpResponseRedirect(asking.login_url(asking.safe_path(page)))
    asked = asking.begin(request, instances.means_of(oin), page, Level.LOW)
    return HttpResponseRedirect(instances.asking_address(instances.portal(oin), asked))


@require_safe
@open_to(ANYONE)
def back(request: Request, organisation: str) -> HttpResponse:
    """Receive somebody who goes on here; refuse what this browser did not ask for."""
    portal = instances.portal(_oin(organisation))
    name = instances.means_of(portal.oin)
    asked = asking.expected(request, name, request.GET.get("state", ""))
    if request.GET.get("error"):
        return arrival.cancel(request, Audience.CITIZEN, asked.state)
    try:
        said = taking.fetch(portal, request.GET.get("code", ""), asked.state)
    except AssertionRefused as problem:
        arrival.refuse(request, asked, problem)
        raise
    return taking.arrive(request, portal, said, asked)


@require_safe
@open_to(ANYONE)
def left(request: Request, organisation: str) -> HttpResponse:
    """Say that somebody is logged out here, and where they may still be logged in."""
    portal = instances.elsewhere(_oin(organisation))
    context = {"portal": portal, "there_url": f"{instances.site(portal)}{reverse('logout')}"}
    return render(request, "providers/left.html", context)


def _oin(text: str) -> Oin:
    try:
        return Oin(text)
    except InvalidIdentifier:
        raise Http404 from None
