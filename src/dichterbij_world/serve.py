"""All registries behind one port: `http://127.0.0.1:8100/brp/personen`, `/duo/onderwijsgegevens` ..."""

from collections.abc import Callable, Iterable, Mapping
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from .registries.all import applications
from .store import World

Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True
    request_queue_size = 128
    """Callers who may wait for a thread; with the five of the library the sixth at once loses a second."""


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_args: object) -> None:
        """Write no line per request: a registry has its own log."""


def under_names(served: Mapping[str, Wsgi]) -> Wsgi:
    """Return one application that gives each registry the path that begins with its name."""

    def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        name, _, rest = environ["PATH_INFO"].lstrip("/").partition("/")
        if name not in served:
            start_response("404 Not Found", [("Content-Type", "application/problem+json")])
            return [b'{"status": 404, "title": "Deze registratie bestaat hier niet.", "code": "notFound"}']
        within = environ | {"PATH_INFO": f"/{rest}", "SCRIPT_NAME": f"{environ.get('SCRIPT_NAME', '')}/{name}"}
        return served[name](within, start_response)

    return application


def server(world: World, *, port: int, host: str = "127.0.0.1") -> WSGIServer:
    """Return a server on the loopback address, not yet running; port 0 takes a free one."""
    return make_server(host, port, under_names(applications(world)), server_class=_Server, handler_class=_Quiet)
