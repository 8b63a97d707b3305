"""The room as a Django application."""

from django.apps import AppConfig


class VerificationConfig(AppConfig):
    """Has somebody died?"""

    name = "dichterbij.delivery.verification"
    label = "verification"

    def ready(self) -> None:
        """Undo what a mistaken death told, and say how long is kept who asked."""
        from dichterbij.ground.identity.register_events import DeathCorrected
        from dichterbij.ground.outbox import handlers, retention

        from . import asking, told

        handlers.register(DeathCorrected, "verification.forget", told.forget)
        retention.register(
            "verification.Told",
            why="Zodat nabestaanden zien welke bedrijven het overlijden al weten.",
            keep="een jaar nadat het bedrijf het vroeg",
            purge=told.purge,
        )
        retention.register(
            "verification.Asked",
            why="Om te merken dat een bedrijf naar mensen raadt. Er staat niet bij over wie het vroeg.",
            keep="een uur",
            purge=asking.purge,
        )
