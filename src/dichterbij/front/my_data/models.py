"""What a person fetched about themselves, sealed."""

from django.db import models


class Snapshot(models.Model):
    """The last answer of one registry about one person; kept for a day."""

    party = models.UUIDField()
    organisation = models.CharField(max_length=20)
    registry = models.CharField(max_length=40)
    sealed = models.BinaryField(default=bytes)
    read_at = models.DateTimeField(null=True)
    unavailable_since = models.DateTimeField(null=True)

    class Meta:
        """One row per person and registry."""

        constraints = [models.UniqueConstraint(fields=["party", "registry"], name="my_data_one_per_registry")]

    def __str__(self) -> str:
        return f"{self.registry} {self.read_at}"
