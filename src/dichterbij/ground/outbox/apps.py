"""The outbox as a Django application."""

from datetime import timedelta

from django.apps import AppConfig


class OutboxConfig(AppConfig):
    """Registers the daily run of retention and what the outbox itself keeps."""

    name = "dichterbij.ground.outbox"

    def ready(self) -> None:
        """Register the outbox's own duty and retention."""
        from . import duties, retention, services

        duties.register("outbox.retention", every=timedelta(hours=1), work=retention.run)
        retention.register(
            "outbox.Event",
            why="Om na te gaan of een bericht overal is aangekomen.",
            keep="30 dagen nadat alles is afgehandeld",
            purge=services.purge_handled,
        )
