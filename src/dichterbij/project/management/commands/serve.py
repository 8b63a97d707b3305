"""Serve the site and run the background work."""

import ctypes
import gc
import sys
import threading
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError
from django.db import connections
from gunicorn.app.base import BaseApplication

from dichterbij.ground.assessment.laws import current_laws
from dichterbij.ground.organisations.services import ensure_right_mode
from dichterbij.ground.outbox import services as outbox
from dichterbij.project.wsgi import application

MOST_ARENAS = -8
"""The number glibc's `mallopt` knows this setting by (malloc.h, M_ARENA_MAX)."""


class Server(BaseApplication):  # type: ignore[misc]
    """Gunicorn with our settings: the application is loaded once and shared by the workers."""

    def __init__(self, options: dict[str, Any]) -> None:
        self.options = options
        super().__init__()

    def load_config(self) -> None:
        """Hand our options to gunicorn."""
        for key, value in self.options.items():
            self.cfg.set(key, value)

    def load(self) -> Any:
        """Return the web application."""
        return application


def _start_background_work(_worker: Any) -> None:
    threading.Thread(target=outbox.loop, name="outbox", daemon=True).start()


def _share_memory() -> None:
    """Keep together what the workers can share, and let threads share their spare memory (where glibc is)."""
    current_laws()
    gc.collect()
    gc.freeze()
    if sys.platform == "linux" and hasattr(library := ctypes.CDLL(None), "mallopt"):
        library.mallopt(MOST_ARENAS, 2)


class Command(BaseCommand):
    """`dichterbij serve`: the site on one address, until it is stopped."""

    help = "Serve the site and run the background work."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("--bind", default="127.0.0.1:8000", help="address and port")
        parser.add_argument("--workers", type=int, default=2)
        parser.add_argument("--threads", type=int, default=4)

    def handle(self, *args: Any, **options: Any) -> None:
        """Start; a demonstration listens on the loopback address only."""
        host = options["bind"].rsplit(":", 1)[0]
        if settings.DEMONSTRATION and host not in {"127.0.0.1", "localhost", "[::1]"}:
            raise CommandError("a demonstration listens on this machine only: use 127.0.0.1")
        ensure_right_mode()
        connections.close_all()  # the workers open their own
        _share_memory()
        if settings.DEMONSTRATION:
            self.stdout.write(f"Dichterbij: http://{options['bind']}/  (demonstration, invented people)")
        Server(
            {
                "bind": options["bind"],
                "workers": options["workers"],
                "threads": options["threads"],
                "worker_class": "gthread",
                "preload_app": True,
                "post_worker_init": _start_background_work,
                "control_socket_disable": True,
                "timeout": 30,
                "graceful_timeout": 10,
                "keepalive": 5,
                "accesslog": None,
                "limit_request_line": 4094,
            }
        ).run()
