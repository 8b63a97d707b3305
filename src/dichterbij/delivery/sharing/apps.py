"""The room as a Django application."""

from django.apps import AppConfig


class SharingConfig(AppConfig):
    """Sharing by consent."""

    name = "dichterbij.delivery.sharing"
    label = "sharing"

    def ready(self) -> None:
        """Say how long is kept who consented to what."""
        from dichterbij.ground.outbox import retention

        from . import asking

        retention.register(
            "sharing.Consent",
            why="Zodat u ziet met wie u wat deelde, en wij kunnen laten zien dat u het goed vond.",
            keep="twee jaar nadat de toestemming voorbij is",
            purge=asking.purge,
        )
