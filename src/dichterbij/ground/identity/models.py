"""Tables of identity: parties with their identifiers, logins, and forms that were posted too late."""

import uuid

from django.db import models


class Party(models.Model):
    """A natural person or an organisation. There is no user account beside it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    language = models.CharField(max_length=3, default="")
    known_since = models.DateTimeField()
    died_at = models.DateTimeField(null=True)


class PartyIdentifier(models.Model):
    """One number or name of a party: sealed, and found again by its keyed hash."""

    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="identifiers")
    type = models.CharField(max_length=100)
    lookup = models.CharField(max_length=128)
    sealed = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["type", "lookup"], name="one_party_per_identifier"),
            models.UniqueConstraint(fields=["party", "type"], name="one_identifier_of_a_type_per_party"),
        ]


class LoginRow(models.Model):
    """A login. The browser knows only its session; the session knows only `id`; everything else stands here."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="logins")
    identifier = models.ForeignKey(PartyIdentifier, on_delete=models.CASCADE, related_name="+")
    name_sealed = models.BinaryField()
    means = models.CharField(max_length=40)
    audience = models.CharField(max_length=10)
    level = models.PositiveSmallIntegerField()
    authenticated_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()
    absolute_until = models.DateTimeField()
    upstream_session = models.CharField(max_length=200, default="", blank=True)
    acting_for_sealed = models.BinaryField(default=b"", blank=True)
    represents_sealed = models.BinaryField(default=b"", blank=True)
    upstream_token_sealed = models.BinaryField(default=b"", blank=True)
    ended_at = models.DateTimeField(null=True)
    ended = models.CharField(max_length=12, default="", blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["means", "upstream_session"], name="login_by_upstream"),
            models.Index(fields=["authenticated_at"], name="login_by_instant"),
        ]


class LoginBlock(models.Model):
    """That nobody logs in as somebody any more through a means, or through any: it was lost or misused."""

    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="blocks")
    means = models.CharField(max_length=40, blank=True, default="", help_text="empty: every means")
    made_at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["party", "means"], condition=models.Q(lifted_at=None), name="one_block_per_means"
            )
        ]


class MessageSeen(models.Model):
    """A message of a means, that it ended a session or that somebody logged in: it counts once."""

    means = models.CharField(max_length=40)
    message = models.CharField(max_length=200)
    seen_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["means", "message"], name="one_count_per_message")]


class LateForm(models.Model):
    """What somebody had filled in when their login ended: sealed, for the same person only, for a day."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.CharField(max_length=128, db_index=True)
    sealed = models.BinaryField()
    kept_at = models.DateTimeField(db_index=True)
