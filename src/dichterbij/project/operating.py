"""The page of who keeps this instance running: what is stuck, since when, and what to do. No data of people."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from dichterbij.ground.authority.domain import Refusal
from dichterbij.ground.authority.reasons import refused
from dichterbij.ground.authority.routes import STAFF, LoggedIn, login_of, open_to
from dichterbij.ground.identity.domain import Login
from dichterbij.ground.logbook import queries as logbook
from dichterbij.ground.organisations import queries as organisations
from dichterbij.ground.organisations.domain import StaffTask
from dichterbij.ground.outbox import queries as outbox
from dichterbij.ground.outbox import services as outbox_services
from dichterbij.ground.registry import health as sources
from dichterbij.ground.registry.registries import registry
from dichterbij.kernel.levels import Level
from dichterbij.web import slots

from . import health

LATE_SECONDS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of the instance: what people call it, whether it works, and what to do when it does not."""

    label: str
    works: bool
    to_do: str


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(STAFF, level=Level.SUBSTANTIAL)
def operate(request: LoggedIn) -> HttpResponse:
    """Show how the instance does; try one stuck message again on request."""
    if not is_operator(request.login):
        raise refused(Refusal.NOT_PERMITTED)
    if request.method == "POST":
        return _try_again(request)
    lag = int(outbox.lag().total_seconds())
    context = {
        "stuck": outbox.stuck(),
        "waiting": outbox.waiting(),
        "lag": lag,
        "is_late": lag > LATE_SECONDS,
        "down": _down(get_language() or "nl"),
        "seal": logbook.last_seal(),
        "parts": _parts(),
    }
    return render(request, "project/operate.html", context)


def _try_again(request: LoggedIn) -> HttpResponse:
    delivery = request.POST.get("delivery", "")
    if delivery.isdecimal():
        outbox_services.release(int(delivery))
    return redirect("operate")


def is_operator(login: Login) -> bool:
    """Say whether somebody keeps this instance running, for the organisation that operates it."""
    operator = organisations.operator().oin
    return any(role.organisation == operator and StaffTask.OPERATE in role.roles for role in login.staff)


def navigation(request: HttpRequest) -> list[slots.SlotItem]:
    """Give who may see it the way to the page."""
    login = login_of(request)
    if login is None or not is_operator(login):
        return []
    return [slots.SlotItem(label=_("Beheer"), url=reverse("operate"), order=90)]


def _down(language: str) -> list[tuple[str, datetime]]:
    return [(registry(name).label(language), since) for name, since in sorted(sources.down().items())]


def _parts() -> list[Part]:
    return [Part(label=label, works=health.works(name), to_do=to_do) for name, label, to_do in _words()]


def _words() -> tuple[tuple[str, str, str], ...]:
    return (
        ("database", _("Gegevens"), _("Kijk of de database draait en of de schijf vol is.")),
        ("logbook", _("Logboek"), _("Zonder logboek wordt niets getoond. Kijk of zijn database te schrijven is.")),
        ("laws", _("Wetten"), _("Controleer de bestanden met: dichterbij law check.")),
        ("keys", _("Sleutels"), _("Zet de sleutels van de beheerder terug in de map keys.")),
        ("clock", _("Klok"), _("Zet de klok van de machine gelijk.")),
    )
