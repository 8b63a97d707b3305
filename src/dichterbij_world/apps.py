"""The demonstration as a Django application: it brings the test means of login and the synthetic registries."""

from django.apps import AppConfig


class WorldConfig(AppConfig):
    """Only installed in a demonstration."""

    name = "dichterbij_world"

    def ready(self) -> None:
        """Admit the test means and offer the registries to this process."""
        from . import means, told
        from .registries.all import offer

        means.register()
        told.register()
        offer()
