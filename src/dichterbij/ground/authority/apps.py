"""Authority as a Django application."""

from django.apps import AppConfig


class AuthorityConfig(AppConfig):
    """Who may do what, on whose behalf."""

    name = "dichterbij.ground.authority"
    label = "authority"

    def ready(self) -> None:
        """Register the two sources every instance has."""
        from . import sources

        sources.register("self", sources.oneself)
        sources.register("staff", sources.staff)
