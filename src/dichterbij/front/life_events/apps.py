"""Life events as a Django application."""

from django.apps import AppConfig


class LifeEventsConfig(AppConfig):
    """Fills the navigation, listens to the population register and says how long plans are kept."""

    name = "dichterbij.front.life_events"

    def ready(self) -> None:
        """Join the other rooms through their extension points."""
        from . import joining

        joining.join()
