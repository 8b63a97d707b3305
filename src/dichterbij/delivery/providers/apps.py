"""Providers as a Django application."""

from datetime import timedelta

from django.apps import AppConfig
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from dichterbij.ground.identity.routes import login_of
from dichterbij.web import slots


class ProvidersConfig(AppConfig):
    """What a person has at all organisations together."""

    name = "dichterbij.delivery.providers"
    label = "providers"

    def ready(self) -> None:
        """Say how every organisation is reached, and take a place in the navigation."""
        from dichterbij.delivery.cases import counters
        from dichterbij.delivery.messages import boxes
        from dichterbij.ground.authority import offering, sources
        from dichterbij.ground.identity import means
        from dichterbij.ground.outbox import duties

        from . import elsewhere, keeping, services
        from .moving import carrying, ending, instances

        counters.register(services.provider, elsewhere.place)
        boxes.register(services.provider, elsewhere.product)
        keeping.register()
        means.register_source(instances.means)
        sources.register("moving", carrying.source)
        offering.register(carrying.offered)
        duties.register("providers.ended", every=timedelta(seconds=1), work=ending.tell)
        slots.register("navigation", _navigation)


def _navigation(request: HttpRequest) -> list[slots.SlotItem]:
    login = login_of(request)
    if login is None or not login.uses_pages_of_citizens:
        return []
    return [
        slots.SlotItem(label=_("Mijn aanvragen"), url=reverse("applications"), order=20),
        slots.SlotItem(label=_("Berichten"), url=reverse("messages"), order=30),
    ]
