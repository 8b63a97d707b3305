"""What this room adds to others: a place in the navigation, and how long it keeps what it knows."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from dichterbij.ground.outbox import retention
from dichterbij.web import slots

from . import services


def join() -> None:
    """Fill the extension points of the other rooms."""
    slots.register("navigation", navigation)
    retention.register(
        "life_events.CheckAnswers",
        why="Antwoorden die u zonder inloggen gaf om de lijst korter te maken.",
        keep="30 minuten",
        purge=services.purge_answers,
    )


def navigation(request: HttpRequest) -> list[slots.SlotItem]:
    """Return the links of this room."""
    if getattr(request, "login", None) is None:
        return [slots.SlotItem(label=_("Na een overlijden"), url=reverse("life-event", args=["death"]), order=10)]
    return []
