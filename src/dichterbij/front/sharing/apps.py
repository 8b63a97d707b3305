"""The room as a Django application: its place in the navigation."""

from django.apps import AppConfig
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from dichterbij.ground.identity.routes import CITIZEN, login_of
from dichterbij.web import slots


class SharingPagesConfig(AppConfig):
    """Sharing by consent, for the person."""

    name = "dichterbij.front.sharing"
    label = "sharing_pages"

    def ready(self) -> None:
        """Fill the navigation."""
        slots.register("navigation", _navigation)


def _navigation(request: HttpRequest) -> list[slots.SlotItem]:
    from dichterbij.ground.authority.offering import offers

    login = login_of(request)
    if login is None or login.audience is not CITIZEN or login.subject.kvk_number:
        return []  # a company shares nothing of a person
    if not offers(request, "portaal.delen"):
        return []
    return [slots.SlotItem(label=_("Delen"), url=reverse("sharing"), order=45)]
