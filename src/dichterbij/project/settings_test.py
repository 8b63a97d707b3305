"""Settings of the tests: a state folder of their own per process, plain static files, no waiting for the disk.

What must survive a crash is tested with real processes and the real settings.
"""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("DICHTERBIJ_TEST_STATE", tempfile.mkdtemp(prefix="dichterbij-test-"))
_state = Path(os.environ["DICHTERBIJ_TEST_STATE"]) / os.environ.get("PYTEST_XDIST_WORKER", "main")
_state.mkdir(exist_ok=True)
os.environ["DICHTERBIJ_STATE"] = str(_state)

from .settings import *  # noqa: E402, F403 the tests run the real settings
from .settings import DATABASES, STATE  # noqa: E402

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
STATIC_ROOT.mkdir(exist_ok=True)  # noqa: F405
for _alias, _database in DATABASES.items():
    if "sqlite3" in _database["ENGINE"]:
        # A file, because other threads open it too; a database in memory would lock whole tables.
        _database["TEST"] = {"NAME": STATE / f"test-{_alias}.sqlite3"}
        _database["OPTIONS"]["init_command"] = (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; PRAGMA foreign_keys=ON;"
        )
