"""Which senders the settings name: a mail server, the notification service, or neither."""

from collections.abc import Callable
from functools import partial

from django.conf import settings

from . import senders
from .adapters import smtp
from .adapters.notifynl import NotifyNl
from .domain import Way

TEMPLATES = {Way.EMAIL: "email_template", Way.SMS: "sms_template"}


def notify_nl() -> NotifyNl | None:
    """Return the service at NotifyNL that the settings name, if they do."""
    said = settings.NOTIFY
    if not (said["url"] and said["key"]):
        return None
    templates = {way: str(said[name]) for way, name in TEMPLATES.items() if said[name]}
    return NotifyNl(url=str(said["url"]), key=str(said["key"]), templates=templates)


def register() -> None:
    """Register the senders that the settings name; a mail server goes before the service."""
    service = notify_nl()
    for way in service.templates if service else ():
        senders.register(way, _through(service, way))
    if settings.SMTP_URL:
        senders.register(Way.EMAIL, smtp.send)


def _through(service: NotifyNl | None, way: Way) -> Callable[..., str]:
    assert service is not None  # noqa: S101 only called for a service that is there
    return partial(service.send_along, way)
