"""The web application, for any WSGI server; as production it refuses what only a demonstration may have."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dichterbij.project.settings")
application = get_wsgi_application()

from dichterbij.project.checks import refuse_to_start  # noqa: E402 settings are there only now

refuse_to_start()
