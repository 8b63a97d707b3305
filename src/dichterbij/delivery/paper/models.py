"""Forms that were given out, and paper that came in. Every row belongs to one organisation."""

import uuid

from django.db import models

from .domain import Kind, Stage


def _organisation(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=models.Q(organisation__regex=r"^[0-9]{20}$"), name=f"{name}_organisation")


class Form(models.Model):
    """A form that was given out. `lookup`: keyed hash of its code; `party`: for whom it was filled in, if anybody."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.CharField(max_length=20)
    product = models.CharField(max_length=80)
    language = models.CharField(max_length=3)
    version = models.CharField(max_length=16)
    pages = models.PositiveSmallIntegerField()
    party = models.UUIDField(null=True)
    name_sealed = models.BinaryField(null=True)
    signer = models.UUIDField(null=True, help_text="who acts for the company for which it was filled in")
    signer_sealed = models.BinaryField(null=True, help_text="their name")
    lookup = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()

    class Meta:
        db_table = "paper_form"
        constraints = [_organisation("form")]


class Received(models.Model):
    """Paper that came in by post. `draft` and `key`: of the application it becomes, so that it becomes one only."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.CharField(max_length=20)
    kind = models.CharField(max_length=20, help_text="one of Kind")
    form = models.ForeignKey(Form, on_delete=models.PROTECT, null=True)
    product = models.CharField(max_length=80)
    stage = models.CharField(max_length=20, help_text="one of Stage")
    trouble = models.CharField(max_length=20, blank=True, help_text="one of Trouble")
    received_on = models.DateField()
    posted_on = models.DateField(null=True)
    reply_by = models.DateField(null=True, help_text="the last day to send what was asked for")
    opened_at = models.DateTimeField()
    seen = models.JSONField(default=list, help_text="numbers of the pages that were there")
    party = models.UUIDField(null=True)
    name_sealed = models.BinaryField(null=True)
    signer = models.UUIDField(null=True, help_text="who signed for the company")
    signer_sealed = models.BinaryField(null=True, help_text="their name")
    draft = models.UUIDField(null=True)
    key = models.UUIDField(null=True)
    case = models.UUIDField(null=True)
    staff = models.CharField(max_length=20, help_text="audit reference of who opened the envelope")

    class Meta:
        db_table = "paper_received"
        constraints = [
            _organisation("received"),
            models.CheckConstraint(
                condition=models.Q(kind=Kind.OBJECTION) | models.Q(form__isnull=False), name="received_on_a_form"
            ),
            models.CheckConstraint(
                condition=~models.Q(stage=Stage.ASKED) | models.Q(reply_by__isnull=False), name="received_asked_until"
            ),
            models.CheckConstraint(
                condition=~models.Q(stage__in=[Stage.DONE, Stage.CLOSED]) | models.Q(case__isnull=False),
                name="received_ends_in_a_case",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "received_on"], name="received_list"),
            models.Index(fields=["case"], name="received_of_case"),
        ]


class Scan(models.Model):
    """A picture of the paper, sealed with the key of the organisation; shown with its case and nowhere else."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.CharField(max_length=20)
    received = models.ForeignKey(Received, on_delete=models.CASCADE, related_name="scans")
    kind = models.CharField(max_length=3)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    sealed = models.BinaryField()
    added_at = models.DateTimeField()
    staff = models.CharField(max_length=20)

    class Meta:
        db_table = "paper_scan"
        constraints = [
            _organisation("scan"),
            models.UniqueConstraint(fields=["received", "sha256"], name="scan_once"),
        ]


class WrongTry(models.Model):
    """A code or a number of nobody that a worker typed in: too many in an hour and it stops. It does not say what."""

    worker = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        db_table = "paper_wrong_try"
        indexes = [models.Index(fields=["worker", "at"], name="wrong_try_of_worker")]
