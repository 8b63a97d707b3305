"""What this room adds to others: a place in the navigation, and how long it keeps what it knows."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from dichterbij.delivery.messages import channels
from dichterbij.ground.authority.offering import offers
from dichterbij.ground.identity.register_events import DeathCorrected, DeathRegistered, RecordChanged
from dichterbij.ground.identity.routes import login_of
from dichterbij.ground.outbox import handlers, retention
from dichterbij.web import slots

from . import after_death, plans, queries
from .asking import PORTAL


def join() -> None:
    """Fill the extension points of the other rooms."""
    slots.register("navigation", navigation)
    channels.register(after_death.ON_PAPER)
    handlers.register(DeathRegistered, "life_events.tell", after_death.tell)
    handlers.register(DeathCorrected, "life_events.undo", after_death.undo)
    handlers.register(RecordChanged, "life_events.changed", plans.note_change)
    for model in ("life_events.Plan", "life_events.PlanCard"):
        retention.register(
            model,
            why="Uw plan na een levensgebeurtenis, zodat u verder kunt waar u was.",
            keep="een jaar nadat u het voor het laatst bekeek",
            purge=plans.purge,
        )


def navigation(request: HttpRequest) -> list[slots.SlotItem]:
    """Return the links of this room: a person's own overview, or the public checklist for who is not logged in."""
    login = login_of(request)
    if login is None:
        return [slots.SlotItem(label=_("Na een overlijden"), url=reverse("life-event", args=["death"]), order=10)]
    if not login.uses_pages_of_citizens or not offers(request, PORTAL):
        return []
    waiting = 0 if login.acting_for else queries.waiting(login.subject.party)  # a mandate may not be for the overview
    return [
        slots.SlotItem(
            label=_("Mijn overzicht"), url=reverse("plans"), order=10, count=waiting, count_label=_("staat klaar")
        )
    ]
