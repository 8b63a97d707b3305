"""Headers that keep a page ours: nothing from elsewhere, nothing inline, nothing kept on a shared computer."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse

SOURCES = (
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
)
# What a page of a government needs of a device: nothing.
FEATURES = ("camera", "microphone", "geolocation", "payment", "usb", "browsing-topics", "display-capture")
HEADERS = {
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in FEATURES),
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


form_targets = {"'self'"}


def allow_forms_to(address: str) -> None:
    """Let forms lead to another site as well: a means of login, where a person is sent after pressing a button."""
    form_targets.add(_site(address))


class SecurityHeaders:
    """Puts the headers on every answer; a page of somebody who is logged in is stored nowhere."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep what answers the request."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, with the headers; a view that set a header itself keeps it."""
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", policy())
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if _is_personal(request):
            response.headers["Cache-Control"] = "no-store"
        return response


def policy(*also: str) -> str:
    """Return what a page may load and where its forms may lead; `also`: an address for the forms of this page alone."""
    return "; ".join((*SOURCES, f"form-action {' '.join(sorted(form_targets | set(map(_site, also))))}"))


def _site(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def _is_personal(request: HttpRequest) -> bool:
    """Say whether an answer belongs to one person: they are logged in, or their session holds something."""
    if getattr(request, "login", None) is not None:
        return True
    session = getattr(request, "session", None)
    return bool(session is not None and session.accessed and not session.is_empty())
