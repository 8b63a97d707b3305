"""Which companies may ask, what they asked, and what the person said to it."""

from uuid import uuid4

from django.db import models


class Recipient(models.Model):
    """A company that may ask for one purpose."""

    organisation = models.CharField(max_length=20)
    purpose = models.CharField(max_length=60)
    first_on = models.DateField()
    last_on = models.DateField(null=True, blank=True)

    class Meta:
        db_table = "sharing_recipient"
        constraints = [models.UniqueConstraint(fields=["organisation", "purpose"], name="recipient_once_per_purpose")]


class Consent(models.Model):
    """A question of a company, of nobody until somebody types its code; then what they said to it, and when.

    `code`: keyed hash; `until`: first the last instant to answer, after a yes the last instant to fetch.
    `given_by`, `given_as`: who said yes and in what capacity, when not the person.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    recipient = models.CharField(max_length=20)
    purpose = models.CharField(max_length=60)
    packet = models.CharField(max_length=60)
    year = models.PositiveSmallIntegerField()
    at_most = models.BigIntegerField(null=True, help_text="euro cents")
    at_least = models.BigIntegerField(null=True, help_text="euro cents")
    days = models.PositiveSmallIntegerField(default=0, help_text="how long the company wants to ask again")
    code = models.CharField(max_length=64, unique=True)
    asked_at = models.DateTimeField()
    until = models.DateTimeField(db_index=True)
    party = models.UUIDField(null=True, db_index=True)
    opened_at = models.DateTimeField(null=True)
    given_at = models.DateTimeField(null=True)
    given_by = models.UUIDField(null=True)
    given_as = models.CharField(max_length=20, default="")
    is_once = models.BooleanField(default=True)
    refused_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)
    line = models.UUIDField(null=True, help_text="of the log, where the last answer stands")

    class Meta:
        db_table = "sharing_consent"
