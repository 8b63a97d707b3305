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


class UsedAssertion(models.Model):
    """An assertion that was accepted: a second time it is refused. It can be forgotten when it has expired."""

    number = models.UUIDField(primary_key=True)
    until = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "providers_used_assertion"
