"""The room as a Django application: its places in the layout, what it tells authority, how long it keeps what."""

from datetime import timedelta

from django.apps import AppConfig
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from dichterbij.ground.identity.routes import CITIZEN, STAFF, login_of
from dichterbij.ground.organisations.domain import StaffTask
from dichterbij.web import slots


class DeskConfig(AppConfig):
    """The desk of workers."""

    name = "dichterbij.front.desk"
    label = "desk"

    def ready(self) -> None:
        """Fill the extension points."""
        from dichterbij.ground.authority import bars, sources
        from dichterbij.ground.logbook import wording
        from dichterbij.ground.outbox import duties, handlers

        from . import barring, confirming, helping, keeping, place, reviewing
        from .events import HelpEnded
        from .rules import reasons

        slots.register("navigation", _navigation)
        slots.register("footer", _footer)
        wording.register_reasons("desk", reasons)
        sources.register("desk", place.source)
        sources.register("desk.review", reviewing.source)
        bars.register("desk", barring.stands)
        keeping.register()
        handlers.register(HelpEnded, "desk.confirm", confirming.on_ended)
        duties.register("desk.over", every=timedelta(minutes=1), work=helping.end_overdue)


def _navigation(request: HttpRequest) -> list[slots.SlotItem]:
    login = login_of(request)
    if login is None:
        return []
    if login.audience is CITIZEN and login.acting_for is None:
        return [slots.SlotItem(label=_("Hulp"), url=reverse("my-talks"), order=60)]
    if login.audience is not STAFF:
        return []
    if login.acting_for is not None:
        is_company = login.acting_for.subject.kvk_number is not None
        label = _("Dit bedrijf") if is_company else _("Deze persoon")
        return [slots.SlotItem(label=label, url=reverse("desk-help-now"), order=5)]
    return _of_a_worker({task for role in login.staff for task in role.roles})


def _of_a_worker(tasks: set[StaffTask]) -> list[slots.SlotItem]:
    items = [slots.SlotItem(label=_("Werkvoorraad"), url=reverse("desk"), order=10)]
    if StaffTask.DESK in tasks:
        items += [
            slots.SlotItem(label=_("Iemand helpen"), url=reverse("desk-help"), order=20),
            slots.SlotItem(label=_("Terugbellen"), url=reverse("desk-calls"), order=30),
        ]
    if tasks & {StaffTask.HANDLE, StaffTask.DECIDE}:
        items.append(slots.SlotItem(label=_("Overleg"), url=reverse("desk-conferences"), order=40))
    if StaffTask.AUDIT in tasks:
        items.append(slots.SlotItem(label=_("Nakijken"), url=reverse("desk-reviews"), order=50))
    if StaffTask.EDIT in tasks:
        items.append(slots.SlotItem(label=_("Signalen over regels"), url=reverse("desk-signals"), order=60))
    return items


def _footer(_request: HttpRequest) -> list[slots.SlotItem]:
    return [
        slots.SlotItem(label=_("Bel mij terug"), url=reverse("call-me"), order=5),
        slots.SlotItem(label=_("Wat mensen beoordelen"), url=reverse("judged"), order=45),
    ]
