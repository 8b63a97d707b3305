"""Paper as a Django application."""

from datetime import timedelta

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
        """Register on what ground a worker acts for who wrote, what returns, how long paper is kept, and its place."""
        from dichterbij.ground.authority import sources
        from dichterbij.ground.outbox import duties

        from . import ground, keeping, writing

        sources.register("paper", ground.paper_before_them)
        duties.register("paper.unanswered", every=timedelta(minutes=10), work=writing.go_on_without_answer)
        keeping.register()
        slots.register("navigation", _navigation)


def _navigation(request: HttpRequest) -> list[slots.SlotItem]:
    from .ground import organisations_of

    login = login_of(request)
    if login is None or login.audience is not STAFF or not organisations_of(login):
        return []
    return [slots.SlotItem(label=_("Post"), url=reverse("post"), order=15)]
