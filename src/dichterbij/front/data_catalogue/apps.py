"""The room as a Django application: its link at the foot of every page, and its lists ready before somebody asks."""

from datetime import timedelta

from django.apps import AppConfig
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from dichterbij.web import slots


class DataCatalogueConfig(AppConfig):
    """Which data for which decision."""

    name = "dichterbij.front.data_catalogue"
    label = "data_catalogue"

    def ready(self) -> None:
        """Fill the foot of the page, and make the lists in the background."""
        from dichterbij.ground.outbox import duties

        from . import ready

        slots.register("footer", _footer)
        duties.register("data_catalogue.ready", every=timedelta(hours=1), work=ready.prepare)


def _footer(_request: HttpRequest) -> list[slots.SlotItem]:
    return [slots.SlotItem(label=_("Welke gegevens voor welk besluit"), url=reverse("data-catalogue"), order=75)]
