"""Authority as a Django application."""

from django.apps import AppConfig


class AuthorityConfig(AppConfig):
    """Who may do what, on whose behalf."""

    name = "dichterbij.ground.authority"
    label = "authority"
