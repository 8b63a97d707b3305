"""The logbook as a Django application."""

from datetime import timedelta

from django.apps import AppConfig


class LogbookConfig(AppConfig):
    """Lets the loop seal the logbook every second."""

    name = "dichterbij.ground.logbook"

    def ready(self) -> None:
        """Register the duty to seal and what this room keeps."""
        from dichterbij.ground.outbox import duties, retention

        from . import keeping, sealing, services

        term = keeping.term()

        duties.register("logbook.seal", every=timedelta(seconds=0.5), work=sealing.seal)
        duties.register("logbook.orphans", every=timedelta(minutes=1), work=services.close_orphans)
        retention.register(
            "logbook.Line",
            why="Zodat u kunt zien wie uw gegevens gebruikte, en niemand dat kan wissen.",
            keep=f"{term.keep_years} jaar ({term.ground})",
            purge=lambda _now: 0,  # the server may not: the owner of the database does, with `logbook remove`
        )
