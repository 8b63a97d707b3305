"""The room as a Django application: its place in the navigation and how long it keeps what it shows."""

from django.apps import AppConfig
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from dichterbij.ground.identity.routes import login_of
from dichterbij.ground.outbox import retention
from dichterbij.web import slots


class MyDataConfig(AppConfig):
    """My data, and who looked at it."""

    name = "dichterbij.front.my_data"
    label = "my_data"

    def ready(self) -> None:
        """Fill the extension points."""
        from dichterbij.ground.identity.register_events import RecordChanged
        from dichterbij.ground.logbook.events import SeenByWorker
        from dichterbij.ground.outbox import handlers

        from . import notices, services

        handlers.register(RecordChanged, "my_data.changed", services.note_change)
        handlers.register(SeenByWorker, "my_data.seen", notices.tell)
        slots.register("navigation", _navigation)
        retention.register(
            "my_data.Snapshot",
            why="Zodat u uw gegevens kunt teruglezen zonder dat er opnieuw gekeken wordt.",
            keep="1 dag na het opvragen",
            purge=services.forget_old,
        )
        retention.register(
            "my_data.NoNotice",
            why="Zodat wij u geen bericht sturen dat u niet wilt.",
            keep="tot u het weer aanzet",
            purge=lambda _now: 0,
        )


def _navigation(request: HttpRequest) -> list[slots.SlotItem]:
    from dichterbij.ground.authority.offering import offers

    login = login_of(request)
    if login is None or not login.uses_pages_of_citizens:
        return []
    pages = (
        ("portaal.mijn-gegevens", _("Mijn gegevens"), "my-data", 40),
        ("portaal.wie-keek", _("Wie keek in mijn gegevens"), "who-looked", 50),
    )
    return [
        slots.SlotItem(label=label, url=reverse(name), order=order)
        for task, label, name, order in pages
        if offers(request, task)
    ]
