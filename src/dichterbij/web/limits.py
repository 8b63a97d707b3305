"""What is too big to receive is refused before it is stored, with a page that says so."""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse

from . import errors

# A form with two documents of ten megabytes and room to spare; see `forms.UploadField`.
LARGEST_BODY = 25_000_000
# So much we listen to and throw away, so that the browser gets to see the page instead of a broken connection.
LARGEST_IGNORED = 250_000_000
_CHUNK = 256_000


class BodyLimit:
    """Refuses a request that says it is larger than we can handle."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep what answers the request."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request, or 413."""
        size = request.META.get("CONTENT_LENGTH", "")
        if not (size.isdigit() and int(size) > LARGEST_BODY):
            return self.get_response(request)
        _ignore_body(request, int(size))
        answer = errors.bare_response(request, errors.page_of(HTTPStatus.REQUEST_ENTITY_TOO_LARGE))
        answer.headers["Connection"] = "close"
        return answer


def _ignore_body(request: HttpRequest, size: int) -> None:
    left = size if size <= LARGEST_IGNORED else 0
    while left > 0 and (part := request.read(min(_CHUNK, left))):
        left -= len(part)
