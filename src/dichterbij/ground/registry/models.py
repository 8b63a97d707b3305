"""Sources that do not answer now, so that every process tells people the same since when."""

from django.db import models


class Outage(models.Model):
    """A row of failures of one source. `last_at`: the latest; after a while without any, the row is over."""

    registry = models.CharField(primary_key=True, max_length=60)
    since = models.DateTimeField()
    last_at = models.DateTimeField()

    class Meta:
        db_table = "registry_outage"
