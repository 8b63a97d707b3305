"""What a person fetched about themselves, sealed, and who wants no message about looks."""

from django.db import models


class Snapshot(models.Model):
    """The last answer of one registry about one person; kept for a day."""

    party = models.UUIDField()
    organisation = models.CharField(max_length=20)
    registry = models.CharField(max_length=40)
    sealed = models.BinaryField(default=bytes)
    changed_at = models.DateTimeField(null=True, help_text="the source says it has changed since it was read")
    read_at = models.DateTimeField(null=True)
    unavailable_since = models.DateTimeField(null=True)
    silent = models.CharField(
        max_length=40, blank=True, help_text="which registry does not answer: this one, or one that is asked before it"
    )

    class Meta:
        """One row per person and registry."""

        constraints = [models.UniqueConstraint(fields=["party", "registry"], name="my_data_one_per_registry")]

    def __str__(self) -> str:
        return f"{self.registry} {self.read_at}"


class NoNotice(models.Model):
    """Somebody does not want to hear when a worker looks at their data outside an application."""

    party = models.UUIDField(unique=True)
    chosen_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"no notice since {self.chosen_at}"
