"""What the demonstration tells by e-mail and text message: nothing leaves the machine, a page shows what would go out.

Only where the settings name no mail server and no notification service.
"""

import json
import secrets
import time
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dichterbij.delivery.contact import senders
from dichterbij.delivery.contact.domain import Outgoing, Way
from dichterbij.ground.authority.routes import ANYONE, open_to
from dichterbij.web import slots

KEPT = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One e-mail or text message that would have gone out."""

    way: str
    to: str
    subject: str
    text: str


def register() -> None:
    """Keep what would go out along every way that nothing else sends along, and say so at the foot of the page."""
    missing = [way for way in Way if way not in senders.ways()]
    for way in missing:
        senders.register(way, partial(_keep, way))
    if missing:
        slots.register("footer", _footer)


def kept() -> list[Shown]:
    """Return what would have gone out, newest first."""
    return [Shown(**json.loads(file.read_text(encoding="utf-8"))) for file in sorted(_files(), reverse=True)]


@require_safe
@open_to(ANYONE)
def told(request: HttpRequest) -> HttpResponse:
    """Show what would have gone out."""
    return render(request, "dichterbij_world/told.html", {"kept": kept()})


def _keep(way: Way, outgoing: Outgoing) -> str:
    folder = _folder()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    shown = Shown(way=way.value, to=outgoing.to, subject=outgoing.subject, text=outgoing.text)
    name = f"{time.time_ns()}-{secrets.token_hex(4)}"
    unfinished = folder / f"{name}.part"
    unfinished.write_text(json.dumps(asdict(shown)), encoding="utf-8")
    unfinished.rename(folder / f"{name}.json")
    for old in sorted(_files())[:-KEPT]:
        old.unlink(missing_ok=True)
    return name


def _files() -> list[Path]:
    return list(_folder().glob("*.json"))


def _folder() -> Path:
    return Path(settings.STATE) / "told"


def _footer(_request: HttpRequest) -> list[slots.SlotItem]:
    return [slots.SlotItem(label=_("E-mail en sms van deze demonstratie"), url=reverse("demonstration-told"), order=95)]
