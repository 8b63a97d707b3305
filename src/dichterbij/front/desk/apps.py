"""The room as a Django application: its place in the navigation of workers."""

from django.apps import AppConfig
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from dichterbij.ground.identity.routes import STAFF, login_of
from dichterbij.web import slots


class DeskConfig(AppConfig):
    """The desk of workers."""

    name = "dichterbij.front.desk"
    label = "desk"

    def ready(self) -> None:
        """Fill the navigation."""
        slots.register("navigation", _navigation)


def _navigation(request: HttpRequest) -> list[slots.SlotItem]:
    login = login_of(request)
    if login is None or login.audience is not STAFF:
        return []
    return [slots.SlotItem(label=_("Werkvoorraad"), url=reverse("desk"), order=10)]
