"""The room as a Django application: its place in the navigation and at the foot of every page."""

from django.apps import AppConfig
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from dichterbij.ground.identity.routes import login_of
from dichterbij.web import slots


class RulesConfig(AppConfig):
    """The rules for everybody."""

    name = "dichterbij.front.rules"
    label = "rules"

    def ready(self) -> None:
        """Fill the navigation of who is not logged in, and the foot of the page."""
        slots.register("navigation", _navigation)
        slots.register("footer", _footer)


def _navigation(request: HttpRequest) -> list[slots.SlotItem]:
    return [] if login_of(request) else _footer(request)


def _footer(_request: HttpRequest) -> list[slots.SlotItem]:
    return [slots.SlotItem(label=_("De regels"), url=reverse("rules"), order=70)]
