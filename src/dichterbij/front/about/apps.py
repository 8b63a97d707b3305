"""The room as a Django application: its links at the foot of every page."""

from django.apps import AppConfig
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from dichterbij.web import slots


class AboutConfig(AppConfig):
    """The product about itself."""

    name = "dichterbij.front.about"
    label = "about"

    def ready(self) -> None:
        """Fill the foot of the page."""
        slots.register("footer", _footer)


def _footer(_request: HttpRequest) -> list[slots.SlotItem]:
    return [
        slots.SlotItem(label=_("Over deze site"), url=reverse("about"), order=80),
        slots.SlotItem(label=_("Toegankelijkheid"), url=reverse("about-accessibility"), order=90),
    ]
