"""Find the login of each request and let it end in time."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import get_language

from . import acts, late_forms, services, sessions
from .domain import Login


class LoginMiddleware:
    """Sets `request.login` (or None), `request.login_ended` (why it ended) and `request.kept_form`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer a request as one act of the person who is logged in."""
        with acts.within(acts.new(request.headers.get("traceparent", ""))):
            found = sessions.find(request)
            request.login, request.login_ended = found.login, found.ended  # type: ignore[attr-defined]
            request.kept_form = None  # type: ignore[attr-defined]
            response = self.get_response(request)
        _finish(request, response)
        return response

    def process_view(self, request: HttpRequest, view: object, *_arguments: object) -> None:
        """Note activity, unless the view only looks how long the login still lasts; offer a kept form again."""
        login = _login(request)
        if login is None:
            return
        if not getattr(view, "is_passive", False):
            request.login = sessions.touch(login)  # type: ignore[attr-defined]
        if request.method == "GET" and late_forms.PARAMETER in request.GET:
            request.kept_form = late_forms.offered(request, login.owner)  # type: ignore[attr-defined]


def _login(request: HttpRequest) -> Login | None:
    return getattr(request, "login", None)


def _finish(request: HttpRequest, response: HttpResponseBase) -> None:
    login = _login(request)
    if login is None:
        return
    if request.method == "GET":
        _keep_language(login, response)
    elif late_forms.PARAMETER in request.GET and response.status_code in (302, 303):
        late_forms.settle(request, login.owner)


def _keep_language(login: Login, response: HttpResponseBase) -> None:
    is_page = response.status_code == 200 and response.headers.get("Content-Type", "").startswith("text/html")
    language = get_language() or "nl"
    if is_page and language != login.language:
        services.keep_language(login.party, language)
