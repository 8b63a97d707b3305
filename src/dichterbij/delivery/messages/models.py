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
    nature = models.CharField(max_length=20, help_text="one of Nature")
    language = models.CharField(max_length=3)
    expects_reaction = models.BooleanField(default=False)
    react_by = models.DateField(null=True)
    sent_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    title_sealed = models.BinaryField()
    page_sealed = models.BinaryField()
    pdf_sealed = models.BinaryField()
    is_addressed = models.BooleanField(default=True, help_text="the letter has an address in its window")
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


class PrintBatch(models.Model):
    """Letters that one process hands to the printer together. `busy_until`: before then no other process touches it.

    `finished_at`: the folder is complete and the letters count as printed.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    folder = models.CharField(max_length=500)
    begun_at = models.DateTimeField()
    busy_until = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "messages_print_batch"


class PrintJob(models.Model):
    """A letter that waits for the printer, or went to it. `batch`: who has it in hand, or had it.

    `registered`: sent so that somebody signs for it; `enclosed_with`: the letter in whose envelope it goes.
    """

    organisation = models.CharField(max_length=20)
    message = models.OneToOneField(Message, on_delete=models.CASCADE, related_name="print_job")
    queued_at = models.DateTimeField()
    printed_at = models.DateTimeField(null=True)
    batch = models.ForeignKey(PrintBatch, on_delete=models.SET_NULL, null=True, related_name="jobs")
    registered = models.BooleanField(default=False)
    enclosed_with = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="enclosures")

    class Meta:
        db_table = "messages_print_job"
        constraints = [_organisation("print_job")]
        indexes = [models.Index(fields=["organisation", "queued_at"], name="print_queue")]


class ReturnedLetter(models.Model):
    """A letter that came back. While it is open, nothing more goes on paper to this person from this organisation."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.CharField(max_length=20)
    message = models.OneToOneField(Message, on_delete=models.CASCADE, related_name="returned")
    party = models.UUIDField()
    reason = models.CharField(max_length=20, help_text="one of Reason")
    returned_on = models.DateField()
    known_at = models.DateTimeField()
    settled = models.CharField(max_length=20, blank=True, help_text="one of Settled")
    settled_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "messages_returned_letter"
        constraints = [
            _organisation("returned"),
            models.CheckConstraint(
                condition=models.Q(settled="", settled_at__isnull=True)
                | (~models.Q(settled="") & models.Q(settled_at__isnull=False)),
                name="returned_settled_as_a_whole",
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation", "party"], name="returned_open", condition=models.Q(settled_at__isnull=True)
            )
        ]
