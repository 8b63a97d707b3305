"""The room as a Django application."""

from django.apps import AppConfig


class LogReadingConfig(AppConfig):
    """An organisation reads its own lines of the logbook."""

    name = "dichterbij.front.log_reading"
    label = "log_reading"
