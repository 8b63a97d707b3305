"""Addresses, codes on their way, wishes, and the proof of what was told. Sealed with the key of the operator."""

import uuid

from django.db import models

from .domain import State


class ContactDetail(models.Model):
    """An e-mail address or phone number that its owner proved with a code."""

    party = models.UUIDField()
    way = models.CharField(max_length=10, help_text="one of Way")
    sealed = models.BinaryField()
    verified_at = models.DateTimeField()
    failed_at = models.DateTimeField(null=True, help_text="since when nothing arrives there")

    class Meta:
        db_table = "contact_detail"
        constraints = [models.UniqueConstraint(fields=["party", "way"], name="contact_one_per_way")]


class Verification(models.Model):
    """An address that waits for its code: sealed address and code, for half an hour and five tries."""

    party = models.UUIDField()
    way = models.CharField(max_length=10, help_text="one of Way")
    sealed = models.BinaryField()
    asked_at = models.DateTimeField()
    until = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    asked = models.PositiveSmallIntegerField(default=1, help_text="how many codes were asked since the first")

    class Meta:
        db_table = "contact_verification"
        constraints = [models.UniqueConstraint(fields=["party", "way"], name="contact_one_verification")]


class Wish(models.Model):
    """How somebody wants to hear: from everybody, from one organisation, or about one product of it."""

    party = models.UUIDField()
    organisation = models.CharField(max_length=20, blank=True)
    product = models.CharField(max_length=80, blank=True)
    notify = models.CharField(max_length=10, blank=True, help_text="one of Notify")
    by_post = models.BooleanField(null=True)
    changed_at = models.DateTimeField()

    class Meta:
        db_table = "contact_wish"
        constraints = [
            models.UniqueConstraint(fields=["party", "organisation", "product"], name="contact_wish_once"),
            models.CheckConstraint(
                condition=models.Q(organisation="") | models.Q(organisation__regex=r"^[0-9]{20}$"),
                name="contact_wish_organisation",
            ),
            models.CheckConstraint(
                condition=models.Q(product="") | ~models.Q(organisation=""), name="contact_wish_product_of_somebody"
            ),
        ]


class Dispatch(models.Model):
    """Something that somebody is told outside the box, and the proof that they were. Never content.

    `round`: how often it was begun anew after it came back; `sealed`: address and code, only while it waits.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    party = models.UUIDField()
    kind = models.CharField(max_length=10, help_text="one of Kind")
    way = models.CharField(max_length=10, help_text="one of Way")
    state = models.CharField(max_length=12, default=State.WAITING, help_text="one of State")
    message = models.UUIDField(null=True)
    for_another = models.BooleanField(default=False)
    organisation = models.CharField(max_length=20, blank=True, help_text="who sent the message")
    nature = models.CharField(max_length=20, blank=True)
    expects_reaction = models.BooleanField(default=False)
    react_by = models.DateField(null=True)
    sealed = models.BinaryField(default=bytes)
    round = models.PositiveSmallIntegerField(default=0)
    tries = models.PositiveSmallIntegerField(default=0)
    waits_since = models.DateTimeField(help_text="machine time: for giving up")
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    text_sha256 = models.CharField(max_length=64, blank=True)
    reference = models.CharField(max_length=120, blank=True, help_text="what the sending side calls it")
    problem = models.CharField(max_length=40, blank=True, help_text="code of the problem, never personal data")

    class Meta:
        db_table = "contact_dispatch"
        constraints = [
            models.UniqueConstraint(
                fields=["message", "party"], condition=models.Q(message__isnull=False), name="contact_told_once"
            ),
            models.CheckConstraint(condition=models.Q(state__in=list(State)), name="contact_dispatch_known_state"),
        ]
        indexes = [models.Index(fields=["party", "made_at"], name="contact_dispatch_of_person")]


class Outage(models.Model):
    """That citizens could not reach an organisation through this site, from when until when."""

    organisation = models.CharField(max_length=20)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    recorded_at = models.DateTimeField()

    class Meta:
        db_table = "contact_outage"
        constraints = [
            models.UniqueConstraint(fields=["organisation", "began_at"], name="contact_outage_once"),
            models.CheckConstraint(
                condition=models.Q(ended_at=None) | models.Q(ended_at__gte=models.F("began_at")),
                name="contact_outage_ends_after_it_begins",
            ),
        ]
