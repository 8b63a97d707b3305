"""How gunicorn serves the product: a light process that watches, and workers that each load the product."""

import ctypes
import gc
import sys
import threading
from typing import Any

import dichterbij.web.pace  # noqa: F401 the workers share its memory because it is there before they are

wsgi_app = "dichterbij.project.wsgi:application"
worker_class = "gthread"
control_socket_disable = True
timeout = 30
graceful_timeout = 10
keepalive = 5
accesslog = None
limit_request_line = 4094

MOST_ARENAS = -8
"""The number glibc's `mallopt` knows this setting by (malloc.h, M_ARENA_MAX)."""


def post_worker_init(_worker: Any) -> None:
    """Have the laws ready, keep memory small, and begin the background work."""
    from dichterbij.ground.assessment.laws import current_laws
    from dichterbij.ground.outbox import services as outbox

    current_laws()
    gc.collect()
    gc.freeze()
    if sys.platform == "linux" and hasattr(library := ctypes.CDLL(None), "mallopt"):
        library.mallopt(MOST_ARENAS, 2)
    threading.Thread(target=outbox.loop, name="outbox", daemon=True).start()
