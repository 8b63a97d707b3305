"""The room as a Django application."""

from django.apps import AppConfig


class VerificationConfig(AppConfig):
    """Has somebody died?"""

    name = "dichterbij.delivery.verification"
    label = "verification"

    def ready(self) -> None:
        """Let bodies hear of a mistaken death, and say how long is kept who asked."""
        from dichterbij.ground.identity.register_events import DeathCorrected
        from dichterbij.ground.outbox import handlers, retention

        from . import correcting, guessing, told

        handlers.register(DeathCorrected, "verification.forget", correcting.begin)
        handlers.register(correcting.CorrectionDue, "verification.tell_correction", correcting.tell)
        retention.register(
            "verification.Told",
            why="Zodat nabestaanden zien welke bedrijven het overlijden al weten.",
            keep="een jaar nadat het bedrijf het vroeg",
            purge=told.purge,
        )
        retention.register(
            "verification.Asked",
            why="Om te merken dat een bedrijf naar mensen raadt. Er staat niet bij over wie het vroeg.",
            keep="een dag",
            purge=guessing.purge,
        )
