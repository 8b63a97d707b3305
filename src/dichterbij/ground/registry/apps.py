"""The registry gateway as a Django application."""

from django.apps import AppConfig


class RegistryConfig(AppConfig):
    """Keeps nothing: what is read is released to the caller and not stored here."""

    name = "dichterbij.ground.registry"
