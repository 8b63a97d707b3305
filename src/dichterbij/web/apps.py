"""The web room as a Django app."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Layout, components, languages and error pages."""

    name = "dichterbij.web"
    label = "web"

    def ready(self) -> None:
        """Teach Django Papiamentu before anybody asks for it."""
        from . import checks, languages  # noqa: F401 importing checks registers them

        languages.register()
