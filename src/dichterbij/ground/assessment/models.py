"""Determinations that were made, and answers from before login: columns to find them, the rest is sealed."""

from uuid import uuid4

from django.db import models

from .domain import State


class Determination(models.Model):
    """One answer of the law. Never changed; only `kept_for` says to which case or plan it belongs."""

    id = models.UUIDField(primary_key=True)
    organisation = models.CharField(max_length=20)
    party = models.UUIDField()
    law = models.CharField(max_length=120)
    state = models.CharField(max_length=12, help_text="one of State")
    law_set = models.CharField(max_length=64, help_text="hash of all law files")
    made_at = models.DateTimeField()
    kept_for = models.CharField(max_length=60, blank=True, help_text="`case:<id>`, `plan:<id>`; empty: 90 days")
    sealed = models.BinaryField(help_text="assessment, facts and salt; readable by the organisation only")

    class Meta:
        db_table = "assessment_determination"
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=list(State)), name="determination_known_state")
        ]
        indexes = [
            models.Index(fields=["organisation", "party", "made_at"], name="determination_of_person"),
            models.Index(fields=["kept_for"], name="determination_of_case"),
            models.Index(fields=["made_at"], name="determination_loose", condition=models.Q(kept_for="")),
            models.Index(fields=["law", "law_set"], name="determination_by_law"),
        ]


class GuestAnswers(models.Model):
    """Answers somebody gave without login about one topic; the session only knows the id."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    topic = models.CharField(max_length=160)
    sealed = models.BinaryField()
    until = models.DateTimeField(db_index=True)
