"""The web application, for any WSGI server; as production it refuses what only a demonstration may have."""

import os
from collections.abc import Iterable
from typing import Any

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dichterbij.project.settings")
_site = get_wsgi_application()

from django.conf import settings  # noqa: E402 settings are there only now

from dichterbij.project import metrics  # noqa: E402
from dichterbij.project.checks import refuse_to_start  # noqa: E402

refuse_to_start()
_metrics = metrics.application() if metrics.SHARED_FOLDER in os.environ else _site
_METRICS_PORT = settings.METRICS.rpartition(":")[2]


def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """Answer with the site; at the address of the metrics with those, and nothing else."""
    is_for_operator = _METRICS_PORT and environ["SERVER_PORT"] == _METRICS_PORT
    return _metrics(environ, start_response) if is_for_operator else _site(environ, start_response)
