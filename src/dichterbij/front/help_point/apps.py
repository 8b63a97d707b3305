"""The room as a Django application: its place at the foot of every page."""

from django.apps import AppConfig
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from dichterbij.web import slots


class HelpPointConfig(AppConfig):
    """The help point in the library."""

    name = "dichterbij.front.help_point"
    label = "help_point"

    def ready(self) -> None:
        """Fill the foot of every page."""
        slots.register("footer", _footer)


def _footer(_request: HttpRequest) -> list[slots.SlotItem]:
    return [slots.SlotItem(label=_("Hulp in de buurt"), url=reverse("help-points"), order=6)]
