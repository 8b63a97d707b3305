"""Messages as they were sent, and what waits for the printer."""

import uuid

from django.db import models

from .domain import Nature


def _organisation(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=models.Q(organisation__regex=r"^[0-9]{20}$"), name=f"{name}_organisation")


class Message(models.Model):
    """A message of an organisation to a person. The sealed bytes never change; only `read_at` is added later."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.CharField(max_length=20)
    party = models.UUIDField()
    cause = models.UUIDField(help_text="what brought it about; one message per cause")
    activity = models.CharField(max_length=80)
    level = models.PositiveSmallIntegerField()
    product = models.CharField(max_length=80, blank=True)
    matter = models.CharField(max_length=10, blank=True, default="")
    case = models.UUIDField(null=True)
    nature = models.CharField(max_length=20, choices=[(nature, nature) for nature in Nature])
    language = models.CharField(max_length=3)
    expects_reaction = models.BooleanField(default=False)
    react_by = models.DateField(null=True)
    sent_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    title_sealed = models.BinaryField()
    page_sealed = models.BinaryField()
    pdf_sealed = models.BinaryField()
    page_sha256 = models.CharField(max_length=64)
    pdf_sha256 = models.CharField(max_length=64)

    class Meta:
        db_table = "messages_message"
        constraints = [
            models.UniqueConstraint(fields=["organisation", "cause"], name="message_once_per_cause"),
            _organisation("message"),
            models.CheckConstraint(condition=models.Q(nature__in=list(Nature)), name="message_known_nature"),
            models.CheckConstraint(
                condition=models.Q(react_by__isnull=True) | models.Q(expects_reaction=True), name="message_react_by"
            ),
        ]
        indexes = [models.Index(fields=["party", "organisation", "-sent_at"], name="message_box")]


class PrintJob(models.Model):
    """A letter that waits for the printer, or went to it."""

    organisation = models.CharField(max_length=20)
    message = models.OneToOneField(Message, on_delete=models.CASCADE, related_name="print_job")
    queued_at = models.DateTimeField()
    printed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "messages_print_job"
        constraints = [_organisation("print_job")]
        indexes = [models.Index(fields=["organisation", "queued_at"], name="print_queue")]
