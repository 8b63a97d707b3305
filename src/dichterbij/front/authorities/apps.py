"""The room as a Django application: its place in the navigation."""

from django.apps import AppConfig
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from dichterbij.ground.identity.routes import CITIZEN, login_of
from dichterbij.ground.organisations.domain import StaffTask
from dichterbij.web import slots


class AuthoritiesConfig(AppConfig):
    """Acting for another, and letting another act."""

    name = "dichterbij.front.authorities"
    label = "authorities"

    def ready(self) -> None:
        """Fill the navigation, and let the letter that asks for a mandate go on paper."""
        from dichterbij.delivery.messages import channels

        from . import asking

        slots.register("navigation", _navigation)
        channels.register(asking.ON_PAPER)


def _navigation(request: HttpRequest) -> list[slots.SlotItem]:
    login = login_of(request)
    if login is None:
        return []
    if login.audience is CITIZEN:
        return [slots.SlotItem(label=_("Machtigen"), url=reverse("authorities"), order=60)]
    from dichterbij.ground.organisations.queries import operator

    if not any(role.organisation == operator().oin and StaffTask.HANDLE in role.roles for role in login.staff):
        return []
    return [
        slots.SlotItem(label=_("Machtiging aan de balie"), url=reverse("authorities-counter"), order=60),
        slots.SlotItem(label=_("Inlog blokkeren"), url=reverse("authorities-block"), order=61),
    ]
