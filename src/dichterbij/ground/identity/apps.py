"""Identity as a Django application."""

from django.apps import AppConfig


class IdentityConfig(AppConfig):
    """Means of login, assurance level, session."""

    name = "dichterbij.ground.identity"
    label = "identity"
