"""The project as a Django application: it brings the commands and the checks at start-up."""

from django.apps import AppConfig


class ProjectConfig(AppConfig):
    """Registers the checks that keep a production instance safe."""

    name = "dichterbij.project"
    label = "project"

    def ready(self) -> None:
        """Register the start-up checks."""
        from . import checks  # noqa: F401 importing registers them
