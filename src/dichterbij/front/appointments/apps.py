"""The room as a Django application: its place in the navigation, and the reminders."""

from datetime import timedelta

from django.apps import AppConfig
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from dichterbij.ground.identity.routes import CITIZEN, login_of
from dichterbij.ground.organisations.domain import StaffTask
from dichterbij.web import slots


class AppointmentsConfig(AppConfig):
    """Appointments at a counter."""

    name = "dichterbij.front.appointments"
    label = "appointments"

    def ready(self) -> None:
        """Fill the extension points."""
        from dichterbij.ground.outbox import duties

        from . import keeping, telling

        slots.register("navigation", _navigation)
        keeping.register()
        duties.register("appointments.remind", every=timedelta(minutes=10), work=telling.remind)


def _navigation(request: HttpRequest) -> list[slots.SlotItem]:
    login = login_of(request)
    if login is None:
        return []
    if login.audience is CITIZEN or login.uses_pages_of_citizens:
        return [slots.SlotItem(label=_("Afspraken"), url=reverse("appointments"), order=58)]
    if any(StaffTask.DESK in role.roles for role in login.staff):
        return [slots.SlotItem(label=_("Afspraken"), url=reverse("appointments-expected"), order=25)]
    return []
