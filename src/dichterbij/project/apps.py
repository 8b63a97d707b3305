"""The project as a Django application: it brings the commands and the checks at start-up."""

from django.apps import AppConfig


class ProjectConfig(AppConfig):
    """Brings the commands, the checks at start-up and the name of the site."""

    name = "dichterbij.project"
    label = "project"

    def ready(self) -> None:
        """Register the start-up checks and tell the layout whose site this is."""
        from dichterbij.web import slots

        from . import checks  # noqa: F401 importing registers them
        from .hosting import host
        from .operating import navigation

        slots.set_host(host)
        slots.register("navigation", navigation)
