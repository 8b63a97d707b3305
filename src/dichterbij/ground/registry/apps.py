"""The registry room as a Django application."""

from django.apps import AppConfig


class RegistryConfig(AppConfig):
    """Reading from registries."""

    name = "dichterbij.ground.registry"

    def ready(self) -> None:
        """Register how long is remembered which event of a source came last, and who looked at whom just now."""
        from dichterbij.ground.outbox import retention

        from . import events, restraint

        retention.register(
            "registry.LatestEvent",
            why="Zo telt een oude gebeurtenis niet meer mee als er al een nieuwere is.",
            keep="een jaar na de laatste gebeurtenis",
            purge=events.purge_latest,
        )
        retention.register(
            "registry.Look",
            why="Zo merken wij het als een medewerker heel veel mensen bekijkt.",
            keep="tien minuten",
            purge=restraint.purge,
        )
