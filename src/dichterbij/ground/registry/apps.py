"""The registry room as a Django application."""

from django.apps import AppConfig


class RegistryConfig(AppConfig):
    """Reading from registries."""

    name = "dichterbij.ground.registry"

    def ready(self) -> None:
        """Register how long is remembered which event of a source came last."""
        from dichterbij.ground.outbox import retention

        from . import events

        retention.register(
            "registry.LatestEvent",
            why="Zo telt een oude gebeurtenis niet meer mee als er al een nieuwere is.",
            keep="een jaar na de laatste gebeurtenis",
            purge=events.purge_latest,
        )
