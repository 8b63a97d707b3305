"""Asking somebody to log in, remembering what was asked, and bringing them back to where they were."""

from secrets import compare_digest, token_urlsafe
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse, translate_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import activate, get_language, get_language_from_path, gettext_noop, override

from dichterbij.kernel.levels import Level

from . import late_forms
from .domain import AssertionRefused, Audience, Login, LoginNeeded, LoginRequest, StepUpNeeded

KEY = "login_requests"
AT_ONCE = 5
"""How many logins one browser can have asked for at once: as many tabs."""
START = "/"


def ask(request: HttpRequest, audiences: tuple[Audience, ...], problem: LoginNeeded | StepUpNeeded) -> HttpResponseBase:
    """Send somebody to the login page; a form they posted is kept for the same person."""
    level = problem.level if isinstance(problem, StepUpNeeded) else Level.LOW
    login: Login | None = getattr(request, "login", None)
    usual = audiences[0] if Audience.ANYONE not in audiences else Audience.CITIZEN
    audience = login.audience if login and login.audience in audiences else usual
    page = late_forms.page_of(request)
    if request.method == "POST":
        late_forms.keep(request, page)
    return HttpResponseRedirect(login_url(page, audience=audience, level=level))


def login_url(page: str = "", *, audience: Audience = Audience.CITIZEN, level: Level = Level.LOW) -> str:
    """Return the address of the login page that comes back to `page`."""
    asked = {"next": page, "for": audience.value, "level": level.name.lower()}
    usual = {"next": "", "for": Audience.CITIZEN.value, "level": Level.LOW.name.lower()}
    query = urlencode({name: value for name, value in asked.items() if value != usual[name]}, safe="/")
    return reverse("login") + (f"?{query}" if query else "")


def without_number(page: str) -> str:
    """Return the address that tells what a login without a number is good for, and goes on to `page`."""
    return f"{reverse('login-without-number')}?{urlencode({'next': page}, safe='/')}"


def begin(request: HttpRequest, means: str, page: str, level: Level) -> LoginRequest:
    """Remember in this browser that a login is asked for, beside what other tabs asked: each can come back once."""
    asked = LoginRequest(means=means, next=_in_this_language(safe_path(page)), level=level, state=token_urlsafe(24))
    new = [asked.means, asked.next, asked.level.value, asked.state]
    request.session[KEY] = [*request.session.get(KEY, []), new][-AT_ONCE:]
    _note(request, asked)
    return asked


def pending(request: HttpRequest, state: str) -> LoginRequest | None:
    """Return the login that this browser asked for with this `state`, if any."""
    for means, page, level, sent in request.session.get(KEY, []):
        if compare_digest(sent.encode(), state.encode()):
            return LoginRequest(means=means, next=page, level=Level(level), state=sent)
    return None


def expected(request: HttpRequest, means: str, state: str) -> LoginRequest:
    """Return the login that this browser asked for through this means; raises `AssertionRefused` for any other.

    From here on the language is that of the page somebody wanted: the address where they come back has none.
    """
    asked = pending(request, state)
    _note(request, asked)
    if asked is None or asked.means != means:
        raise not_asked()
    activate(_language_of(asked.next))
    return asked


def _note(request: HttpRequest, asked: LoginRequest | None) -> None:
    """Say on a request which login it is about, if any, for the page that leads on when it is refused."""
    request.login_asked = asked  # type: ignore[attr-defined]


def not_asked() -> AssertionRefused:
    """Return the refusal of an answer that this browser did not ask for."""
    return AssertionRefused(
        gettext_noop("Deze inlog is al gebruikt, of hoort bij een andere browser."),
        remedy=gettext_noop("Begin opnieuw met inloggen."),
    )


def take(request: HttpRequest, state: str) -> LoginRequest | None:
    """Return the login that this browser asked for and forget it: it can come back once."""
    asked = pending(request, state)
    others = [each for each in request.session.pop(KEY, []) if asked is None or each[3] != asked.state]
    if others:
        request.session[KEY] = others
    return asked


def safe_path(candidate: str) -> str:
    """Return a path of this site; anything that could lead elsewhere becomes the start page.

    >>> safe_path("/zaken?open=1"), safe_path("//evil.example"), safe_path("javascript:alert(1)")
    ('/zaken?open=1', '/', '/')
    """
    is_path = candidate.startswith("/") and url_has_allowed_host_and_scheme(candidate, allowed_hosts=None)
    return candidate if is_path and "\\" not in candidate else START


def _in_this_language(path: str) -> str:
    """Return the same page in the language of now: who changed it on the way to logging in, goes on in that one."""
    language = get_language() or settings.LANGUAGE_CODE
    with override(_language_of(path)):
        return translate_url(path, language)


def _language_of(path: str) -> str:
    return get_language_from_path(path) or settings.LANGUAGE_CODE


def destination(login: Login, page: str) -> str:
    """Return where somebody goes after logging in: first to the form that was kept for them, if any."""
    kept = late_forms.newest(login.owner, page)
    return reverse("kept-form", args=[kept]) if kept else safe_path(page)
