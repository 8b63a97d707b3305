"""Paper as a Django application."""

from django.apps import AppConfig
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from dichterbij.ground.identity.routes import STAFF, login_of
from dichterbij.web import slots


class PaperConfig(AppConfig):
    """Forms on paper, and the post that comes in."""

    name = "dichterbij.delivery.paper"
    label = "paper"

    def ready(self) -> None:
        """Register on what ground a worker acts for who wrote, how long paper is kept, and the place of the post."""
        from dichterbij.ground.authority import sources

        from . import ground, keeping

        sources.register("paper", ground.paper_before_them)
        keeping.register()
        slots.register("navigation", _navigation)


def _navigation(request: HttpRequest) -> list[slots.SlotItem]:
    from .ground import organisations_of

    login = login_of(request)
    if login is None or login.audience is not STAFF or not organisations_of(login):
        return []
    return [slots.SlotItem(label=_("Post"), url=reverse("post"), order=15)]
