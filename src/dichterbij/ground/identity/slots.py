"""What identity puts around every page: who is logged in until when, or the way to log in."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from dichterbij.web import slots

from . import asking, means
from .routes import STAFF, login_of


def fill() -> None:
    """Tell the layout who is logged in and offer the login page to others."""
    slots.set_login(_state)
    slots.register("header", _sign_in)
    slots.register("header", _without_number)
    slots.register("problem", _after_refusal)


def _state(request: HttpRequest) -> slots.LoginState | None:
    login = login_of(request)
    if login is None:
        return None
    return slots.LoginState(
        name=login.name,
        until=login.until,
        sign_out_url=reverse("logout"),
        extend_url=reverse("session-renew"),
        acting_for=login.acting_for.name if login.acting_for else "",
        own_url=reverse("login-own"),
        is_helping=login.audience is STAFF,
    )


def _sign_in(request: HttpRequest) -> list[slots.SlotItem]:
    return [] if login_of(request) else [slots.SlotItem(label=_("Inloggen"), url=reverse("login"))]


def _without_number(request: HttpRequest) -> list[slots.SlotItem]:
    login = login_of(request)
    if login is None or not login.is_without_number:
        return []
    return [slots.SlotItem(label=_("Geen burgerservicenummer"), url=reverse("login-without-number"))]


def _after_refusal(request: HttpRequest) -> list[slots.SlotItem]:
    """Lead who could not log in back to the choice of means, for the page they wanted; who is logged in goes on."""
    if not hasattr(request, "login_asked"):
        return []
    asked = request.login_asked
    if asked is None and login_of(request):
        return [slots.SlotItem(label=_("Ga verder"), url=asking.START)]
    again = asking.login_url()
    if asked is not None:
        again = asking.login_url(asked.next, audience=means.named(asked.means).audience, level=asked.level)
    return [
        slots.SlotItem(label=_("Opnieuw inloggen"), url=again, order=0),
        slots.SlotItem(label=_("Hulp bij inloggen"), url=reverse("login-help"), order=1),
    ]
