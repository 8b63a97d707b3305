"""The room as a Django application."""

from django.apps import AppConfig
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from dichterbij.ground.identity.routes import CITIZEN, login_of
from dichterbij.web import slots


class ContactConfig(AppConfig):
    """How a person is reached."""

    name = "dichterbij.delivery.contact"
    label = "contact"

    def ready(self) -> None:
        """Say what sends, handle what must go out, and take a place in the navigation."""
        from dichterbij.ground.outbox import handlers

        from . import configuration, delivering
        from .events import DispatchDue

        configuration.register()
        handlers.register(DispatchDue, "contact.deliver", delivering.deliver)
        slots.register("navigation", _navigation)


def _navigation(request: HttpRequest) -> list[slots.SlotItem]:
    from dichterbij.ground.authority.offering import offers

    login = login_of(request)
    if login is None or login.audience is not CITIZEN or not offers(request, "portaal.contactgegevens"):
        return []
    return [slots.SlotItem(label=_("Post en mail"), url=reverse("contact-details"), order=55)]
