"""Messages as a Django application."""

from django.apps import AppConfig


class MessagesConfig(AppConfig):
    """Letters, the message box and the print queue."""

    name = "dichterbij.delivery.messages"
    label = "messages"

    def ready(self) -> None:
        """Register the ways a message travels, what happens when a notice fails, and how long messages are kept."""
        from dichterbij.delivery.contact.events import NotToldOf
        from dichterbij.ground.outbox import handlers

        from . import channels, keeping, not_told

        for channel in (channels.PRINT_QUEUE, channels.NOTICE, not_told.ON_PAPER):
            channels.register(channel)
        handlers.register(NotToldOf, "messages.write", not_told.write)
        keeping.register()
