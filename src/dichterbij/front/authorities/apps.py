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
        slots.set_switch(_switch)
        channels.register(asking.ON_PAPER)


def _switch(request: HttpRequest) -> slots.Switch | None:
    login = login_of(request)
    if login is None or login.audience is not CITIZEN:
        return None
    from dichterbij.ground.authority import offering

    from . import people

    others, now = offering.others(request), login.acting_for.subject.party if login.acting_for else None
    return slots.Switch(
        choices=tuple(
            slots.Choice(value=str(each.party), name=each.name, as_what=people.acting_as(each.kind))
            for each in others
            if each.party != now
        ),
        url=reverse("authorities-act"),
        all_url=reverse("authorities"),
        as_what=next((people.acting_as(each.kind) for each in others if each.party == now), ""),
    )


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
