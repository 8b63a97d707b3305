"""What every process must know of the sources: since when one does not answer, and its latest event about somebody."""

from django.db import models


class Outage(models.Model):
    """A row of failures of one source. `last_at`: the latest; after a while without any, the row is over."""

    registry = models.CharField(primary_key=True, max_length=60)
    since = models.DateTimeField()
    last_at = models.DateTimeField()

    class Meta:
        db_table = "registry_outage"


class LatestEvent(models.Model):
    """The latest event of a source on one topic about somebody, by the opaque name the source gives them."""

    source = models.CharField(max_length=500)
    subject = models.CharField(max_length=500)
    topic = models.CharField(max_length=500, default="overlijden")
    sequence = models.PositiveBigIntegerField()
    at = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "registry_latest_event"
        constraints = [
            models.UniqueConstraint(fields=["source", "subject", "topic"], name="latest_event_once_per_topic")
        ]


class Look(models.Model):
    """When a worker last looked at somebody, for ten minutes: to notice who looks at very many."""

    worker = models.CharField(max_length=20, help_text="audit reference")
    whom = models.CharField(max_length=64, help_text="keyed hash")
    at = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "registry_look"
        constraints = [models.UniqueConstraint(fields=["worker", "whom"], name="look_once_per_person")]
