"""Settings of the tests: a state folder of their own, plain static files, fast sessions."""

import os
import tempfile

os.environ.setdefault("DICHTERBIJ_STATE", tempfile.mkdtemp(prefix="dichterbij-test-"))

from .settings import *  # noqa: F403 the tests run the real settings

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # noqa: F405 whitenoise warns about a folder that is not there
