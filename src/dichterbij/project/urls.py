"""All addresses: each room brings its own `urls.py`, pages under a language, machine addresses without one."""

from importlib import import_module
from importlib.util import find_spec

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path

from . import health
from .home import home
from .operating import operate
from .rooms import all_rooms


def _pages(room: str) -> list[URLPattern | URLResolver]:
    return [path("", include(f"{room}.urls"))] if find_spec(f"{room}.urls") else []


def _machine(room: str) -> list[URLPattern | URLResolver]:
    return list(import_module(f"{room}.machine_urls").urlpatterns) if find_spec(f"{room}.machine_urls") else []


_rooms = ["dichterbij.web", *all_rooms(), *(["dichterbij_world"] if settings.WORLD else [])]
urlpatterns: list[URLPattern | URLResolver] = [
    path("-/live", health.live, name="live"),
    path("-/ready", health.ready, name="ready"),
    *(address for room in _rooms for address in _machine(room)),
    *i18n_patterns(
        *(address for room in _rooms for address in _pages(room)),
        path("operate", operate, name="operate"),
        path("", home),  # a room that offers a start page comes first
        prefix_default_language=False,
    ),
]
handler400 = "dichterbij.web.errors.bad_request"
handler403 = "dichterbij.web.errors.forbidden"
handler404 = "dichterbij.web.errors.not_found"
handler500 = "dichterbij.web.errors.server_error"
