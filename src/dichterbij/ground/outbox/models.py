"""Events and how far each handler is with them."""

from django.db import models

from .domain import State


class Event(models.Model):
    """Something that happened; never changed. `person` keeps the order: events of one person are handled in turn."""

    event_id = models.UUIDField(unique=True)
    name = models.CharField(max_length=100)
    person = models.CharField(max_length=64, blank=True)
    body = models.JSONField()
    happened_at = models.DateTimeField()

    class Meta:
        db_table = "outbox_event"


class Delivery(models.Model):
    """One event for one handler."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="deliveries")
    handler = models.CharField(max_length=100)
    person = models.CharField(max_length=64, blank=True)
    state = models.CharField(max_length=10, default=State.WAITING, help_text="one of State")
    failures = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField(help_text="machine time: after a failure or while a process is busy with it")
    problem = models.CharField(max_length=200, blank=True, help_text="kind of the last failure, never personal data")

    class Meta:
        db_table = "outbox_delivery"
        constraints = [
            models.UniqueConstraint(fields=["event", "handler"], name="outbox_delivery_once_per_handler"),
            models.CheckConstraint(condition=models.Q(state__in=list(State)), name="outbox_delivery_known_state"),
        ]
        indexes = [
            models.Index(fields=["not_before", "id"], name="outbox_waiting", condition=models.Q(state=State.WAITING)),
            models.Index(
                fields=["handler", "person", "id"], name="outbox_stream", condition=~models.Q(state=State.DONE)
            ),
        ]
