"""Errors as pages that help: what happened, what you can do, whom to call. Under `/api` as problem+json (RFC 9457)."""

import errno
import logging
import shutil
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template import loader
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from dichterbij.kernel.problems import Problem

from . import slots
from .context import bare_layout

LOG = logging.getLogger("dichterbij.web")
OUT_OF_REACH = ("disk I/O error", "unable to open database", "database is locked", "connect")
"""What a database says that cannot be reached or written just now; SQLite says the first also when the disk is full."""
ROOM_NEEDED = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The words of an error page: `happened` says what, `remedy` says what you can do."""

    status: int
    title: str
    happened: str
    remedy: str


DEFECT = (
    gettext_noop("Er ging bij ons iets mis"),
    gettext_noop("Dat ligt niet aan u. Het is bij ons genoteerd. Wat u al had bewaard, is er nog."),
    gettext_noop("Probeer het over een paar minuten opnieuw. Lukt het dan nog niet? Vraag ons om hulp."),
)
WORDS: Mapping[int, tuple[str, str, str]] = {
    HTTPStatus.BAD_REQUEST: (
        gettext_noop("Wij begrijpen deze vraag niet"),
        gettext_noop("Er kwam iets binnen dat wij niet kunnen lezen. Er is niets veranderd."),
        gettext_noop("Ga terug naar de vorige bladzijde en probeer het nog een keer."),
    ),
    HTTPStatus.FORBIDDEN: (
        gettext_noop("U kunt deze bladzijde niet bekijken"),
        gettext_noop("Deze bladzijde is alleen voor iemand met een andere rol of een ander inlogmiddel."),
        gettext_noop("Klopt dat niet? Log opnieuw in, of vraag ons om hulp. Wij zoeken het met u uit."),
    ),
    HTTPStatus.NOT_FOUND: (
        gettext_noop("Deze bladzijde is er niet"),
        gettext_noop("Misschien is het adres niet goed overgenomen, of is de bladzijde verhuisd."),
        gettext_noop("Kijk of het adres klopt, of begin op de startpagina."),
    ),
    HTTPStatus.CONFLICT: (
        gettext_noop("Dit kan nu niet"),
        gettext_noop("Er is intussen iets veranderd. Wat u al had bewaard, is er nog."),
        gettext_noop("Ga terug, laad de bladzijde opnieuw en kijk hoe het er nu voor staat."),
    ),
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: (
        gettext_noop("Dit is te groot om te versturen"),
        gettext_noop("Uw bestand of uw tekst is groter dan wij kunnen ontvangen. Het is niet bewaard."),
        gettext_noop("Maak het bestand kleiner, of stuur het in delen. U kunt het ook aan de balie afgeven."),
    ),
    HTTPStatus.TOO_MANY_REQUESTS: (
        gettext_noop("Het gaat even te snel"),
        gettext_noop("Er kwamen te veel vragen kort na elkaar. Daarom wachten wij even."),
        gettext_noop("Probeer het over een minuut opnieuw. Wat u al had bewaard, is er nog."),
    ),
    HTTPStatus.INSUFFICIENT_STORAGE: (
        gettext_noop("Wij kunnen nu niets bewaren"),
        gettext_noop("De ruimte bij ons is vol. Wat u net hebt ingevuld, is niet bewaard."),
        gettext_noop("Schrijf uw antwoorden even op en probeer het later opnieuw. Hebt u haast? Vraag ons om hulp."),
    ),
    HTTPStatus.SERVICE_UNAVAILABLE: (
        gettext_noop("Dit werkt nu even niet"),
        gettext_noop("Een deel van ons systeem is niet bereikbaar. Wat u al had bewaard, is er nog."),
        gettext_noop("Probeer het over een paar minuten opnieuw. Hebt u haast? Vraag ons om hulp."),
    ),
}
"""Per status what is said: a title, what happened and what you can do; of every other status `DEFECT` is said."""


def page_of(status: int) -> Page:
    """Return the words for a status without a problem of its own."""
    title, happened, remedy = map(_, WORDS.get(status, DEFECT))
    return Page(status=int(status), title=title, happened=happened, remedy=remedy)


def page_of_problem(problem: Problem) -> Page:
    """Return the words for a problem: its own where it has them, otherwise those of its status."""
    general = page_of(problem.status)
    return Page(
        status=problem.status,
        title=_(problem.title),
        happened=_(problem.detail) if problem.detail else general.happened,
        remedy=_(problem.remedy) if problem.remedy else general.remedy,
    )


def page_of_exception(exception: BaseException | None) -> Page:
    """Return the words for whatever went wrong in a view or around it."""
    match exception:
        case Problem():
            is_full = isinstance(exception.__cause__, OperationalError) and _is_disk_full()
            return page_of(HTTPStatus.INSUFFICIENT_STORAGE) if is_full else page_of_problem(exception)
        case RequestDataTooBig() | TooManyFieldsSent() | TooManyFilesSent():
            return page_of(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        case OSError(errno=errno.ENOSPC):
            return page_of(HTTPStatus.INSUFFICIENT_STORAGE)
        case OperationalError() if "full" in str(exception) or "No space left" in str(exception):
            return page_of(HTTPStatus.INSUFFICIENT_STORAGE)
        case OperationalError() if any(words in str(exception) for words in OUT_OF_REACH):
            return page_of(HTTPStatus.INSUFFICIENT_STORAGE if _is_disk_full() else HTTPStatus.SERVICE_UNAVAILABLE)
    return page_of(HTTPStatus.INTERNAL_SERVER_ERROR)


def _is_disk_full() -> bool:
    """Say whether there is no room where this instance keeps its state."""
    return shutil.disk_usage(settings.STATE).free < ROOM_NEEDED


def wants_json(request: HttpRequest) -> bool:
    """Say whether the caller is a program: an address under `/api`."""
    return "/api/" in f"{request.path}/" and request.path.lstrip("/").startswith("api")


def response(request: HttpRequest, page: Page, *, code: str = "", problem: Problem | None = None) -> HttpResponse:
    """Return the error as a page, or as problem+json for a program."""
    if wants_json(request):
        body = problem.as_json() if problem else _as_json(page, code)
        return JsonResponse(body, status=page.status, content_type="application/problem+json")
    context = {"page": page, "ways": slots.items("problem", request)}
    content = loader.render_to_string("web/errors/page.html", context, request)
    return HttpResponse(content, status=page.status)


def _as_json(page: Page, code: str) -> dict[str, str | int]:
    kind = code or HTTPStatus(page.status).name.lower().replace("_", "-")
    return {
        "type": f"urn:dichterbij:problem:{kind}",
        "title": page.title,
        "status": page.status,
        "detail": page.happened,
    }


class Problems:
    """Turns a `Problem` that a view raises into its page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep what answers the request."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Return the page of what we can name; leave a defect of ours to the outer edge."""
        page = page_of_exception(exception)
        if page.status == HTTPStatus.INTERNAL_SERVER_ERROR and not isinstance(exception, Problem):
            return None
        problem = exception if isinstance(exception, Problem) else None
        if page.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            LOG.error("problem %s", problem.code if problem else type(exception).__name__)
        return response(request, page, problem=problem)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 400, or 413 when Django stopped reading because it was too much."""
    page = page_of_exception(exception)
    is_too_big = page.status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    return response(request, page if is_too_big else page_of(HTTPStatus.BAD_REQUEST))


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 Django gives it
    """Answer 403."""
    return response(request, page_of(HTTPStatus.FORBIDDEN))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 Django gives it
    """Answer 404."""
    return response(request, page_of(HTTPStatus.NOT_FOUND))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 not for people
    """Answer 403 for a form that was open too long or came from another site."""
    page = Page(
        status=HTTPStatus.FORBIDDEN,
        title=_("Dit formulier is niet verstuurd"),
        happened=_("De bladzijde stond te lang open, of u bent in een ander venster uitgelogd."),
        remedy=_("Ga terug, laad de bladzijde opnieuw en verstuur het formulier nog een keer."),
    )
    return response(request, page, code="form-expired")


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500 without database, session or rooms: this page works when nothing else does."""
    return bare_response(request, page_of_exception(sys.exc_info()[1]))


def bare_response(request: HttpRequest, page: Page) -> HttpResponse:
    """Return the error with a layout that asks nothing of any room."""
    if wants_json(request):
        return response(request, page)
    content = loader.render_to_string("web/errors/page.html", {"page": page, "layout": bare_layout()})
    return HttpResponse(content, status=page.status)
