"""Where every means of login ends: with a session and the page somebody came from, or with a reason."""

import logging

from django.http import HttpRequest, HttpResponseRedirect

from dichterbij.kernel.levels import Level
from dichterbij.kernel.problems import Problem

from . import asking, naming, services
from .domain import Assertion, Audience, LoginRequest

log = logging.getLogger(__name__)


def arrive(request: HttpRequest, assertion: Assertion) -> HttpResponseRedirect:
    """Sign in and return to where the person came from; a refusal is logged without saying about whom."""
    asked = asking.pending(request, assertion.state)
    try:
        login = services.sign_in(request, assertion)
    except Problem as problem:
        log.warning("login refused: %s through %s", problem.code, assertion.means)
        raise
    naming.name(login)
    page = asking.destination(login, asked.next if asked else asking.START)
    return HttpResponseRedirect(asking.without_number(page) if login.is_without_number else page)


def refuse(request: HttpRequest, asked: LoginRequest, problem: Problem) -> None:
    """Forget the login that was asked for: its answer is not believed. The log says why, not of whom."""
    asking.take(request, asked.state)
    log.warning("login refused: %s through %s", getattr(problem, "check", problem.code), asked.means)


def cancel(request: HttpRequest, audience: Audience, state: str) -> HttpResponseRedirect:
    """Return to the choice of means after somebody stopped halfway."""
    asked = asking.take(request, state)
    level = asked.level if asked else Level.LOW
    address = asking.login_url(asked.next if asked else "", audience=audience, level=level)
    return HttpResponseRedirect(f"{address}{'&' if '?' in address else '?'}cancelled=1")
