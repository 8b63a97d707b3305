"""Messages as a Django application."""

from django.apps import AppConfig


class MessagesConfig(AppConfig):
    """Letters, the message box and the print queue."""

    name = "dichterbij.delivery.messages"
    label = "messages"

    def ready(self) -> None:
        """Register the ways a message travels and how long messages are kept."""
        from . import channels, keeping

        channels.register(channels.PRINT_QUEUE)
        keeping.register()
