"""What a portal remembers of organisations elsewhere, and what an organisation remembers of who asked."""

from django.db import models


class Elsewhere(models.Model):
    """That a case, draft or message of a person lies with an organisation elsewhere; not what stands in it."""

    number = models.UUIDField(primary_key=True, help_text="of the case, draft or message, as the organisation gave it")
    organisation = models.CharField(max_length=20)
    party = models.UUIDField()
    product = models.CharField(max_length=60, blank=True)
    seen_at = models.DateTimeField()

    class Meta:
        db_table = "providers_elsewhere"
        indexes = [
            models.Index(fields=["seen_at"], name="elsewhere_by_instant"),
            models.Index(fields=["party"], name="elsewhere_by_party"),
        ]


class HandOver(models.Model):
    """That somebody who is logged in here goes on at an instance elsewhere, and for what. The code is kept hashed."""

    number = models.UUIDField(primary_key=True)
    login = models.UUIDField()
    owner = models.CharField(max_length=128, help_text="the person, and who they act for, as the login says")
    organisation = models.CharField(max_length=20, help_text="who operates the instance where they go on")
    ground = models.CharField(max_length=80, blank=True, help_text="on what ground they act for another, if they do")
    product = models.CharField(max_length=60, blank=True)
    act = models.UUIDField(help_text="the act in which they said yes, and its trace: the same in both logs")
    trace = models.CharField(max_length=32)
    code_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(db_index=True)
    taken_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True, help_text="when that instance was told that the login ended")

    class Meta:
        db_table = "providers_hand_over"
        indexes = [
            models.Index(fields=["taken_at"], condition=models.Q(told_at=None), name="hand_over_untold"),
        ]


class CarriedMandate(models.Model):
    """By which mandate, given in another instance, somebody acts for another with a login that came from there."""

    login = models.UUIDField(primary_key=True)
    represented = models.UUIDField()
    portal = models.CharField(max_length=20, help_text="who operates the instance where it was given")
    number = models.UUIDField(help_text="of the hand-over, by which the mandate is asked for again")
    products = models.JSONField()
    is_everything = models.BooleanField(help_text="also every other product of the bodies here")
    may_submit = models.BooleanField()
    reference = models.UUIDField(help_text="of the mandate, where it was given")
    valid_until = models.DateTimeField(help_text="when it ends as it was said last")
    asked_at = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "providers_carried_mandate"


class UsedAssertion(models.Model):
    """An assertion that was accepted: a second time it is refused. It can be forgotten when it has expired."""

    number = models.UUIDField(primary_key=True)
    until = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "providers_used_assertion"
