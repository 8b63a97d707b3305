"""The room as a Django application: its place in the navigation of who checks staff, and what they may."""

from django.apps import AppConfig
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from dichterbij.ground.identity.routes import login_of
from dichterbij.ground.organisations.domain import StaffTask
from dichterbij.web import slots


class LogReadingConfig(AppConfig):
    """An organisation reads its own lines of the logbook."""

    name = "dichterbij.front.log_reading"
    label = "log_reading"

    def ready(self) -> None:
        """Fill the extension points."""
        from dichterbij.ground.authority import sources

        from . import place

        sources.register("log_reading", place.source)
        slots.register("navigation", _navigation)


def _navigation(request: HttpRequest) -> list[slots.SlotItem]:
    login = login_of(request)
    if login is None or login.acting_for is not None or not login.roles_with(StaffTask.AUDIT):
        return []
    return [slots.SlotItem(label=_("Wat medewerkers openen"), url=reverse("staff-looks"), order=55)]
