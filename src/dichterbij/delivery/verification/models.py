"""Which bodies may ask, what they asked lately, and which of them know of a death."""

from uuid import uuid4

from django.db import models


class Verifier(models.Model):
    """A body that may ask, with the ground on which it may."""

    organisation = models.CharField(primary_key=True, max_length=20)
    ground = models.CharField(max_length=300, help_text="law and article, or agreement")
    corrections_at = models.CharField(max_length=300, default="", help_text="address that hears of corrections")
    first_on = models.DateField()
    last_on = models.DateField(null=True, blank=True)

    class Meta:
        db_table = "verification_verifier"


class Asked(models.Model):
    """A question of a body: not about whom, only whether the answer was yes. Counts those that seem to guess."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organisation = models.CharField(max_length=20)
    was_yes = models.BooleanField()
    at = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "verification_asked"
        indexes = [models.Index(fields=["organisation", "at"], name="asked_by_organisation")]


class Told(models.Model):
    """A body knows that somebody has died. `question`: the number the body gave the question we answered with yes."""

    question = models.UUIDField(default=uuid4)
    organisation = models.CharField(max_length=20)
    deceased = models.UUIDField(db_index=True, help_text="party")
    at = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "verification_told"
