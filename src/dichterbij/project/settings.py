"""Settings of an instance. Everything that differs between instances comes from the environment.

`DICHTERBIJ_MODE` demonstration | production · `DICHTERBIJ_STATE` folder of databases and keys ·
`DATABASE_URL` postgresql://... instead of SQLite · `DICHTERBIJ_LOGBOOK_URL` the logbook's own database, otherwise
the name of the main one with `_logbook` · `DICHTERBIJ_DATA` overlay folder with the shape of the shipped data ·
`DICHTERBIJ_MEANS` file of means of login · `DICHTERBIJ_HOSTS` names under which the site is reached ·
`DICHTERBIJ_SECRET_KEY` · `DICHTERBIJ_METRICS` address of the metrics · `DICHTERBIJ_TODAY` fixed day ·
`DICHTERBIJ_SMTP_URL` `smtp://user:password@host:587` (`smtps://` for TLS from the start) and `DICHTERBIJ_MAIL_FROM`
for e-mail · `DICHTERBIJ_NOTIFY_*` NotifyNL for text messages, letters and, without a mail server, e-mail.
"""

import os
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.utils.translation import gettext_lazy

from dichterbij.kernel import clock

from .rooms import all_rooms

MODE = os.environ.get("DICHTERBIJ_MODE", "demonstration")
DEMONSTRATION = MODE == "demonstration"
PACKAGE = Path(__file__).resolve().parent.parent
REPOSITORY = PACKAGE.parent.parent
STATE = Path(os.environ.get("DICHTERBIJ_STATE", REPOSITORY / "var"))
STATE_IS_OWN = "DICHTERBIJ_STATE" in os.environ
SHIPPED_DATA = PACKAGE / "data" if (PACKAGE / "data").is_dir() else REPOSITORY
DATA_FOLDERS = [SHIPPED_DATA, *([Path(os.environ["DICHTERBIJ_DATA"])] if "DICHTERBIJ_DATA" in os.environ else [])]

DEBUG = False
# Nothing secret lives in a demonstration; production refuses to start without a key of its own.
DEMONSTRATION_KEY = "demonstration-only-invented-people-" + "x" * 32
SECRET_KEY = os.environ.get("DICHTERBIJ_SECRET_KEY", DEMONSTRATION_KEY if DEMONSTRATION else "")
SECRET_KEY_IS_OWN = len(SECRET_KEY) >= 50 and SECRET_KEY != DEMONSTRATION_KEY
ALLOWED_HOSTS = os.environ.get("DICHTERBIJ_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
HTTPS = not DEMONSTRATION

FIXED_DAY = os.environ.get("DICHTERBIJ_TODAY", "2026-06-15" if DEMONSTRATION else "")
clock.stand_still_on(date.fromisoformat(FIXED_DAY) if FIXED_DAY else None)

WORLD = DEMONSTRATION and find_spec("dichterbij_world") is not None
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.forms",
    "dichterbij.web",
    *all_rooms(),
    *(["dichterbij_world"] if WORLD else []),
    "dichterbij.project",
]

MIDDLEWARE = [
    "dichterbij.project.metrics.Counted",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "dichterbij.web.security.SecurityHeaders",
    "dichterbij.web.limits.BodyLimit",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "dichterbij.ground.identity.middleware.LoginMiddleware",
    "dichterbij.web.errors.Problems",
]

ROOT_URLCONF = "dichterbij.project.urls"
WSGI_APPLICATION = "dichterbij.project.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": ["django.template.context_processors.request", "dichterbij.web.context.layout"],
        },
    }
]
FORM_RENDERER = "dichterbij.web.forms.Renderer"


def sqlite(path: Path) -> dict[str, Any]:
    """Return a durable SQLite database: write-ahead log, full synchronisation, writers queue."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": {
            "timeout": 5,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
        },
    }


def postgresql(url: str, *, suffix: str = "") -> dict[str, Any]:
    """Return the PostgreSQL database of a URL; `suffix` is put behind its name."""
    parts = urlsplit(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) + suffix,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


DATABASE_URL = os.environ.get("DATABASE_URL", "")
LOGBOOK_URL = os.environ.get("DICHTERBIJ_LOGBOOK_URL", "")
if DATABASE_URL:
    DATABASES = {
        "default": postgresql(DATABASE_URL),
        "logbook": postgresql(LOGBOOK_URL) if LOGBOOK_URL else postgresql(DATABASE_URL, suffix="_logbook"),
    }
else:
    DATABASES = {
        "default": sqlite(STATE / "dichterbij.sqlite3"),
        "logbook": sqlite(STATE / "logbook.sqlite3"),
    }
DATABASE_ROUTERS = ["dichterbij.project.databases.LogbookApart"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", gettext_lazy("Nederlands")), ("en", gettext_lazy("English")), ("pap", gettext_lazy("Papiamentu"))]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Amsterdam"

FORMAT_MODULE_PATH = "dichterbij.web.formats"

STATIC_URL = "/static/"
STATIC_ROOT = STATE / "static"
STATICFILES_DIRS = [
    ("themes", themes) for folder in reversed(DATA_FOLDERS) if (themes := folder / "content/themes").is_dir()
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

SESSION_COOKIE_NAME = "__Host-dichterbij" if HTTPS else "dichterbij"
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_USE_SESSIONS = True
CSRF_FAILURE_VIEW = "dichterbij.ground.identity.views.form_expired"
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = ["^-/"]  # who watches this machine asks without the proxy, and a redirect looks like health
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1_000_000

# Address of the metrics, for the operator alone; without it nothing can be asked.
METRICS = os.environ.get("DICHTERBIJ_METRICS", "")

# Means of login: a YAML file, see `ground/identity/configuration.py`.
MEANS_FILE = Path(os.environ["DICHTERBIJ_MEANS"]) if "DICHTERBIJ_MEANS" in os.environ else None

# Registries this instance reads: base address and credential. In the demonstration they run in this process.
REGISTRY_NAMES = (
    *("brp", "belastingdienst", "rvz", "duo", "svb", "kvk", "rdw", "bag", "huur", "ccbr", "lrk", "uwv"),
    *("brk", "woz", "cjib", "cak"),
)
REGISTRIES = {
    name: {
        "url": os.environ.get(f"DICHTERBIJ_REGISTRY_{name.upper()}_URL", f"inprocess:{name}" if WORLD else ""),
        "token": os.environ.get(f"DICHTERBIJ_REGISTRY_{name.upper()}_TOKEN", "demonstration" if WORLD else ""),
        "events_token": os.environ.get(f"DICHTERBIJ_REGISTRY_{name.upper()}_EVENTS_TOKEN", ""),
    }
    for name in REGISTRY_NAMES
}

# What a person is told outside the box: by a mail server, by NotifyNL, or not at all.
SMTP_URL = os.environ.get("DICHTERBIJ_SMTP_URL", "")
_smtp = urlsplit(SMTP_URL)
EMAIL_HOST, EMAIL_PORT = _smtp.hostname or "", _smtp.port or (465 if _smtp.scheme == "smtps" else 587)
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = unquote(_smtp.username or ""), unquote(_smtp.password or "")
EMAIL_USE_SSL = _smtp.scheme == "smtps"
EMAIL_USE_TLS = bool(EMAIL_HOST_USER) and not EMAIL_USE_SSL  # a password never goes over an open line
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = os.environ.get("DICHTERBIJ_MAIL_FROM", "berichten@dichterbij.example")
NOTIFY = {
    name: os.environ.get(f"DICHTERBIJ_NOTIFY_{name.upper()}", "")
    for name in ("url", "key", "email_template", "sms_template", "callback_token")
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "dichterbij.project.logs.JsonLines"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"dichterbij": {"level": "INFO"}},
}
